using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary>Sparse checkouts: what Git has and the disk lacks is no reason to render as if nobody had it.</summary>
public sealed class SparseTests : IDisposable
{
    private const string Template = "templates/overlays/{environment}/notes.txt.scriban";
    private readonly WorkFolder folder = new();
    private readonly GitFolder git;

    public SparseTests()
    {
        git = GitFolder.Init(folder.Path);
        InProcess.Run(folder.Path, "init").Exits(0);
        folder.Write(Template, "{{ environment.name }}\n");
        InProcess.Run(folder.Path, "render").Exits(0);
        git.Commit();
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("render")]
    [InlineData("check")]
    [InlineData("diff")]
    [InlineData("lint")]
    public void Templates_that_the_checkout_leaves_out_are_an_error_and_not_the_built_in_ones(string command)
    {
        git.Run("sparse-checkout", "set", "--cone", ".config", "manifests");
        var before = folder.Snapshot();

        var run = InProcess.Run(folder.Path, command).Exits(1);

        Assert.Contains(
            $"gitopsgen: error GOG1208: This run needs files that the sparse checkout keeps off the disk: {Template}. Run 'git sparse-checkout add templates' at the top of the work tree.\n",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(before, folder.Snapshot());
        git.Run("sparse-checkout", "add", "templates");
        InProcess.Run(folder.Path, command).Exits(0);
    }

    [Fact]
    public void A_worktree_has_patterns_of_its_own_and_a_root_below_the_top_is_named_from_there()
    {
        using var elsewhere = new TempFolder();
        git.Run("mv", "-k", ".config", "packages.lock.yaml", "templates", "manifests", Directory.CreateDirectory(folder["team"]).FullName);
        git.Commit();
        git.Run("worktree", "add", "--quiet", elsewhere["tree"]);
        var root = Path.Combine(elsewhere["tree"], "team");
        GitFolder.At(elsewhere["tree"]).Run("sparse-checkout", "set", "--cone", "team/.config", "team/manifests");
        File.AppendAllText(Path.Combine(root, WorkFolder.Settings), "templates: templates\n");

        var run = InProcess.Run(root, "lint").Exits(1);

        Assert.Contains("GOG1208", run.Error, StringComparison.Ordinal);
        Assert.Contains("'git sparse-checkout add team/templates'", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("GOG4007", run.Error, StringComparison.Ordinal);
        InProcess.Run(folder["team"], "check").Exits(0);
    }

    [Theory]
    [InlineData("render")]
    [InlineData("check")]
    public void An_output_that_is_left_out_in_part_is_neither_missing_nor_written(string command)
    {
        git.Run("sparse-checkout", "set", "--cone", ".config", "templates", "manifests/overlays/dev");
        var before = folder.Snapshot();

        var run = InProcess.Run(folder.Path, command).Exits(1);

        Assert.Contains("GOG1208", run.Error, StringComparison.Ordinal);
        Assert.Contains("'git sparse-checkout add manifests'", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("GOG5010", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, folder.Snapshot());
    }

    [Fact]
    public void What_needs_no_output_works_without_it_and_so_does_the_index()
    {
        git.Run("sparse-checkout", "set", "--cone", ".config", "templates");

        foreach (var command in new[] { "lint", "diff", "validate" })
            InProcess.Run(folder.Path, command).Exits(0);
        InProcess.Run(folder.Path, "check", "--staged").Exits(0);
    }

    [Fact]
    public void Definitions_that_the_checkout_leaves_out_are_not_validated_without()
    {
        folder.Write("crds/one.yaml", "");
        File.AppendAllText(folder[WorkFolder.Settings], "crds: [crds]\n");
        git.Commit();
        git.Run("sparse-checkout", "set", "--cone", ".config", "templates");

        var run = InProcess.Run(folder.Path, "validate", "--format", "json").Exits(1);

        Assert.Contains("GOG1208", run.Codes);
        Assert.DoesNotContain("GOG1001", run.Codes);
    }

    [Fact]
    public void Patterns_that_are_no_longer_used_are_no_reason()
    {
        git.Run("sparse-checkout", "set", "--cone", ".config");
        git.Run("sparse-checkout", "disable");
        Assert.True(File.Exists(folder[".git/info/sparse-checkout"]));

        InProcess.Run(folder.Path, "check").Exits(0);
    }
}
