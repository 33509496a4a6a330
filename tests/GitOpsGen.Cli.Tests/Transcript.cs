using System.Text.RegularExpressions;

namespace GitOpsGen.Cli.Tests;

/// <summary>
/// The commands of a page and what they print: blocks of one info string, in which a line begins with <c>$</c> for a command and with
/// <c>&gt;</c> where it goes on. A line <c>…</c> stands for any lines, and <c>…</c> inside one for the rest of a word.
/// </summary>
internal static partial class Transcript
{
    public static IEnumerable<(string Command, string Output)> Read(string markdown, string info) =>
        Block()
            .Matches(markdown)
            .Where(block => block.Groups["info"].Value == info)
            .SelectMany(block => Command().Matches(block.Groups["text"].Value))
            .Select(match => (match.Groups["command"].Value.Replace("\n> ", "\n", StringComparison.Ordinal), match.Groups["output"].Value));

    public static bool Matches(string shown, string expected) =>
        Regex.IsMatch(
            shown,
            $@"\A{Regex.Escape(expected).Replace("…\\n", "(?:.*\\n)*?", StringComparison.Ordinal).Replace("…", "[^\\s]*", StringComparison.Ordinal)}\z"
        );

    [GeneratedRegex("^```(?<info>.*)\n(?<text>(?:.*\n)*?)^```$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\$ (?<command>.*(?:\n> .*)*)\n(?<output>(?:(?!\$ ).*\n)*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Command();
}
