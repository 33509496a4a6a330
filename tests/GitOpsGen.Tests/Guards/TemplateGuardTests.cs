using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Guards;

/// <summary>One pass finds what templates may not change, whichever command asks.</summary>
public sealed class TemplateGuardTests
{
    public static TheoryData<string> Refused =>
        [.. Scenario.All(_ => true).Where(name => name.StartsWith("a-template-that-", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Refused))]
    public void Lint_says_about_templates_what_check_says(string scenario)
    {
        using var run = new ScenarioRun(new(scenario));

        Assert.Equal(ScenarioRun.Lines(run.Check()), ScenarioRun.Lines(run.Lint()));
    }
}
