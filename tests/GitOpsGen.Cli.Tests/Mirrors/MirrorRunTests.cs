using GitOpsGen.Registry.Tests.Servers;
using GitOpsGen.Registry.Tests.Synthetic;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Mirrors;

/// <summary>The printed script, run as it is between two registries that others wrote, and what 'mirror verify' then says.</summary>
public sealed class MirrorRunTests : IDisposable
{
    private const string Upstream = "xpkg.crossplane.io";

    private readonly TempFolder layouts = new();
    private readonly DebianRegistry mirror = DebianRegistry.Open();

    public void Dispose()
    {
        mirror.Dispose();
        layouts.Dispose();
    }

    [Fact]
    public void The_plan_fills_a_mirror_and_what_happens_to_it_later_is_seen()
    {
        using var project = new MirroredProject(
            Upstream,
            $$"""
            prod: { registry: { host: '{{mirror.Host}}', prefix: xpkg }, crossplane: { chart: { repository: 'oci://{{mirror.Host}}/charts' } } }
            test: { install: direct, registry: { host: '{{mirror.Host}}' } }
            """
        );
        FillFromUpstream(project);
        Assert.EndsWith("7 places in mirrors: 7 ok.\n", project.Run("mirror", "verify").Exits(0).Output, StringComparison.Ordinal);

        // What is there is left alone: with the source gone, a second copy would fail.
        using var tools = new MirrorTools((mirror.Host, mirror.Host));
        Assert.Empty(tools.Run(project.Path, "mirror.sh").RequireSuccess());

        Push(mirror, $"xpkg/{MirroredProject.Provider}", "v2.2.0", AsDockerPushes());
        Push(mirror, MirroredProject.Function, "v0.5.1", Image.Package(MirroredProject.Meta("Function", "another")));
        var run = project.Run("mirror", "verify").Exits(2);
        Assert.Contains("packages.lock.yaml(11,13): error GOG6313: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("packages.lock.yaml(16,13): error GOG6312: ", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("7 places in mirrors: 5 ok, 1 different, 1 annotation lost.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Signatures_are_locked_and_copied_and_one_mirror_fills_another_when_the_publisher_is_gone()
    {
        using var second = DebianRegistry.Open();
        using var project = SignedProject(second);
        Assert.EndsWith("3 places in mirrors: 3 ok.\n", project.Run("mirror", "verify", "--env", "prod").Exits(0).Output, StringComparison.Ordinal);
        project.Run("mirror", "verify", "--env", "dr").Exits(2);

        using var tools = new MirrorTools((mirror.Host, mirror.Host), (second.Host, second.Host));
        project.Folder.Write("mirror.sh", project.Run("mirror", "plan", "--env", "dr", "--from", "prod").Exits(0).Output);
        tools.Run(project.Path, "mirror.sh").RequireSuccess();
        Assert.EndsWith("6 places in mirrors: 6 ok.\n", project.Run("mirror", "verify").Exits(0).Output, StringComparison.Ordinal);
    }

    /// <summary>A project whose publisher signed a package, and went away after it was copied into the mirror.</summary>
    private MirroredProject SignedProject(DebianRegistry second)
    {
        using var upstream = DebianRegistry.Open();
        using var tools = new MirrorTools((Upstream, upstream.Host), (mirror.Host, mirror.Host));
        var project = new MirroredProject(
            Upstream,
            $$"""
            prod: { registry: { host: '{{mirror.Host}}' } }
            dr: { registry: { host: '{{second.Host}}', prefix: dr } }
            """,
            $"{{ {Upstream}: {{ endpoint: 'http://{upstream.Host}' }} }}"
        );
        foreach (var (path, tag, image) in MirroredProject.Published)
        {
            Push(upstream, path, tag, image);
        }

        var signature = $"{MirroredProject.Published[1].Image.Digest.Replace(':', '-')}.sig";
        var seal = Image.Of(new Blob("{}"u8.ToArray(), "application/vnd.dev.cosign.simplesigning.v1+json"));
        Push(upstream, MirroredProject.Provider, signature, seal);
        project.Run("lock", "--all").Exits(0);
        Assert.Contains($"tag: {signature}", File.ReadAllText(project.Folder[WorkFolder.Lockfile]), StringComparison.Ordinal);

        project.Folder.Write("mirror.sh", project.Run("mirror", "plan", "--env", "prod").Exits(0).Output);
        tools.Run(project.Path, "mirror.sh").RequireSuccess();
        return project;
    }

    private void FillFromUpstream(MirroredProject project)
    {
        using var upstream = DebianRegistry.Open();
        using var tools = new MirrorTools((Upstream, upstream.Host), (mirror.Host, mirror.Host));
        foreach (var (path, tag, image) in MirroredProject.Published)
        {
            Push(upstream, path, tag, image);
        }

        tools.PushChart(upstream, "stable", "2.3.4");
        project.Folder.Edit(WorkFolder.Lockfile, "https://charts.crossplane.io/stable", $"oci://{upstream.Host}/stable");
        Assert.EndsWith("7 places in mirrors: 7 missing.\n", project.Run("mirror", "verify").Exits(2).Output, StringComparison.Ordinal);

        project.Folder.Write("mirror.sh", project.Run("mirror", "plan").Exits(0).Output);
        tools.Run(project.Path, "mirror.sh").RequireSuccess();
    }

    // One platform, the layers the same, their annotations gone.
    private static Image AsDockerPushes() => Image.Of(Layers.Of(("package.yaml", MirroredProject.Meta("Provider", "family"))));

    private void Push(DebianRegistry registry, string path, string tag, Image image)
    {
        var layout = layouts[image.Digest.Replace(':', '-')];
        image.WriteLayout(layout, tag);
        registry.Push(layout, tag, path);
    }
}
