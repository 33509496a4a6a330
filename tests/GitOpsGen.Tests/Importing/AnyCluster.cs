using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GitOpsGen.Importing.Comparing;
using GitOpsGen.Importing.Objects;
using GitOpsGen.Inputs;
using GitOpsGen.Model;
using GitOpsGen.Testing;
using GitOpsGen.Validation.Builds;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Importing;

/// <summary>What a cluster has after a project was rendered and applied.</summary>
/// <param name="Objects">The objects of the package manager, and those of Flux.</param>
/// <param name="Values">The Helm values of the core.</param>
internal sealed record AnyCluster(ImmutableArray<SourceObject> Objects, YamlMapping Values)
{
    private static readonly string[] Folders = ["packages", "crossplane", "flux"];

    /// <summary>Where what is pulled comes from.</summary>
    public Pulls Pulls => new(Objects.Where(item => item.Kind == "ImageConfig"));

    public static AnyCluster Of(AnyProject project)
    {
        using var folder = new TempFolder();
        folder.Write("packages.lock.yaml", project.Lockfile);
        folder.Write(".config/gitopsgen.yaml", project.Settings);
        var outcome = Generator.Render(new InputTree(folder.Path), new(), null, TestContext.Current.CancellationToken);
        Assert.False(outcome.HasErrors, $"{string.Join('\n', outcome.Diagnostics)}\n{project.Lockfile}\n{project.Settings}");
        var output = folder["manifests"];
        var tree = new FileTree(
            Directory
                .EnumerateFiles(output, "*.yaml", SearchOption.AllDirectories)
                .Select(path => new OutputFile(RelativePath.Parse(Path.GetRelativePath(output, path).Replace('\\', '/')), File.ReadAllBytes(path)))
        );
        var build = new OutputBuild(tree, RelativePath.Parse("manifests"));
        return new(
            [.. Folders.SelectMany(part => build.BuildWhole($"overlays/main/{part}").Objects).Select(SourceObject.Of).OfType<SourceObject>()],
            Mapping(File.ReadAllText(folder["manifests/overlays/main/crossplane/values.yaml"]))
        );
    }

    /// <summary>One of the objects of a kind.</summary>
    public SourceObject? Any(Func<SourceObject, bool> kind, int which) =>
        Objects.Where(kind).ToList() is { Count: > 0 } all ? all[which % all.Count] : null;

    public AnyCluster Without(SourceObject gone) => this with { Objects = Objects.Remove(gone) };

    public AnyCluster With(SourceObject old, SourceObject @new) => this with { Objects = Objects.Replace(old, @new) };

    /// <summary>
    /// As <c>kubectl get -o yaml</c> prints it: what the API server and controllers add, and the defaults of the CRDs. The values are in Flux's
    /// ConfigMap, or are what Helm says.
    /// </summary>
    public string Stream()
    {
        var text = new StringBuilder("apiVersion: v1\nkind: List\nitems:\n");
        foreach (var item in Objects)
        {
            var live = item.Put("f00d", "metadata", "uid").Put("{}", "metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration");
            var content = live
                .Content.WithAt(
                    new YamlSequence([Mapping("manager: argocd-controller\noperation: Apply\nfieldsV1: { f:spec: {} }")], default),
                    "metadata",
                    "managedFields"
                )
                .WithAt(Mapping("conditions: [{ type: Healthy, status: \"True\" }]"), "status");
            if (PackageGroup.IsPackage(item))
            {
                foreach (var (key, value) in new[] { ("packagePullPolicy", "IfNotPresent"), ("revisionActivationPolicy", "Automatic") })
                {
                    content = content.At("spec", key) is null ? content.WithAt(Scalar(value), "spec", key) : content;
                }
            }

            Add(content);
        }

        var map = Objects.FirstOrDefault(item => item.Kind == "HelmRelease")?.Spec.ItemsAt("valuesFrom").FirstOrDefault();
        if (map.TextAt("name") is { } name)
        {
            Add(
                Mapping($"apiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: {name}, namespace: flux-system }}")
                    .WithAt(Scalar(Text(Values)), "data", map.TextAt("valuesKey")!)
            );
        }

        var image = $"{Values.TextAt("image", "repository")}:{Values.TextAt("image", "tag")}";
        text.Append(
            CultureInfo.InvariantCulture,
            $"---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: crossplane\n  namespace: crossplane-system\n  labels: {{ helm.sh/chart: crossplane-2.3.4 }}\n  annotations: {{ meta.helm.sh/release-name: crossplane }}\nspec: {{ template: {{ spec: {{ containers: [{{ name: crossplane, image: \"{image}\", args: [core, start] }}] }} }} }}\n"
        );
        return map is null ? $"{text}---\n{Text(Values)}" : text.ToString();

        void Add(YamlMapping item)
        {
            text.Append("-\n");
            YamlWriter.Write(text, item, 2);
        }
    }

    public static YamlScalar Scalar(string text) =>
        text.All(char.IsAsciiDigit) ? new(ScalarKind.Integer, text, default) : YamlScalar.String(text, default);

    public static string Text(YamlNode? node)
    {
        var text = new StringBuilder();
        YamlWriter.Write(text, node ?? NodePaths.Empty(default), 0);
        return text.ToString();
    }

    private static YamlMapping Mapping(string text) => (YamlMapping)YamlReader.ReadAll("a.yaml", Encoding.UTF8.GetBytes(text)).Value!.Documents[0];
}

/// <summary>Objects with one value changed.</summary>
internal static class ChangedObject
{
    public static SourceObject Put(this SourceObject item, string value, params string[] path) =>
        SourceObject.Of(item.Content.WithAt(AnyCluster.Scalar(value), path))!;
}
