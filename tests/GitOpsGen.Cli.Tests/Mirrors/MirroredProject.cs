using GitOpsGen.Registry.Tests.Synthetic;

namespace GitOpsGen.Cli.Tests.Mirrors;

/// <summary>A project with a core, a provider of several platforms and a function, as their publishers pushed them.</summary>
internal sealed class MirroredProject : IDisposable
{
    public const string Core = "crossplane/crossplane";
    public const string Provider = "upbound/provider-family-aws";
    public const string Function = "crossplane-contrib/function-auto-ready";

    /// <summary>Everything that is locked, by path: tag and image.</summary>
    public static readonly (string Path, string Tag, Image Image)[] Published =
    [
        (
            Core,
            "v2.3.4",
            Image.Index(
                ("linux/amd64", Image.Of("amd64", Layers.Of(("crossplane", "core")))),
                ("linux/arm64", Image.Of("arm64", Layers.Of(("crossplane", "core for arm"))))
            )
        ),
        (
            Provider,
            "v2.2.0",
            Image.Index(("linux/arm64", Image.Package(Meta("Provider", "arm"))), ("linux/amd64", Image.Package(Meta("Provider", "family"))))
        ),
        (Function, "v0.5.1", Image.Package(Meta("Function", "auto-ready"))),
    ];

    public WorkFolder Folder { get; } = new();

    public string Path => Folder.Path;

    /// <param name="upstream">The host of the packages in the lock.</param>
    /// <param name="environments">The environments, each on a line of its own, not indented.</param>
    /// <param name="registries">The value of <c>registries:</c>.</param>
    public MirroredProject(string upstream, string environments, string registries = "{}")
    {
        Folder.Write(
            WorkFolder.Lockfile,
            $$"""
            lockfileVersion: 1
            packages:
              - package: {{upstream}}/{{Core}}
                kind: Crossplane
                version: v2.3.4
                locked: v2.3.4@{{Published[0].Image.Digest}}
                chart: { repository: https://charts.crossplane.io/stable, version: 2.3.4 }
              - package: {{upstream}}/{{Provider}}
                kind: Provider
                version: v2.2.0
                locked: v2.2.0@{{Published[1].Image.Digest}}
                dependsOn: []
              - package: {{upstream}}/{{Function}}
                kind: Function
                version: v0.5.1
                locked: v0.5.1@{{Published[2].Image.Digest}}
                dependsOn: []

            """
        );
        Folder.Write(
            WorkFolder.Settings,
            $"settingsVersion: 1\nregistries: {registries}\nenvironments:\n{string.Concat(environments.Split('\n').Select(line => $"  {line}\n"))}"
        );
    }

    public static string Meta(string kind, string name) => $"apiVersion: meta.pkg.crossplane.io/v1\nkind: {kind}\nmetadata: {{ name: {name} }}\n";

    /// <summary>A registry that holds all below a prefix.</summary>
    public static MemoryRegistry Registry(string prefix = "")
    {
        var registry = new MemoryRegistry();
        foreach (var (path, tag, image) in Published)
        {
            registry.Add(prefix + path, tag, image);
        }

        return registry;
    }

    /// <summary>Notes a signature beside an image in the lock, and more; the result is the signature's tag.</summary>
    public string Attach(string path, string more = "")
    {
        var (_, version, image) = Published.Single(one => one.Path == path);
        var tag = $"{image.Digest.Replace(':', '-')}.sig";
        Folder.Edit(
            WorkFolder.Lockfile,
            $"    locked: {version}@{image.Digest}\n",
            $"    locked: {version}@{image.Digest}\n    attached: [{{ kind: signature, tag: {tag} }}, {more}]\n"
        );
        return tag;
    }

    public Finished Run(params string[] arguments) => InProcess.Run(Path, arguments);

    public void Dispose() => Folder.Dispose();
}
