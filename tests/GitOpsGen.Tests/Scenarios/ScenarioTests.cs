using Xunit;

namespace GitOpsGen.Tests.Scenarios;

public sealed class ScenarioTests
{
    private const string Accept = "GITOPSGEN_ACCEPT";

    public static TheoryData<string> Scenarios => Scenario.Names;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_scenario_gives_the_expected_findings_and_files(string name)
    {
        var scenario = new Scenario(name);
        using var run = new ScenarioRun(scenario);
        var before = run.Everything;

        var outcome = run.Render();

        var findings = string.Concat(ScenarioRun.Lines(outcome).Select(line => line + "\n"));
        var output = run.Output(outcome);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
            Rewrite(scenario, findings, outcome.HasErrors ? null : output);
        Assert.Equal(File.Exists(scenario.ExpectedDiagnostics) ? File.ReadAllText(scenario.ExpectedDiagnostics) : "", findings);
        Assert.Equal(scenario.Renders, !outcome.HasErrors);
        if (outcome.HasErrors)
            Assert.Equal("", before.DifferenceTo(run.Everything));
        else
            Assert.Equal("", FolderSnapshot.Of(scenario.Expected).DifferenceTo(output));
    }

    // Not even a rewrite passes in silence: whoever asks for it has to look at what it wrote.
    private static void Rewrite(Scenario scenario, string findings, FolderSnapshot? output)
    {
        var before = FolderSnapshot.Of(scenario.Folder);
        File.WriteAllText(scenario.ExpectedDiagnostics, findings);
        if (findings.Length == 0)
            File.Delete(scenario.ExpectedDiagnostics);
        (output ?? FolderSnapshot.Empty).WriteTo(scenario.Expected);
        var difference = before.DifferenceTo(FolderSnapshot.Of(scenario.Folder));
        Assert.True(difference.Length == 0, $"{scenario.Name} was rewritten, because {Accept}=1; look at it:\n{difference}");
    }
}
