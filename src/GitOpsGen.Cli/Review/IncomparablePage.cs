namespace GitOpsGen.Cli.Review;

/// <summary>What markdown and HTML say where head has errors, or base cannot be found: no half report.</summary>
internal static class IncomparablePage
{
    private const int MostFindings = 20;

    private const string Title = "GitOpsGen: This change cannot be compared";

    // For how many more there are.
    private const int Reserve = 30;

    public static string Markdown(string root, ImmutableArray<Diagnostic> found, int maxLength)
    {
        var errors = found.Where(finding => finding.Severity == Severity.Error).ToList();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<!-- gitopsgen diff root={MarkdownPage.RootMark(root)} -->\n");
        text.Append(CultureInfo.InvariantCulture, $"### {Title}\n\n");
        var shown = 0;
        foreach (var line in errors.Take(MostFindings).Select(finding => $"- {MarkdownPage.Inline(Words.Code(Line(finding)))}\n"))
        {
            if (MarkdownPage.Size($"{text}{line}") + Reserve > maxLength)
                break;

            text.Append(line);
            shown++;
        }

        if (errors.Count > shown)
            text.Append(CultureInfo.InvariantCulture, $"\nand {errors.Count - shown} more\n");

        return text.ToString();
    }

    public static string Html(CommandReport report)
    {
        var title = report.ExitCode == ExitCode.Cancelled ? "GitOpsGen: This run was cancelled" : Title;
        var errors = report.Diagnostics.Where(finding => finding.Severity == Severity.Error).ToList();
        return HtmlFrame.Of(
            title,
            html =>
                html.Element(
                    "main",
                    () =>
                    {
                        html.Element("h1", title);
                        html.Element(
                            "ul",
                            () => errors.Take(MostFindings).ToList().ForEach(finding => html.Element("li", Words.Code(Line(finding))))
                        );
                        if (errors.Count > MostFindings)
                            html.Element("p", $"and {errors.Count - MostFindings} more");
                    }
                )
        );
    }

    private static string Line(Diagnostic finding) =>
        $"{finding.Span?.Place.ToString() ?? "gitopsgen"}: {finding.Rule.Code}: {Reporter.Sentences(finding)}";
}
