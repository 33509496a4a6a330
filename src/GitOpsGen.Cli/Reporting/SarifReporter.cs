using System.Security.Cryptography;
using GitOpsGen.Cli.Json;

namespace GitOpsGen.Cli.Reporting;

/// <summary>A report as one run of SARIF, with the whole catalogue of rules.</summary>
internal static class SarifReporter
{
    private const string Root = "%SRCROOT%";

    // GitHub keeps so many results of a run, whichever they are.
    private const int MaximumResults = 5000;

    private static readonly ImmutableArray<Rule> Catalogue = [.. Rules.ByCode.Values.OrderBy(r => r.Code, StringComparer.Ordinal)];

    public static SarifLog Of(CommandReport report) =>
        new([
            new(
                new(
                    new(
                        "gitopsgen",
                        ToolVersion.Text,
                        Catalogue.Select(rule => new SarifRule(rule.Code, new(rule.Summary), new(Level(rule.Default))))
                    )
                ),
                [new(report.ExitCode, report.IsSuccess)],
                new() { [Root] = new(new("The top of the repository; without one, the folder that holds .config/gitopsgen.yaml.")) },
                "utf16CodeUnits",
                Results(report)
            ),
        ]);

    private static IEnumerable<SarifResult> Results(CommandReport report)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var diagnostic in report.WorstFirst.Take(MaximumResults))
        {
            var file = diagnostic.Span is { } span ? report.InRepository(span.File) : "";
            var identity = Identity(diagnostic, file, report.KeyAt);
            var number = seen[identity] = seen.GetValueOrDefault(identity) + 1;
            yield return Result(diagnostic, file, string.Create(CultureInfo.InvariantCulture, $"{identity}:{number}"));
        }
    }

    private static SarifResult Result(Diagnostic diagnostic, string file, string identity) =>
        new(
            diagnostic.Rule.Code,
            Catalogue.IndexOf(diagnostic.Rule),
            Level(diagnostic.Severity),
            new($"{diagnostic.Message} {diagnostic.Fix}"),
            new(identity)
        )
        {
            Locations = diagnostic.Span is { } span
                ? [new(Place(file) with { Region = new(span.Start.Line, span.Start.Column, span.End.Line, span.End.Column) })]
                : null,
            BaselineState = diagnostic.IsNew switch
            {
                true => "new",
                false => "unchanged",
                null => null,
            },
        };

    // The line is not in it: a finding that only moved is the same one, and whoever has dismissed it is not asked again.
    private static string Identity(Diagnostic diagnostic, string file, Func<SourceSpan, string> keyAt)
    {
        var key = diagnostic.Span is { } span ? keyAt(span) : "";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{diagnostic.Rule.Code}\n{file}\n{key}")).AsSpan(0, 8));
    }

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
