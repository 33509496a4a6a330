using System.Text.RegularExpressions;
using GitOpsGen.Diagnostics;
using Xunit;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>Every rule of the catalogue is seen in some scenario, as a user would meet it.</summary>
public sealed partial class RuleScenarioTests
{
    private const string AccessTests = "A template that does this is one of many; AccessGuardTests has them.";

    /// <summary>Rules that no scenario can show, and why.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["GOG1007"] = "A scenario is run at its root; the command line looks for one.",
        ["GOG1123"] = "It takes a build without a version; ToolRequirementTests gives one.",
        ["GOG2112"] = "It takes the versions that a registry has; ResolutionTests publishes some.",
        ["GOG2115"] = "It takes a clock, which no render has; DepartureTests gives days.",
        ["GOG3006"] = "Ten full policies take a thousand packages; PackageRuleTests makes them.",
        ["GOG3204"] = AccessTests,
        ["GOG3205"] = AccessTests,
        ["GOG3206"] = AccessTests,
        ["GOG3207"] = AccessTests,
        ["GOG4007"] = "A checkout may have no symbolic links; UserTemplateTests makes some.",
        ["GOG4101"] = "It is template show's, which no scenario runs.",
        ["GOG4102"] = "It is template eject's, which no scenario runs.",
        ["GOG5004"] = "A checkout may have no symbolic links; OutputWriterTests makes one.",
        ["GOG5006"] = "It takes a second process at the same time; OutputLockTests holds the lock.",
        ["GOG5007"] = "It takes a disk that fails; FailingDiskTests has one.",
        ["GOG5008"] = "It is init's, which no scenario runs.",
        ["GOG5010"] = "It is check's, and a scenario is rendered; ScenarioTests and FormatTests check.",
        ["GOG5011"] = "It is a build's; MSBuild.Tests builds.",
        ["GOG5012"] = "It is a build's; MSBuild.Tests builds.",
        ["GOG5101"] = "It is publish's, which no scenario runs; PublishTests does.",
        ["GOG5102"] = "It is publish's, which no scenario runs; PublishTests does.",
        ["GOG5103"] = "It is publish's, which no scenario runs; PublishTests does.",
        ["GOG5104"] = "It is publish's, which no scenario runs; PublishTests does.",
        ["GOG5105"] = "It is publish's, which no scenario runs; PublishTests does.",
        ["GOG5106"] = "It is publish's, which no scenario runs; PublishTests does.",
        ["GOG5107"] = "It is publish's, which no scenario runs; PublishTests does.",
        ["GOG9002"] = "It takes a process with little memory; CommandRunnerTests throws what the runtime does then.",
        ["GOG9001"] = "It is a bug, of which none is known.",
    };

    [Fact]
    public void Every_rule_is_in_a_scenario_but_for_those_that_cannot_be()
    {
        var seen = Scenario
            .All(_ => true)
            .Select(name => new Scenario(name).ExpectedDiagnostics)
            .Where(File.Exists)
            .SelectMany(path => Code().Matches(File.ReadAllText(path)).Select(match => match.Value))
            .ToHashSet();

        Assert.Equal(
            [],
            Rules
                .ByCode.Keys.Where(code => !seen.Contains(code) && !Exceptions.ContainsKey(code) && !IsOfAnotherCommand(code))
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal([], Exceptions.Keys.Where(code => seen.Contains(code) || !Rules.ByCode.ContainsKey(code)));
    }

    // What add, update and remove are asked for in vain; what needs a registry, which no render asks; what explain is asked; and what takes
    // a Git repository.
    private static bool IsOfAnotherCommand(string code) =>
        code.StartsWith("GOG12", StringComparison.Ordinal)
        || code.StartsWith("GOG23", StringComparison.Ordinal)
        || code.StartsWith("GOG6", StringComparison.Ordinal)
        || code.StartsWith("GOG420", StringComparison.Ordinal)
        || code.StartsWith("GOG8", StringComparison.Ordinal);

    [GeneratedRegex("GOG[0-9]{4}")]
    private static partial Regex Code();
}
