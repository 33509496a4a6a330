using System.Collections.Immutable;
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
        WriteList("lines", explanation.Lines, json, Write);
        json.WriteEndObject();
    }

    private static void Write(ExplainedLine line, Utf8JsonWriter json)
    {
        json.WriteNumber("line", line.Number);
        json.WriteString("text", line.Text);
        WriteList("templates", line.Templates, json, Write);
        WriteList("printed", line.Printed, json, Write);
        WriteList("because", line.Because, json, Write);
    }

    private static void Write(ExplainedTemplate template, Utf8JsonWriter json)
    {
        Write(template.Place, json);
        json.WriteString("text", template.Text);
        WriteList("includedAt", template.Includes, json, Write);
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
        WriteList("origins", value.Origins, json, Write);
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

    private static void WriteList<T>(string name, ImmutableArray<T> items, Utf8JsonWriter json, Action<T, Utf8JsonWriter> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item, json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
