using System.Text;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Cli.Reporting;

/// <summary>
/// Workflow commands, which a GitHub job turns into annotations on the files of a pull request
/// (https://docs.github.com/actions/reference/workflow-commands-for-github-actions). No diff is printed: a line of it that
/// begins with <c>::</c> would be a command.
/// </summary>
internal static class GitHubReporter
{
    public static void Write(CommandReport report, TextWriter text, bool quiet = false)
    {
        foreach (var diagnostic in report.Diagnostics.Where(d => !quiet || d.Severity == Severity.Error))
        {
            var properties = diagnostic.Span is { } span ? $"{Place(span)}," : "";
            text.WriteLine(
                $"::{Command(diagnostic.Severity)} {properties}title={Property(diagnostic.Rule.Code)}::{Message($"{diagnostic.Message} {diagnostic.Fix}")}"
            );
        }

        // Errors, because the check fails for them.
        foreach (var change in report.StaleFiles)
        {
            text.WriteLine($"::error file={Property(change.Path)},title=Out of date::{Message(report.Stale(change))}");
        }

        if (!quiet && report.Summary is { } summary)
        {
            text.WriteLine(summary);
        }
    }

    // GitHub shows columns only inside one line.
    private static string Place(SourceSpan span) =>
        span.Start.Line == span.End.Line
            ? $"file={Property(span.File)},line={span.Start.Line},col={span.Start.Column},endLine={span.End.Line},endColumn={span.End.Column}"
            : $"file={Property(span.File)},line={span.Start.Line},endLine={span.End.Line}";

    private static string Command(Severity severity) =>
        severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "notice",
        };

    private static string Message(string text) => Escape(text).ToString();

    private static string Property(string text) => Escape(text).Replace(":", "%3A").Replace(",", "%2C").ToString();

    private static StringBuilder Escape(string text) => new StringBuilder(text).Replace("%", "%25").Replace("\r", "%0D").Replace("\n", "%0A");
}
