using System.Text.Json;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Model;
using GitOpsGen.Rendering.Tracing;

namespace GitOpsGen.Cli.Explaining;

/// <summary>An explanation for programs.</summary>
internal static class ExplanationJson
{
    public static void Write(Explanation explanation, RelativePath output, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("path", explanation.Path.Below(output).Value);
        json.WriteObjects("lines", explanation.Lines, Write);
        json.WriteEndObject();
    }

    private static void Write(ExplainedLine line, Utf8JsonWriter json)
    {
        json.WriteNumber("line", line.Number);
        json.WriteString("text", line.Text);
        json.WriteObjects("templates", line.Templates, Write);
        json.WriteObjects("printed", line.Printed, Write);
        json.WriteObjects("because", line.Because, Write);
    }

    private static void Write(ExplainedTemplate template, Utf8JsonWriter json)
    {
        Write(template.Place, json);
        json.WriteString("text", template.Text);
        json.WriteObjects("includedAt", template.Includes, Write);
    }

    private static void Write(TemplatePlace place, Utf8JsonWriter json)
    {
        json.WriteString("file", place.File);
        json.WriteNumber("line", place.Line);
        json.WriteNumber("column", place.Column);
    }

    private static void Write(ExplainedValue value, Utf8JsonWriter json)
    {
        json.WriteString("value", value.Path);
        json.WriteObjects("origins", value.Origins, Write);
    }

    // Without a place nobody wrote it, and the default holds.
    private static void Write(ExplainedOrigin origin, Utf8JsonWriter json)
    {
        json.WriteString("key", origin.Key);
        json.WriteString("written", origin.Value);
        json.WriteBoolean("isDefault", origin.Span is null);
        json.WriteString("package", origin.Package);
        json.WriteBoolean("isNeed", origin.IsNeed);
        json.WritePlace(origin.Span);
    }
}
