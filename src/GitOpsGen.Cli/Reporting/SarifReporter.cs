using System.Collections.Immutable;
using System.Text.Json;
using GitOpsGen.Diagnostics;
using GitOpsGen.Output;

namespace GitOpsGen.Cli.Reporting;

/// <summary>SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/): one run with the whole catalogue of rules.</summary>
internal static class SarifReporter
{
    private const string Root = "%SRCROOT%";

    private static readonly ImmutableArray<Rule> Catalogue = [.. Rules.ByCode.Values.OrderBy(r => r.Code, StringComparer.Ordinal)];

    // Not in the catalogue: that files are out of date is check's answer, not a finding about what the user wrote.
    private static readonly Rule Stale = new("out-of-date", Severity.Error, CanChange: false, "A generated file is not what its inputs give.");

    private static readonly ImmutableArray<Rule> All = [.. Catalogue, Stale];

    public static void Write(CommandReport report, TextWriter text) => JsonText.Write(text, json => Write(report, json));

    private static void Write(CommandReport report, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        WriteTool(json);
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteNumber("exitCode", report.ExitCode);
        json.WriteBoolean("executionSuccessful", report.ExitCode is ExitCode.Done or ExitCode.Differs);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("originalUriBaseIds");
        json.WriteStartObject(Root);
        WriteText(json, "description", "The root: the folder that holds .config/gitopsgen.yaml.");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        WriteResults(report, json);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTool(Utf8JsonWriter json)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "gitopsgen");
        json.WriteString("version", ToolVersion.Text);
        json.WriteStartArray("rules");
        foreach (var rule in All)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Code);
            WriteText(json, "shortDescription", rule.Summary);
            json.WriteStartObject("defaultConfiguration");
            json.WriteString("level", Level(rule.Default));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResults(CommandReport report, Utf8JsonWriter json)
    {
        json.WriteStartArray("results");
        foreach (var diagnostic in report.Diagnostics)
        {
            WriteResult(json, diagnostic.Rule, diagnostic.Severity, $"{diagnostic.Message} {diagnostic.Fix}", diagnostic.Span?.File, diagnostic.Span);
        }

        foreach (var change in report.Changes.Where(c => report.IsComparison && c.Kind != ChangeKind.Edited))
        {
            WriteResult(json, Stale, Stale.Default, GitHubReporter.Stale(report, change), change.Path, null);
        }

        json.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter json, Rule rule, Severity severity, string message, string? file, SourceSpan? span)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", rule.Code);
        json.WriteNumber("ruleIndex", All.IndexOf(rule));
        json.WriteString("level", Level(severity));
        WriteText(json, "message", message);
        if (file is not null)
        {
            json.WriteStartArray("locations");
            json.WriteStartObject();
            json.WriteStartObject("physicalLocation");
            json.WriteStartObject("artifactLocation");
            json.WriteString("uri", string.Join('/', file.Split('/').Select(Uri.EscapeDataString)));
            json.WriteString("uriBaseId", Root);
            json.WriteEndObject();
            WriteRegion(json, span);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    // SARIF's endColumn is one past the last character, as our spans' end is.
    private static void WriteRegion(Utf8JsonWriter json, SourceSpan? region)
    {
        if (region is not { } span)
        {
            return;
        }

        json.WriteStartObject("region");
        json.WriteNumber("startLine", span.Start.Line);
        json.WriteNumber("startColumn", span.Start.Column);
        json.WriteNumber("endLine", span.End.Line);
        json.WriteNumber("endColumn", span.End.Column);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string Level(Severity severity) =>
        severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            Severity.Info => "note",
            _ => "none",
        };
}
