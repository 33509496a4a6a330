using Xunit;

namespace GitOpsGen.Cli.Tests;

public sealed class RootTests
{
    [Fact]
    public void The_root_is_found_upward_and_paths_are_relative_to_it()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        var below = Directory.CreateDirectory(folder["some/where"]).FullName;
        var run = gitopsgen.Run(below, "render").Exits(0);
        Assert.Contains("added    manifests/argocd-cm.yaml\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\npackages.lock.yaml(", $"\n{run.Error}", StringComparison.Ordinal);
        Assert.True(File.Exists(folder["manifests/argocd-cm.yaml"]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(below));
    }

    [Fact]
    public void The_root_is_where_C_says_before_and_behind_the_command()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        using var elsewhere = new WorkFolder();
        gitopsgen.Run(elsewhere.Path, "render", "-C", folder.Path).Exits(0);
        gitopsgen.Run(elsewhere.Path, "--root", folder.Path, "check").Exits(0);
        Assert.Empty(elsewhere.Snapshot());
    }

    [Fact]
    public void Without_a_root_it_says_what_it_looked_for_and_how_to_start()
    {
        using var folder = new WorkFolder();
        var run = Gitopsgen.Built.Run(folder.Path, "check").Exits(1);
        Assert.StartsWith("gitopsgen: error GOG1007: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(".config/gitopsgen.yaml", run.Error, StringComparison.Ordinal);
        Assert.Contains("gitopsgen init", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("render")]
    [InlineData("init")]
    public void A_root_that_does_not_exist_is_an_error(string command)
    {
        using var folder = new WorkFolder();
        Assert.Contains("GOG1007", Gitopsgen.Built.Run(folder.Path, command, "-C", "nowhere").Exits(1).Error, StringComparison.Ordinal);
        Assert.Empty(folder.Snapshot());
    }

    [Fact]
    public void Other_input_files_are_relative_to_the_current_folder()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Rendered(gitopsgen);
        using var elsewhere = new WorkFolder();
        elsewhere.Write("other.lock.yaml", File.ReadAllText(folder[WorkFolder.Lockfile]).Replace("v2.2.0", "v2.2.1", StringComparison.Ordinal));
        elsewhere.Write("other.yaml", File.ReadAllText(folder[WorkFolder.Settings]));
        gitopsgen.Run(elsewhere.Path, "check", "-C", folder.Path, "--settings", "other.yaml").Exits(0);
        gitopsgen.Run(elsewhere.Path, "check", "-C", folder.Path, "--lockfile", "other.lock.yaml").Exits(2);
        gitopsgen.Run(elsewhere.Path, "check", "-C", folder.Path, "--lockfile", "missing.yaml").Exits(1);
    }

    /// <summary>A host of repositories knows no other name of a file, and two roots of one repository have files of one name.</summary>
    [Theory]
    [InlineData("repository", "repository/teams/a", "teams/a/")]
    [InlineData("repository", "repository", "")]
    [InlineData("elsewhere", "repository/teams/a", "")]
    public void Annotations_and_SARIF_name_files_below_the_top_of_the_repository(string repository, string root, string before)
    {
        using var folder = new WorkFolder();
        Directory.CreateDirectory(folder[$"{repository}/.git"]);
        Directory.CreateDirectory(folder[root]);
        InProcess.Run(folder[root], "init").Exits(0);

        var gitHub = InProcess.Run(folder[root], "check", "--format", "github").Exits(2).Output;
        var sarif = InProcess.Run(folder[root], "check", "--format", "sarif").Exits(2).Output;
        var json = InProcess.Run(folder[root], "check", "--format", "json").Exits(2).Output;

        Assert.Contains($"::error file={before}manifests/argocd-cm.yaml,", gitHub, StringComparison.Ordinal);
        Assert.Contains($"::warning file={before}packages.lock.yaml,", gitHub, StringComparison.Ordinal);
        Assert.Contains($"\"uri\": \"{before}manifests/argocd-cm.yaml\"", sarif, StringComparison.Ordinal);
        Assert.Contains("\"file\": \"manifests/argocd-cm.yaml\"", json, StringComparison.Ordinal);
    }
}
