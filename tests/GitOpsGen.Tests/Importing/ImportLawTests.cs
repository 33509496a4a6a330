using System.Text;
using CsCheck;
using GitOpsGen.Importing;
using GitOpsGen.Importing.Comparing;
using GitOpsGen.Importing.Objects;
using GitOpsGen.Inputs;
using GitOpsGen.Model;
using GitOpsGen.Testing;
using GitOpsGen.Validation.Builds;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Importing;

/// <summary>
/// What was rendered, as a cluster would give it back, imports to what renders the same: over projects that nobody thought of. And each change of
/// such a stream is found.
/// </summary>
public sealed class ImportLawTests
{
    private const string Core = "xpkg.crossplane.io/crossplane/crossplane";

    private static readonly string[] Kinds = ["Provider", "Function", "Configuration"];
    private static readonly string[] Organisations = ["xpkg.upbound.io/upbound", "xpkg.crossplane.io/crossplane-contrib"];

    // Registry, and how packages are installed from it; what a flat stream can say of both.
    private static readonly string[] Places =
    [
        "",
        "    registry: { ecr: { account: \"123456789012\", region: eu-west-2 } }\n    install: direct\n",
        "    registry: { ecr: { account: \"123456789012\", region: eu-west-2 }, prefix: mirror }\n",
        "    registry: { host: harbor.example.com, prefix: xpkg, pullSecret: harbor }\n",
    ];

    private static readonly string[] Runtimes =
    [
        "runtime: { replicas: 2 }",
        "runtime: { name: shared, deploymentTemplate: { spec: { template: { spec: { serviceAccountName: outside } } } } }",
        "runtime: { serviceAccount: { annotations: { example.com/a: \"b\" } } }",
        "runtime: { deploymentTemplate: { spec: { template: { spec: { containers: [{ name: package-runtime, args: [--debug] }] } } } } }",
    ];

    private static readonly string[] Specs =
    [
        "spec: { revisionHistoryLimit: 3 }",
        "spec: { packagePullPolicy: Always }",
        "spec: { commonLabels: { a: b } }",
    ];

    private static readonly Gen<(int Kind, int Organisation, int Version, bool IsNamed, int Runtime, int Spec)> Package = Gen.Select(
        Gen.Int[0, 2],
        Gen.Int[0, 1],
        Gen.Int[0, 9],
        Gen.Bool,
        Gen.Int[-2, 3],
        Gen.Int[-2, 2]
    );

    private static readonly Gen<(string Lockfile, string Settings)> Project =
        from place in Gen.Int[0, 3]
        from replicas in Gen.Int[1, 5]
        from packages in Package.Array[1, 8]
        select (Lockfile(packages), Settings(place, replicas, packages));

    private static readonly int Seconds = LongProof.IsWhole ? 5 : 2;

    [Fact]
    public void What_was_rendered_imports_from_a_stream_to_what_renders_the_same() =>
        Project.Sample(
            project =>
            {
                var (objects, core) = Rendered(project.Lockfile, project.Settings);
                var imported = Imported(Stream(objects, core));

                var outcome = imported.With();

                Assert.True(
                    outcome.Comparison is not null,
                    string.Join('\n', outcome.Diagnostics.Select(found => $"{found.Span?.Place} {found.Message}"))
                );
                Assert.All(outcome.Comparison.Differences, difference => Assert.Equal(Verdict.ByDesign, difference.Verdict));

                // The same again, without the comparison: every object but ImageConfigs, and what is pulled through these.
                var (again, coreAgain) = Rendered(imported.Lockfile!, imported.Settings!);
                Assert.Equal(Shown(objects), Shown(again));
                Assert.Equal(Text(core), Text(coreAgain));
            },
            time: Seconds,
            threads: 1
        );

    [Fact]
    public void Each_change_of_a_stream_is_found_and_nothing_else() =>
        Gen.Select(Project, Gen.Int[0, 1000], Gen.Int[0, 4])
            .Sample(
                (project, which, how) =>
                {
                    var (objects, core) = Rendered(project.Lockfile, project.Settings);
                    var imported = Imported(Stream(objects, core));
                    var packages = objects.Where(PackageGroup.IsPackage).ToList();
                    var changed = packages[which % packages.Count];
                    var reference = changed.Spec.TextAt("package")!;
                    YamlMapping? other = how switch
                    {
                        0 => null,
                        1 => Put(changed, $"{reference}-other", "spec", "package"),
                        2 => Put(changed, "Never", "spec", "packagePullPolicy"),
                        3 => Put(changed, $"elsewhere.example.com{reference[reference.IndexOf('/', StringComparison.Ordinal)..]}", "spec", "package"),
                        _ => Put(changed, "value", "metadata", "labels", "of-a-team"),
                    };
                    var stream = Stream(
                        [
                            .. objects
                                .Select(item =>
                                    item == changed
                                        ? other is null
                                            ? null
                                            : SourceObject.Of(other)
                                        : item
                                )
                                .OfType<SourceObject>(),
                        ],
                        core
                    );

                    var found = Sources.Of(stream).With(imported.Lockfile, imported.Settings).Comparison!.Differences;

                    var told = found.Where(difference => difference.Verdict != Verdict.ByDesign).ToList();
                    Assert.NotEmpty(told);
                    Assert.All(told, difference => Assert.Equal($"{changed.Kind} {changed.Name}", difference.Object));
                    Assert.All(told, difference => Assert.Equal(how == 0 ? Verdict.New : Verdict.Differs, difference.Verdict));
                },
                time: Seconds,
                threads: 1
            );

    private static string Lockfile((int Kind, int Organisation, int Version, bool IsNamed, int Runtime, int Spec)[] packages) =>
        $"lockfileVersion: 1\npackages:\n  - package: {Core}\n    kind: Crossplane\n    version: v2.3.4\n    chart: {{ repository: https://charts.crossplane.io/stable, version: 2.3.4 }}\n"
        + string.Concat(
            packages.Select(
                (package, i) =>
                    $"  - package: {Organisations[package.Organisation]}/{Kinds[package.Kind].ToLowerInvariant()}-{i}\n    kind: {Kinds[package.Kind]}\n    version: v{package.Version}.0.0\n{(package.IsNamed ? $"    name: named-{i}\n" : "")}"
            )
        );

    private static string Settings(int place, int replicas, (int Kind, int Organisation, int Version, bool IsNamed, int Runtime, int Spec)[] packages)
    {
        var settings = new StringBuilder(
            $"settingsVersion: 1\nenvironments:\n  main:\n{Places[place]}    crossplane: {{ values: {{ replicas: {replicas} }} }}\n    packages:\n"
        );
        foreach (var (i, package) in packages.Index())
        {
            var name = package.IsNamed
                ? $"named-{i}"
                : $"{Organisations[package.Organisation].Split('/')[1]}-{Kinds[package.Kind].ToLowerInvariant()}-{i}";
            string[] parts =
            [
                .. package is { Runtime: >= 0, Kind: not 2 } ? [Runtimes[package.Runtime]] : Array.Empty<string>(),
                .. package.Spec >= 0 ? [Specs[package.Spec]] : Array.Empty<string>(),
            ];
            settings.Append(System.Globalization.CultureInfo.InvariantCulture, $"      {name}: {{ {string.Join(", ", parts)} }}\n");
        }

        return settings.ToString();
    }

    private static (SourceObject[] Objects, YamlMapping Core) Rendered(string lockfile, string settings)
    {
        using var folder = new TempFolder();
        folder.Write("packages.lock.yaml", lockfile);
        folder.Write(".config/gitopsgen.yaml", settings);
        var outcome = Generator.Render(new InputTree(folder.Path), new(), null, TestContext.Current.CancellationToken);
        Assert.False(outcome.HasErrors, $"{string.Join('\n', outcome.Diagnostics)}\n{lockfile}\n{settings}");
        var output = folder["manifests"];
        var tree = new FileTree(
            Directory
                .EnumerateFiles(output, "*.yaml", SearchOption.AllDirectories)
                .Select(path => new OutputFile(RelativePath.Parse(Path.GetRelativePath(output, path).Replace('\\', '/')), File.ReadAllBytes(path)))
        );
        var built = new OutputBuild(tree, RelativePath.Parse("manifests")).BuildWhole("overlays/main/packages").Objects;
        var values = YamlReader.ReadAll("values.yaml", File.ReadAllBytes(folder["manifests/overlays/main/crossplane/values.yaml"])).Value!.Documents[
            0
        ];
        return ([.. built.Select(SourceObject.Of).OfType<SourceObject>()], (YamlMapping)values);
    }

    private static ImportResult Imported(string stream)
    {
        var imported = Sources.Of(stream).Import();
        Assert.True(
            imported.Lockfile is not null,
            $"{string.Join('\n', imported.Diagnostics.Select(found => $"{found.Span?.Place} {found.Message}"))}\n{stream}"
        );
        return imported;
    }

    // As 'kubectl get -o yaml' prints it: what the API server and controllers add, and the defaults of the CRDs. And what Helm says.
    private static string Stream(SourceObject[] objects, YamlMapping core)
    {
        var text = new StringBuilder("apiVersion: v1\nkind: List\nitems:\n");
        foreach (var item in objects)
        {
            var live = Put(item, "f00d", "metadata", "uid");
            live = live.WithAt(
                Mapping("manager: argocd-controller\noperation: Apply\nfieldsV1: { f:spec: {} }").AsList(),
                "metadata",
                "managedFields"
            );
            live = live.WithAt(YamlScalar.String("{}", default), "metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration");
            live = live.WithAt(Mapping("conditions: [{ type: Healthy, status: \"True\" }]"), "status");
            if (PackageGroup.IsPackage(item))
            {
                foreach (var (key, value) in new[] { ("packagePullPolicy", "IfNotPresent"), ("revisionActivationPolicy", "Automatic") })
                {
                    live = live.At("spec", key) is null ? live.WithAt(YamlScalar.String(value, default), "spec", key) : live;
                }
            }

            text.Append("-\n");
            YamlWriter.Write(text, live, 2);
        }

        var image = core.TextAt("image", "repository");
        text.Append("---\n");
        text.Append(
            System.Globalization.CultureInfo.InvariantCulture,
            $"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: crossplane\n  namespace: crossplane-system\n  labels: {{ helm.sh/chart: crossplane-2.3.4 }}\n  annotations: {{ meta.helm.sh/release-name: crossplane }}\nspec: {{ template: {{ spec: {{ containers: [{{ name: crossplane, image: \"{image}:v2.3.4\", args: [core, start] }}] }} }} }}\n---\n"
        );
        YamlWriter.Write(text, core, 0);
        return text.ToString();
    }

    private static YamlMapping Put(SourceObject item, string value, params string[] path) =>
        item.Content.WithAt(YamlScalar.String(value, default), path);

    private static YamlMapping Mapping(string text) => (YamlMapping)YamlReader.ReadAll("a.yaml", Encoding.UTF8.GetBytes(text)).Value!.Documents[0];

    private static IEnumerable<string> Shown(SourceObject[] objects)
    {
        var pulls = new Pulls(objects.Where(item => item.Kind == "ImageConfig"));
        return objects
            .Where(item => item.Kind != "ImageConfig")
            .Select(item => $"{item} {(item.Spec.TextAt("package") is { } reference ? pulls.Of(reference).ToString() : "")} {Text(item.Spec)}")
            .Order(StringComparer.Ordinal);
    }

    private static string Text(YamlNode? node)
    {
        var text = new StringBuilder();
        YamlWriter.Write(text, node ?? NodePaths.Empty(default), 0);
        return text.ToString();
    }
}

/// <summary>A list of one item.</summary>
file static class Lists
{
    public static YamlSequence AsList(this YamlNode node) => new([node], node.Span);
}
