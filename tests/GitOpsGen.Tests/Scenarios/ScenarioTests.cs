using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace GitOpsGen.Tests.Scenarios;

public sealed class ScenarioTests
{
    private const string Accept = "GITOPSGEN_ACCEPT";

    public static TheoryData<string> Scenarios => Scenario.Names;

    public static TheoryData<string> RenderingScenarios => Scenario.RenderingNames;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void A_scenario_gives_the_expected_findings_and_files(string name)
    {
        var scenario = new Scenario(name);
        var run = RenderedScenario.Of(scenario);
        var findings = string.Concat(ScenarioRun.Lines(run.Outcome).Select(line => line + "\n"));
        if (Environment.GetEnvironmentVariable(Accept) == "1")
            Rewrite(scenario, findings, run.Outcome.HasErrors ? null : Compared(scenario, run.Output));
        Assert.Equal(File.Exists(scenario.ExpectedDiagnostics) ? File.ReadAllText(scenario.ExpectedDiagnostics) : "", findings);
        Assert.Equal(scenario.Renders, !run.Outcome.HasErrors);
        if (run.Outcome.HasErrors)
            Assert.Equal("", run.Before.DifferenceTo(run.After));
        else
            Assert.Equal("", FolderSnapshot.Of(scenario.Expected).DifferenceTo(Compared(scenario, run.Output)));
    }

    [Theory]
    [MemberData(nameof(RenderingScenarios))]
    public void The_ledgers_have_every_rendered_file_with_its_digest(string name)
    {
        var run = RenderedScenario.Of(new(name));
        var own = run.Output.Files.Where(file =>
            !run.Before.Files.ContainsKey($"{ScenarioRun.OutputPath(run.Outcome)}/{file.Key}") || IsLedger(file.Key)
        );

        var digests = run
            .Output.Files.Where(file => IsLedger(file.Key))
            .SelectMany(file => Encoding.UTF8.GetString(file.Value).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(line => line.Split("  "))
            .ToDictionary(pair => pair[1], pair => pair[0]);

        Assert.All(digests, line => Assert.Equal(line.Value, Convert.ToHexStringLower(SHA256.HashData(run.Output.Files[line.Key]))));
        Assert.Equal([], own.Select(file => file.Key).Where(path => !IsLedger(path) && !digests.ContainsKey(path)));
    }

    // Of a part of a tree, what it has and the ledgers.
    private static FolderSnapshot Compared(Scenario scenario, FolderSnapshot output) =>
        scenario.HasPartOfTheTree && FolderSnapshot.Of(scenario.Expected) is var part
            ? new(output.Files.Where(file => part.Files.ContainsKey(file.Key) || IsLedger(file.Key)))
            : output;

    private static bool IsLedger(string path) => path == ".gitopsgen" || path.EndsWith("/.gitopsgen", StringComparison.Ordinal);

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
