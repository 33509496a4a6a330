using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary>
/// Exit codes 0, 1 and 2, and what is printed with them. 64 is in <see cref="UsageTests"/>, 130 in <see cref="SignalTests"/>;
/// 3, a registry that cannot be reached, is in <see cref="LockTests"/>.
/// </summary>
public sealed class ExitCodeTests
{
    private const string Generated = "manifests/overlays/dev/packages/wave-1/upbound-provider-aws-s3.yaml";

    [Fact]
    public void What_init_writes_renders_checks_and_lints()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        Assert.Contains($"added    {Generated}\n", gitopsgen.Run(folder.Path, "render").Exits(0).Output, StringComparison.Ordinal);
        var rendered = folder.Snapshot();
        Assert.StartsWith("manifests/ is up to date: ", gitopsgen.Run(folder.Path, "render").Exits(0).Output, StringComparison.Ordinal);
        Assert.StartsWith("manifests/ is up to date: ", gitopsgen.Run(folder.Path, "check").Exits(0).Output, StringComparison.Ordinal);
        gitopsgen.Run(folder.Path, "lint").Exits(0);
        Assert.Equal(rendered, folder.Snapshot());
    }

    [Fact]
    public void A_check_that_differs_shows_paths_and_diff_and_writes_nothing()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Rendered(gitopsgen);
        folder.Edit(WorkFolder.Lockfile, "v2.2.0", "v2.2.1");
        var before = folder.Snapshot();
        var run = gitopsgen.On(folder.Path, "check").Exits(2);
        Assert.Contains($"\n--- a/{Generated}\n+++ b/{Generated}\n@@ ", run.Output, StringComparison.Ordinal);
        Assert.Contains("run 'gitopsgen render'", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{Generated}(", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(
            run.Error.Split('\n'),
            line => line.Contains("error", StringComparison.Ordinal) && !line.Contains("GOG5010", StringComparison.Ordinal)
        );
        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public void An_edited_file_beats_a_difference_and_only_force_replaces_it()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Rendered(gitopsgen);
        var rendered = folder.Snapshot();
        File.AppendAllText(folder[Generated], "# mine\n");
        File.Delete(folder["manifests/overlays/dev/kustomization.yaml"]);
        var edited = folder.Snapshot();
        Assert.Contains($"{Generated}(1,1): error GOG5001: ", gitopsgen.On(folder.Path, "check").Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains("error GOG5001: ", gitopsgen.On(folder.Path, "render").Exits(1).Error, StringComparison.Ordinal);
        Assert.Equal(edited, folder.Snapshot());
        gitopsgen.On(folder.Path, "render", "--force").Exits(0);
        Assert.Equal(rendered, folder.Snapshot());
    }

    [Fact]
    public void A_wrong_input_is_told_with_its_place_and_stops_every_command()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Rendered(gitopsgen);
        folder.Edit(WorkFolder.Lockfile, "version: v2.3.4", "version: latest");
        var before = folder.Snapshot();
        foreach (var command in (string[])["render", "check", "lint", "validate"])
        {
            var run = gitopsgen.On(folder.Path, command).Exits(1);
            Assert.Contains("packages.lock.yaml(8,14): error GOG1014: ", run.Error, StringComparison.Ordinal);
        }

        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public void An_env_that_nothing_matches_is_an_error()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        Assert.Contains("GOG1106", gitopsgen.On(folder.Path, "render", "--env", "prod").Exits(1).Error, StringComparison.Ordinal);
        gitopsgen.On(folder.Path, "render", "--env", "d*", "--env", "dev").Exits(0);
        gitopsgen.On(folder.Path, "check").Exits(0);
    }
}
