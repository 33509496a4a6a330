using System.Text.RegularExpressions;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.MSBuild.Tests;

/// <summary>What a build says is what the command line says, at absolute places.</summary>
public sealed partial class FindingsOfBuildsTests : IClassFixture<OneProject>
{
    private const string App = OneProject.App;

    private readonly Repository repository;

    public FindingsOfBuildsTests(OneProject one)
    {
        LongProof.Require();
        repository = one.Repository;
        repository.Reset();
    }

    [Fact]
    public void Errors_and_warnings_are_those_of_the_command_line_with_an_absolute_path()
    {
        repository.Edit(Repository.Settings, "GOG2109: off", "GOG2109: warning");
        var warned = repository.Build(App).Succeeds();
        AssertSame(repository.Gitopsgen("render"), warned.Findings);
        Assert.All(warned.Findings, finding => Assert.Contains("): warning GOG2109: ", finding, StringComparison.Ordinal));

        // NoWarn is the compiler's: severities are those of the settings, here and on the command line.
        repository.Forget();
        Assert.Equal(warned.Findings, repository.Build(App, "-p:NoWarn=GOG2109").Succeeds().Findings);

        repository.Forget();
        var refused = repository.Build(App, "-warnaserror").Fails();
        Assert.Equal(warned.Findings.Select(finding => finding.Replace("warning", "error", StringComparison.Ordinal)), refused.Findings);
        Assert.Equal(["render"], repository.Build(App, "-warnaserror").Fails().Runs);

        repository.Reset();
        repository.Edit(Repository.Lockfile, "version: v0.9.0", "version: latest");
        repository.Edit(Repository.Lockfile, "version: v0.8.2", "version: v0");
        var failed = repository.Build(App).Fails();
        Assert.Equal(2, failed.Findings.Length);
        AssertSame(repository.Gitopsgen("render"), failed.Findings);
        Assert.False(Directory.Exists(repository["manifests"]));
    }

    [Fact]
    public void A_build_of_CI_checks_and_names_the_files_that_are_not_what_their_inputs_give()
    {
        repository.Gitopsgen("render").RequireSuccess();
        Assert.Equal(["check"], repository.BuildInCi(App).Succeeds().Runs);
        Assert.Equal(["check"], repository.BuildInCi(App).Succeeds().Runs);
        Assert.Empty(repository.Remembered);

        repository.Edit(Repository.Lockfile, "v0.9.0", "v0.9.1");
        var before = repository.Output;
        var stale = repository.Build(App, "-p:ContinuousIntegrationBuild=true").Fails();
        Assert.Equal(["check"], stale.Runs);
        AssertSame(repository.Gitopsgen("check"), stale.Findings);
        Assert.Equal(before, repository.Output);

        // A list is for reading: twenty, and how many more.
        Directory.Delete(repository["manifests"], recursive: true);
        var findings = repository.BuildInCi(App).Fails().Findings;
        var all = repository.Gitopsgen("check").Error.Split('\n').Count(line => line.Contains(" GOG5010: ", StringComparison.Ordinal));
        Assert.Equal(21, findings.Length);
        Assert.Single(findings, finding => finding.StartsWith($"gitopsgen : error GOG5010: {all - 20} more files ", StringComparison.Ordinal));

        // Whoever wants that renders in CI, or checks at home.
        Assert.Equal(["render"], repository.BuildInCi(App, "-p:GitOpsGenMode=render").Succeeds().Runs);
        Assert.Equal(["check"], repository.Build(App, "-p:GitOpsGenMode=check").Succeeds().Runs);
    }

    [Fact]
    public void What_a_program_prints_otherwise_is_no_finding()
    {
        // The difference that check prints has lines that MSBuild itself would take for warnings and errors.
        repository.Gitopsgen("template", "eject", "base/{object}/package.yaml").RequireSuccess();
        repository.Gitopsgen("render").RequireSuccess();
        const string Template = "templates/base/{object}/package.yaml.scriban";
        repository.Write(Template, $"# description: warning : x\n# note: error X1: y\n{repository.TextOf(Template)}");

        var run = repository.BuildInCi(App).Fails();

        Assert.NotEmpty(run.Findings);
        Assert.All(run.Findings, finding => Assert.Contains("): error GOG5010: ", finding, StringComparison.Ordinal));
    }

    private void AssertSame(ToolRun commandLine, string[] findings) =>
        Assert.Equal(
            commandLine
                .Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => Own().Replace(Path.Combine(repository.Path, line), "Run 'gitopsgen"))
                .Order(StringComparer.Ordinal),
            findings.Select(line => Own().Replace(line, "Run 'gitopsgen"))
        );

    // A command in a message is written as the program was called.
    [GeneratedRegex("Run '(dotnet )?[^']*?gitopsgen(\\.dll)?(?=[ '])")]
    private static partial Regex Own();
}
