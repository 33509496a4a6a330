using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.MSBuild.Tests;

/// <summary>One project: when a build runs gitopsgen, and when it knows that it need not.</summary>
public sealed class IncrementalTests : IClassFixture<OneProject>
{
    private const string App = OneProject.App;
    private const string Template = "templates/overlays/{environment}/kustomization.yaml.scriban";
    private static readonly string[] Render = ["render"];

    // A file that was moved back into its place, or that is written after the clock was set back; and one of a clock that is ahead.
    private static readonly DateTime Past = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Future = new(2099, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Repository repository;
    private readonly BuildPackage package;

    public IncrementalTests(BuildPackage package, OneProject one)
    {
        this.package = package;
        repository = one.Repository;
        repository.Reset();
    }

    /// <summary>The sample for a machine of which nobody asked for what takes long.</summary>
    [Fact]
    public void The_first_build_renders_what_the_command_line_renders_and_the_next_does_nothing_until_the_lockfile_is_another_also_an_older_one()
    {
        var first = repository.Build(App).Succeeds();

        Assert.Equal(Render, first.Runs);
        Assert.Matches("(?m)^ +manifests/ was written: [0-9]+ added; ", first.Output);
        var built = repository.Output;
        Directory.Delete(repository["manifests"], recursive: true);
        repository.Gitopsgen("render").RequireSuccess();
        Assert.Equal(repository.Output, built);

        repository.Forget();
        Assert.Equal(Render, repository.Build(App).Succeeds().Runs);
        var nothing = repository.Build(App).Succeeds();
        Assert.Empty(nothing.Runs);
        Assert.DoesNotContain("was written", nothing.Output, StringComparison.Ordinal);

        repository.Edit(Repository.Lockfile, "v0.9.0", "v0.9.1");
        File.SetLastWriteTimeUtc(repository[Repository.Lockfile], Past);
        Assert.Equal(Render, repository.Build(App).Succeeds().Runs);
        repository.Gitopsgen("check").RequireSuccess();
        Assert.NotEqual(repository.Output, built);
    }

    [Fact]
    public void A_template_that_is_added_changed_or_removed_is_noticed_whatever_its_time_is()
    {
        LongProof.Require();
        repository.Build(App).Succeeds();
        var plain = repository.Output;

        repository.Gitopsgen("template", "eject", "overlays/{environment}/kustomization.yaml").RequireSuccess();
        File.WriteAllText(repository[Template], $"# ours\n{repository.TextOf(Template)}");
        File.SetLastWriteTimeUtc(repository[Template], Past);
        Assert.Equal(Render, repository.Build(App).Succeeds().Runs);
        Assert.Contains("# ours", repository.TextOf("manifests/overlays/prod-eu/kustomization.yaml"), StringComparison.Ordinal);
        Assert.Empty(repository.Build(App).Succeeds().Runs);

        repository.Edit(Template, "# ours", "# mine");
        File.SetLastWriteTimeUtc(repository[Template], Future);
        Assert.Equal(Render, repository.Build(App).Succeeds().Runs);
        Assert.Contains("# mine", repository.TextOf("manifests/overlays/prod-eu/kustomization.yaml"), StringComparison.Ordinal);
        Assert.Empty(repository.Build(App).Succeeds().Runs);

        Directory.Delete(repository["templates"], recursive: true);
        Assert.Equal(Render, repository.Build(App).Succeeds().Runs);
        Assert.Equal(plain, repository.Output);
        Assert.Empty(repository.Build(App).Succeeds().Runs);
    }

    [Fact]
    public void An_output_that_Git_has_checked_out_is_rendered_again()
    {
        LongProof.Require();
        var git = GitFolder.Init(repository.Path).Write(".gitignore", "obj/\nbin/\n");
        repository.Build(App).Succeeds();
        git.Commit();
        repository.Edit(Repository.Lockfile, "v0.9.0", "v0.9.1");
        repository.Build(App).Succeeds();
        var rendered = repository.Output;
        git.Run("commit", "--quiet", "-m", "The lockfile alone", Repository.Lockfile);

        git.Run("checkout", "--quiet", "HEAD", "--", "manifests");
        foreach (var ledger in Directory.GetFiles(repository["manifests"], ".gitopsgen", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(ledger, Past);

        Assert.NotEqual(rendered, repository.Output);
        Assert.Equal(Render, repository.Build(App).Succeeds().Runs);
        Assert.Equal(rendered, repository.Output);
    }

    [Fact]
    public void Clean_forgets_and_leaves_the_output_alone()
    {
        LongProof.Require();
        repository.Build(App).Succeeds();
        var rendered = repository.Output;
        Assert.NotEmpty(repository.Remembered);

        repository.BuildInCi(App, "-t:Clean").Succeeds();

        Assert.Empty(repository.Remembered);
        Assert.Equal(rendered, repository.Output);
        Assert.Equal(Render, repository.Build(App).Succeeds().Runs);
    }

    [Fact]
    public void Only_what_builds_runs_gitopsgen_and_it_runs_once()
    {
        LongProof.Require();
        string[] publish = ["publish", App, "-o", repository["out"]];

        Assert.Equal(Render, repository.Run(publish).Succeeds().Runs);
        repository.Forget();
        Assert.Empty(repository.Run([.. publish, "--no-build"]).Succeeds().Runs);
        Assert.Empty(repository.Build(App, "-t:BeforeBuild", "-p:DesignTimeBuild=true").Succeeds().Runs);
        Assert.Empty(repository.Build(App, "-t:BeforeBuild", "-p:BuildingForLiveUnitTesting=true").Succeeds().Runs);
        repository.Run(["format", App, "--no-restore"]).Succeeds();
        Assert.Empty(repository.Remembered);
        Assert.Equal(Render, repository.Run(["pack", App, "-o", repository["out"], "-p:PackageId=App"]).Succeeds().Runs);
        repository.Forget();
        Assert.Equal(Render, repository.Build(App, "-t:BeforeBuild", "-p:BuildingInsideVisualStudio=true").Succeeds().Runs);
    }

    [Fact]
    public void Visual_Studio_is_told_which_files_make_it_build_and_the_output_is_no_item_of_a_project_above_it()
    {
        LongProof.Require();
        using var above = new Repository(package, new Project("Root.csproj"));
        above.Build("Root.csproj").Succeeds();
        above.Gitopsgen("template", "eject", "overlays/{environment}/kustomization.yaml").RequireSuccess();

        string Items(string names, params string[] options) =>
            above.Run(["msbuild", "Root.csproj", $"-getItem:{names}", .. options]).Succeeds().Output.Replace("\\\\", "/", StringComparison.Ordinal);

        var inputs = Items("UpToDateCheckInput;UpToDateCheckOutput");
        Assert.All(
            [above[Repository.Lockfile], above[Repository.Settings], above[Template], "obj/gitopsgen.net10.0.seen"],
            path => Assert.Contains($"\"Identity\": \"{path}\"", inputs, StringComparison.Ordinal)
        );
        Assert.Equal(4, inputs.Split("\"Set\": \"GitOpsGen\"").Length - 1);
        Assert.DoesNotContain("GitOpsGen", Items("UpToDateCheckInput;UpToDateCheckOutput", "-p:GitOpsGenMode=check"), StringComparison.Ordinal);

        var none = Items("None");
        Assert.Contains(Repository.Lockfile, none, StringComparison.Ordinal);
        Assert.DoesNotContain("manifests/", none, StringComparison.Ordinal);
    }
}
