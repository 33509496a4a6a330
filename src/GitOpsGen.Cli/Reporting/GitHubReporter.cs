namespace GitOpsGen.Cli.Reporting;

/// <summary>
/// Workflow commands, which a GitHub job turns into annotations on the files of a pull request
/// (https://docs.github.com/actions/reference/workflow-commands-for-github-actions). No diff is printed: a line of it that
/// begins with <c>::</c> would be a command.
/// </summary>
internal static class GitHubReporter
{
    // GitHub shows so many of each kind for a step, the first that are printed, and says nothing of the others.
    private const int Shown = 10;

    public static void Write(CommandReport report, TextWriter text, bool quiet = false)
    {
        foreach (var kind in report.WorstFirst.Where(d => !quiet || d.Severity == Severity.Error).GroupBy(d => Command(d.Severity)))
            WriteMostSevere(kind.Key, [.. kind], report.InRepository, text);

        if (!quiet && report.Summary is { } summary)
            text.WriteLine(VisibleText.OneLine(summary));
    }

    private static void WriteMostSevere(string kind, Diagnostic[] found, Func<string, string> inRepository, TextWriter text)
    {
        var more = found.Length > Shown ? $" {Counts.Of(found.Length - Shown, $"more {kind} is", $"more {kind}s are")} not shown." : "";
        foreach (var (number, diagnostic) in found.Take(Shown).Index())
        {
            var properties = diagnostic.Span is { } span ? $"{Place(inRepository(span.File), span)}," : "";
            var message = $"{Reporter.Sentences(diagnostic)}{(number == Shown - 1 ? more : "")}";
            text.WriteLine($"::{kind} {properties}title={Property(diagnostic.Rule.Code)}::{Escape(message)}");
        }
    }

    // GitHub shows columns only inside one line.
    private static string Place(string file, SourceSpan span) =>
        span.Start.Line == span.End.Line
            ? $"file={Property(file)},line={span.Start.Line},col={span.Start.Column},endLine={span.End.Line},endColumn={span.End.Column}"
            : $"file={Property(file)},line={span.Start.Line},endLine={span.End.Line}";

    private static string Command(Severity severity) => severity == Severity.Info ? "notice" : Reporter.Word(severity);

    private static string Property(string text) => Escape(text).Replace(":", "%3A").Replace(",", "%2C").ToString();

    private static StringBuilder Escape(string text) => new StringBuilder(VisibleText.Lines(text)).Replace("%", "%25").Replace("\n", "%0A");
}
