using System.Text.Json;
using GitOpsGen.Cli.Json;

namespace GitOpsGen.Cli.Reporting;

/// <summary>A report in any form, as one text: what a report file holds.</summary>
internal static class Reporter
{
    public static string Render(CommandReport report, ReportForm form)
    {
        using var text = new StringWriter { NewLine = "\n" };
        switch (form)
        {
            case ReportForm.Json:
                text.Write(JsonOutput.Of(Json(report).Write));
                break;
            case ReportForm.GitHub:
                GitHubReporter.Write(report, text);
                break;
            case ReportForm.Sarif:
                text.Write(JsonOutput.Of(json => JsonSerializer.Serialize(json, SarifReporter.Of(report), JsonOutput.Default.SarifLog)));
                break;
            case ReportForm.Mermaid or ReportForm.Dot or ReportForm.Markdown or ReportForm.Html:
                text.Write(report.Drawings.TryGetValue(form, out var draw) ? VisibleText.Lines(draw()) : "");
                break;
            case ReportForm.Inputs:
                report.Inputs().ToList().ForEach(text.WriteLine);
                break;
            default:
                var plain = new TextReporter(quiet: false);
                plain.WriteDiagnostics(report, text, color: false);
                plain.WriteResult(report, text, color: false);
                break;
        }

        return text.ToString();
    }

    private static JsonReport Json(CommandReport report) =>
        new(
            report.Command,
            report.ExitCode,
            report.Diagnostics.Select(found => new JsonDiagnostic(found.Rule.Code, Word(found.Severity), found.Message, found.Fix)
            {
                Place = found.Span,
                New = found.IsNew,
                Environments = found.Environments.IsEmpty ? null : found.Environments,
            }),
            report.Changes.Select(change => new JsonChange(change.Path, change.Word)),
            report.Result
        );

    /// <summary>What a finding says, as people read it.</summary>
    public static string Sentences(Diagnostic found) => $"{(found.IsNew == true ? "(new) " : "")}{found.Message} {found.Fix}";

    /// <summary>The severity as every form but SARIF and GitHub spells it.</summary>
    public static string Word(Severity severity) =>
        severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "info",
        };
}
