using System.Text.RegularExpressions;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.MSBuild.Tests;

/// <summary>What a build has printed, in the detail that names each program it starts.</summary>
internal sealed partial class BuildRun(ToolRun run)
{
    /// <summary>How often gitopsgen was started: <c>render</c> or <c>check</c> for each time.</summary>
    public string[] Runs { get; } = [.. Started().Matches(run.Output).Select(match => match.Groups["mode"].Value)];

    public string Output => run.Output;

    /// <summary>Errors and warnings, once each, without the project at their end.</summary>
    public string[] Findings { get; } =
    [.. Finding().Matches(run.Output).Select(match => match.Groups["finding"].Value).Distinct().Order(StringComparer.Ordinal)];

    public BuildRun Succeeds()
    {
        run.RequireSuccess();
        return this;
    }

    public BuildRun Fails()
    {
        Assert.True(run.ExitCode == 1, $"{run.Command} ended with {run.ExitCode}.\n{run.Output}\n{run.Error}");
        return this;
    }

    [GeneratedRegex("""gitopsgen\.dll" "(?<mode>[a-z]+)" """)]
    private static partial Regex Started();

    // The number of a node may be before it, and the project behind it.
    [GeneratedRegex(
        @"^ +([0-9:]+>)?(?<finding>[^ ].*(error|warning) [A-Z]+[0-9]+: .*?)( \[[^\[\]]*\])?\r?$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Finding();
}
