using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Registry.Tests.Synthetic;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Mirrors;

/// <summary>
/// The pages of docs/ that ask registries, each from its first command to its last, between two of them: one stands for the publishers'
/// hosts, by 'registries' in the settings and by skopeo's registries.conf, and one has its own address in place of the pages' private host.
/// </summary>
public sealed class RegistryPagesTests : IDisposable
{
    private const string Blocks = "console registry";
    private static readonly string[] Publishers = ["xpkg.crossplane.io", "xpkg.upbound.io"];
    private const string Private = "harbor.example.com";

    // What the pages begin with, but for the one that begins with nothing.
    private const string Settings = $$"""
        settingsVersion: 1
        defaults:
          registry: { host: {{Private}}, prefix: xpkg }
        environments:
          dev: {}
          prod: {}

        """;

    private const string Lockfile = """
        lockfileVersion: 1
        packages:
          - package: xpkg.crossplane.io/crossplane/crossplane
            kind: Crossplane
            version: v2.3.4
            chart: { repository: https://charts.crossplane.io/stable, version: 2.3.4 }
          - package: xpkg.upbound.io/upbound/provider-aws-s3
            kind: Provider
            version: v2.2.0

        """;

    private readonly TempFolder layouts = new();
    private readonly WorkFolder folder = new();
    private readonly DebianRegistry upstream = DebianRegistry.Open();
    private readonly DebianRegistry mirror = DebianRegistry.Open();

    public static TheoryData<string> Pages =>
        [
            .. Directory
                .EnumerateFiles(RepositoryRoot.Combine("docs"), "*.md")
                .Where(page => Transcript.Read(File.ReadAllText(page), Blocks).Any())
                .Select(page => Path.GetFileName(page))
                .Order(StringComparer.Ordinal),
        ];

    public void Dispose()
    {
        upstream.Dispose();
        mirror.Dispose();
        folder.Dispose();
        layouts.Dispose();
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_of_a_page_prints_what_it_shows(string page)
    {
        Publish();
        using var tools = new MirrorTools([.. Publishers.Select(host => (host, upstream.Host)), (mirror.Host, mirror.Host)]);
        tools.Install("gitopsgen", $"exec {Gitopsgen.Built.ShellWords()} \"$@\"");
        var commands = Transcript.Read(File.ReadAllText(RepositoryRoot.Combine("docs", page)), Blocks).ToArray();
        if (!commands.Any(command => command.Command == "gitopsgen init"))
        {
            folder.Write(WorkFolder.Lockfile, Lockfile);
            folder.Write(WorkFolder.Settings, Settings.Replace(Private, mirror.Host, StringComparison.Ordinal));
            ReachPublishersHere();
        }

        foreach (var (command, expected) in commands)
        {
            var shown = tools
                .Run(folder.Path, "-c", $"exec 2>&1\n{command.Replace(Private, mirror.Host, StringComparison.Ordinal)}")
                .Output.Replace(mirror.Host, Private, StringComparison.Ordinal);
            Assert.True(Transcript.Matches(shown, expected), $"$ {command}\nprints\n{shown}\nand {page} shows\n{expected}");
            ReachPublishersHere();
        }
    }

    private void ReachPublishersHere()
    {
        var settings = folder[WorkFolder.Settings];
        if (File.Exists(settings) && !File.ReadAllText(settings).Contains("registries:", StringComparison.Ordinal))
        {
            File.AppendAllText(
                settings,
                $"registries:\n{string.Concat(Publishers.Select(host => $"  {host}: {{ endpoint: 'http://{upstream.Host}' }}\n"))}"
            );
        }
    }

    private void Publish()
    {
        Push("crossplane/crossplane", "v2.3.4", Image.Of(Layers.Of(("crossplane", "the core"))));
        foreach (var version in (string[])["v2.1.0", "v2.2.0", "v2.3.0"])
        {
            Push("upbound/provider-family-aws", version, Package("Provider", "provider-family-aws", version));
            Push(
                "upbound/provider-aws-s3",
                version,
                Package(
                    "Provider",
                    "provider-aws-s3",
                    version,
                    "  dependsOn:\n  - { provider: xpkg.upbound.io/upbound/provider-family-aws, version: '>= 0.0.0' }\n"
                )
            );
        }

        Push("crossplane-contrib/function-patch-and-transform", "v0.9.0", Package("Function", "function-patch-and-transform", "v0.9.0"));
    }

    private static Image Package(string kind, string name, string version, string more = "") =>
        Image.Index(
            (
                "linux/amd64",
                Image.Package(
                    $"apiVersion: meta.pkg.crossplane.io/v1\nkind: {kind}\nmetadata: {{ name: {name}, annotations: {{ version: {version} }} }}\nspec:\n  crossplane: {{ version: '>=v1.14.1-0' }}\n{more}"
                )
            ),
            ("linux/arm64", Image.Of("arm64", Layers.Of((name, version))))
        );

    private void Push(string path, string tag, Image image)
    {
        var layout = layouts[image.Digest.Replace(':', '-')];
        image.WriteLayout(layout, tag);
        upstream.Push(layout, tag, path);
    }
}
