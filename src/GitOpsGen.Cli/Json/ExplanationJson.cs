using GitOpsGen.Rendering.Tracing;

namespace GitOpsGen.Cli.Json;

/// <summary>The explanation of <c>explain</c>.</summary>
internal sealed record ExplainResult(string Path, IEnumerable<JsonExplainedLine> Lines)
{
    public static ExplainResult Of(Explanation explanation, RelativePath output) =>
        new(explanation.Path.Below(output).Value, explanation.Lines.Select(JsonExplainedLine.Of));
}

internal sealed record JsonExplainedLine(
    int Line,
    string Text,
    IEnumerable<JsonExplainedTemplate> Templates,
    IEnumerable<JsonExplainedValue> Printed,
    IEnumerable<JsonExplainedValue> Because
)
{
    public static JsonExplainedLine Of(ExplainedLine line) =>
        new(
            line.Number,
            line.Text,
            line.Templates.Select(JsonExplainedTemplate.Of),
            line.Printed.Select(JsonExplainedValue.Of),
            line.Because.Select(JsonExplainedValue.Of)
        );
}

internal sealed record JsonExplainedTemplate(string File, int Line, int Column, string Text, IEnumerable<TemplatePlace> IncludedAt)
{
    public static JsonExplainedTemplate Of(ExplainedTemplate template) =>
        new(template.Place.File, template.Place.Line, template.Place.Column, template.Text, template.Includes);
}

internal sealed record JsonExplainedValue(string Value, IEnumerable<JsonExplainedOrigin> Origins)
{
    public static JsonExplainedValue Of(ExplainedValue value) => new(value.Path, value.Origins.Select(JsonExplainedOrigin.Of));
}

/// <summary>What the user wrote; without a place nobody did, and the default holds.</summary>
internal sealed record JsonExplainedOrigin(string Key, string? Written, bool IsDefault, string? Package, bool IsNeed) : JsonPlaced
{
    public static JsonExplainedOrigin Of(ExplainedOrigin origin) =>
        new(origin.Key, origin.Value, origin.Span is null, origin.Package, origin.IsNeed) { Place = origin.Span };
}
