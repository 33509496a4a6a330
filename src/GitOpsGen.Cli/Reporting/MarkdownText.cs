namespace GitOpsGen.Cli.Reporting;

/// <summary>Text in Markdown.</summary>
internal static class MarkdownText
{
    private const string Acting = @"\|*_`<>[]~@#";

    /// <summary>The text with a backslash before each character that acts: also those that GitHub makes mentions and links to issues of.</summary>
    public static string Escape(string text) =>
        text.Aggregate(new StringBuilder(), (escaped, c) => (Acting.Contains(c) ? escaped.Append('\\') : escaped).Append(c)).ToString();
}
