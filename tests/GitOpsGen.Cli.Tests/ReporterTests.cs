using System.Text.Json;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Diagnostics;
using GitOpsGen.Output;
using Xunit;

namespace GitOpsGen.Cli.Tests;

public sealed class ReporterTests
{
    private static readonly Rule Rule = Rules.ByCode["GOG1003"];

    [Fact]
    public void Github_escapes_what_would_end_a_property_or_a_command()
    {
        var report = CommandReport.Failed("lint", new Diagnostic(Rule, "50% of\r\na: b,", "Fix.", new("a,b:c%.yaml", new(1, 2), new(3, 4))));
        Assert.Equal(
            "::error file=a%2Cb%3Ac%25.yaml,line=1,endLine=3,title=GOG1003::50%25 of\ufffd%0Aa: b, Fix.\n",
            Reporter.Render(report, ReportForm.GitHub)
        );
    }

    [Theory]
    [InlineData(Severity.Error, "::error ", "\"level\": \"error\"", ": error ")]
    [InlineData(Severity.Warning, "::warning ", "\"level\": \"warning\"", ": warning ")]
    [InlineData(Severity.Info, "::notice ", "\"level\": \"note\"", ": info ")]
    public void Every_form_has_its_word_for_a_severity(Severity severity, string gitHub, string sarif, string text)
    {
        var report = CommandReport.Failed("lint", new Diagnostic(Rule, "Wrong.", "Fix.", null) { Severity = severity });
        Assert.StartsWith(gitHub, Reporter.Render(report, ReportForm.GitHub), StringComparison.Ordinal);
        Assert.Contains(sarif, Reporter.Render(report, ReportForm.Sarif).Split("\"results\"")[1], StringComparison.Ordinal);
        Assert.Equal($"gitopsgen{text}GOG1003: Wrong. Fix.\n", Reporter.Render(report, ReportForm.Text));
    }

    [Fact]
    public void A_diagnostic_stays_one_line_without_escape_sequences()
    {
        var report = CommandReport.Failed("lint", new Diagnostic(Rule, "a\nb\e[31mc\u202e", "Fix.", new("x\e.yaml", new(1, 2), new(1, 3))));
        Assert.Equal("x\ufffd.yaml(1,2): error GOG1003: a⏎b\ufffd[31mc\ufffd Fix.\n", Reporter.Render(report, ReportForm.Text));
    }

    [Fact]
    public void Github_gets_ten_of_each_kind_the_worst_first_and_the_last_counts_the_rest()
    {
        var report = CommandReport.Failed(
            "check",
            [
                .. Several(30, "GOG5010", Severity.Error),
                .. Several(10, "GOG2109", Severity.Warning),
                .. Several(11, "GOG2005", Severity.Info),
                .. Several(2, "GOG5001", Severity.Error),
            ]
        );

        var lines = Reporter.Render(report, ReportForm.GitHub).TrimEnd('\n').Split('\n');

        Assert.Equal(["::error", "::warning", "::notice"], lines.Select(line => line.Split(' ')[0]).Distinct());
        Assert.All(lines.GroupBy(line => line.Split(' ')[0]), kind => Assert.Equal(10, kind.Count()));
        Assert.Equal(["GOG5001", "GOG5001", "GOG5010"], lines.Take(3).Select(line => line.Split("title=")[1][..7]));
        Assert.EndsWith("Fix. 22 more errors are not shown.", lines[9], StringComparison.Ordinal);
        Assert.EndsWith("Fix. 1 more notice is not shown.", lines[29], StringComparison.Ordinal);
        Assert.Equal(2, lines.Count(line => line.Contains("not shown", StringComparison.Ordinal)));
    }

    [Fact]
    public void Sarif_gets_the_worst_five_thousand()
    {
        var report = CommandReport.Failed("check", [.. Several(5000, "GOG2109", Severity.Warning), .. Several(3, "GOG5010", Severity.Error)]);

        var results = JsonElement.Parse(Reporter.Render(report, ReportForm.Sarif)).GetProperty("runs")[0].GetProperty("results");

        Assert.Equal(5000, results.GetArrayLength());
        Assert.Equal(
            ["error", "error", "error", "warning"],
            results.EnumerateArray().Take(4).Select(result => result.GetProperty("level").GetString())
        );
        Assert.Equal(
            5000,
            results
                .EnumerateArray()
                .Select(result => result.GetProperty("partialFingerprints").GetProperty("primaryLocationLineHash").GetString())
                .Distinct()
                .Count()
        );
    }

    private static IEnumerable<Diagnostic> Several(int count, string code, Severity severity) =>
        Enumerable
            .Range(1, count)
            .Select(line => new Diagnostic(Rules.ByCode[code], "Wrong.", "Fix.", SourceSpan.StartOf("a.yaml", line)) { Severity = severity });

    [Fact]
    public void What_render_did_is_no_finding()
    {
        var report = new CommandReport
        {
            Command = "render",
            ExitCode = 0,
            Changes = [new("manifests/a", ChangeKind.Added)],
        };
        Assert.Empty(Reporter.Render(report, ReportForm.GitHub));
        Assert.Contains("\"results\": []", Reporter.Render(report, ReportForm.Sarif), StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_in_sarif_is_a_uri()
    {
        var report = CommandReport.Failed("lint", new Diagnostic(Rule, "Wrong.", "Fix.", SourceSpan.StartOf("a b/#ü.yaml")));
        Assert.Contains("\"uri\": \"a%20b/%23%C3%BC.yaml\"", Reporter.Render(report, ReportForm.Sarif), StringComparison.Ordinal);
    }
}
