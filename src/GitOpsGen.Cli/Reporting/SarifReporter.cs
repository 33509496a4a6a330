using System.Collections.Immutable;
using GitOpsGen.Cli.Json;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Cli.Reporting;

/// <summary>A report as one run of SARIF, with the whole catalogue of rules.</summary>
internal static class SarifReporter
{
    private const string Root = "%SRCROOT%";

    private static readonly ImmutableArray<Rule> Catalogue = [.. Rules.ByCode.Values.OrderBy(r => r.Code, StringComparer.Ordinal)];

    // Not in the catalogue: that files are out of date is check's answer, not a finding about what the user wrote.
    private static readonly Rule Stale = new("out-of-date", Severity.Error, CanChange: false, "A generated file is not what its inputs give.");

    private static readonly ImmutableArray<Rule> All = [.. Catalogue, Stale];

    public static SarifLog Of(CommandReport report) =>
        new([
            new(
                new(new("gitopsgen", ToolVersion.Text, All.Select(rule => new SarifRule(rule.Code, new(rule.Summary), new(Level(rule.Default)))))),
                [new(report.ExitCode, report.ExitCode is ExitCode.Done or ExitCode.Differs)],
                new() { [Root] = new(new("The root: the folder that holds .config/gitopsgen.yaml.")) },
                "utf16CodeUnits",
                [.. report.Diagnostics.Select(Result), .. report.StaleFiles.Select(change => Result(report, change))]
            ),
        ]);

    private static SarifResult Result(Diagnostic diagnostic) =>
        Result(diagnostic.Rule, diagnostic.Severity, $"{diagnostic.Message} {diagnostic.Fix}") with
        {
            Locations = diagnostic.Span is { } span
                ? [new(Place(span.File) with { Region = new(span.Start.Line, span.Start.Column, span.End.Line, span.End.Column) })]
                : null,
        };

    private static SarifResult Result(CommandReport report, PathChange change) =>
        Result(Stale, Stale.Default, report.Stale(change)) with
        {
            Locations = [new(Place(change.Path))],
        };

    private static SarifResult Result(Rule rule, Severity severity, string message) =>
        new(rule.Code, All.IndexOf(rule), Level(severity), new(message));

    private static SarifPlace Place(string file) => new(new(string.Join('/', file.Split('/').Select(Uri.EscapeDataString)), Root));

    private static string Level(Severity severity) =>
        severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            Severity.Info => "note",
            _ => "none",
        };
}
