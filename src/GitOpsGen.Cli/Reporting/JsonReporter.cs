using System.Text.Json;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Cli.Reporting;

/// <summary>The one object of <c>--format json</c>.</summary>
internal static class JsonReporter
{
    private const int FormatVersion = 1;

    public static void Write(CommandReport report, TextWriter text) => JsonText.Write(text, json => Write(report, json));

    private static void Write(CommandReport report, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("formatVersion", FormatVersion);
        json.WriteString("command", report.Command);
        json.WriteNumber("exitCode", report.ExitCode);
        json.WriteStartArray("diagnostics");
        foreach (var diagnostic in report.Diagnostics)
        {
            Write(diagnostic, json);
        }

        json.WriteEndArray();
        json.WriteStartArray("changes");
        foreach (var change in report.Changes)
        {
            json.WriteStartObject();
            json.WriteString("path", change.Path);
            json.WriteString("change", change.Word);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (report.Result is { } result)
        {
            json.WritePropertyName(report.Command);
            result(json);
        }

        json.WriteEndObject();
    }

    private static void Write(Diagnostic diagnostic, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("code", diagnostic.Rule.Code);
        json.WriteString("severity", Reporter.Word(diagnostic.Severity));
        json.WriteString("message", diagnostic.Message);
        json.WriteString("fix", diagnostic.Fix);
        json.WritePlace(diagnostic.Span);
        json.WriteEndObject();
    }
}
