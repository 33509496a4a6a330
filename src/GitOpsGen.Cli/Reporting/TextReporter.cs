using GitOpsGen.Output;

namespace GitOpsGen.Cli.Reporting;

/// <summary>
/// The form for people. Diagnostics are one line each in MSBuild's canonical form, <c>file(line,column): error CODE: text</c>
/// (https://learn.microsoft.com/visualstudio/msbuild/msbuild-diagnostic-format-for-tasks), which editors parse too.
/// </summary>
/// <param name="quiet">Whether only what was asked for is said.</param>
/// <param name="width">How many characters a line of a table may have; <see langword="null"/>: as many as it needs.</param>
internal sealed class TextReporter(bool quiet, int? width = null)
{
    private const string Red = "31",
        Green = "32",
        Yellow = "33",
        Cyan = "36",
        Bold = "1";

    // For a glance: Git has all of them.
    private const int WrittenPathsShown = 200;

    /// <summary>What goes to stderr. Quiet leaves the errors.</summary>
    public void WriteDiagnostics(CommandReport report, TextWriter text, bool color)
    {
        foreach (var diagnostic in report.Diagnostics.Where(d => !quiet || d.Severity == Severity.Error))
        {
            var place = diagnostic.Span is { } span ? $"{VisibleText.OneLine(span.File)}({span.Start.Line},{span.Start.Column})" : "gitopsgen";
            var word = Paint(Reporter.Word(diagnostic.Severity), ColorOf(diagnostic.Severity), color);
            text.WriteLine($"{place}: {word} {diagnostic.Rule.Code}: {VisibleText.OneLine(Reporter.Sentences(diagnostic))}");
        }
    }

    /// <summary>What goes to stdout. Quiet leaves documents, which were asked for.</summary>
    public void WriteResult(CommandReport report, TextWriter text, bool color)
    {
        if (!quiet && !report.IsComparison)
            WriteChanges(report, text, color);

        text.Write(VisibleText.Lines(report.Document));
        text.Write(VisibleText.Lines(report.Table?.Invoke(width) ?? ""));
        if (quiet)
            return;

        foreach (var line in report.Lines)
            text.WriteLine(VisibleText.OneLine(line));

        WriteDiff(report.Diff, text, color);
        if (report.Summary is { } summary)
            text.WriteLine(VisibleText.OneLine(summary));
    }

    private static void WriteChanges(CommandReport report, TextWriter text, bool color)
    {
        foreach (var change in report.Changes.Take(WrittenPathsShown))
            text.WriteLine($"{Paint(change.Word.PadRight(8), ColorOf(change.Kind), color)} {VisibleText.OneLine(change.Path)}");

        if (report.Changes.Length > WrittenPathsShown)
            text.WriteLine($"... and {report.Changes.Length - WrittenPathsShown} more");
    }

    private static void WriteDiff(string diff, TextWriter text, bool color)
    {
        if (diff.Length == 0)
            return;

        text.WriteLine();
        foreach (var line in diff.TrimEnd('\n').Split('\n'))
            text.WriteLine(Paint(VisibleText.Lines(line), ColorOf(line), color));

        text.WriteLine();
    }

    // What a diagnostic quotes comes from files: neither a line break nor an escape sequence of theirs may reach a terminal.
    private static string Paint(string text, string? code, bool color) => color && code is not null ? $"\e[{code}m{text}\e[0m" : text;

    private static string? ColorOf(Severity severity) =>
        severity switch
        {
            Severity.Error => Red,
            Severity.Warning => Yellow,
            _ => Cyan,
        };

    private static string? ColorOf(ChangeKind kind) =>
        kind switch
        {
            ChangeKind.Added => Green,
            ChangeKind.Changed => Yellow,
            _ => Red,
        };

    private static string? ColorOf(ReadOnlySpan<char> line) =>
        line switch
        {
            ['+', '+', '+', ' ', ..] or ['-', '-', '-', ' ', ..] => Bold,
            ['+', ..] => Green,
            ['-', ..] => Red,
            ['@', '@', ..] => Cyan,
            _ => null,
        };
}
