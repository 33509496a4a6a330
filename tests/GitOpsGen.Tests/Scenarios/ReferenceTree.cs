using System.Text.RegularExpressions;
using GitOpsGen.Testing;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>
/// The hand-made tree of facts/reference-output.md, section 6, which was tried against real Kustomize, Helm, an API server and IAM
/// simulators: a path in backquotes, and the file in the fence below it.
/// </summary>
internal static partial class ReferenceTree
{
    /// <summary>The files by path; the test is skipped without the document.</summary>
    public static IReadOnlyDictionary<string, string> Read()
    {
        var text = File.ReadAllText(SharedData.Require("facts", "reference-output.md"));
        return FileInFence()
            .Matches(text[text.IndexOf("## 6.", StringComparison.Ordinal)..])
            .ToDictionary(match => match.Groups["path"].Value, match => match.Groups["text"].Value);
    }

    /// <summary>The block of facts/live.md in a language; there is one of each. The test is skipped without the document.</summary>
    public static string LiveBlock(string language)
    {
        var text = File.ReadAllText(SharedData.Require("facts", "live.md"));
        var begin = $"\n```{language}\n";
        var start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"^`(?<path>[^`]+)`.*\n```(?:yaml|json)\n(?<text>(?:(?!```).*\n)+)```", RegexOptions.Multiline)]
    private static partial Regex FileInFence();
}
