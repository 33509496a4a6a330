using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using GitOpsGen.Cli.Review;
using GitOpsGen.Output;
using GitOpsGen.Review;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Xunit;

namespace GitOpsGen.Cli.Tests.Review;

/// <summary>Whatever a report has in it, its markdown is whole, short enough, and nothing of an author's acts.</summary>
public sealed partial class MarkdownPageTests
{
    private static readonly ImmutableArray<string> Usual =
    [
        "upbound-provider-aws-s3",
        "mirror/upbound/provider-aws-s3",
        "a",
        "spec.package",
        "üöä–…⏎",
    ];

    private static readonly ImmutableArray<string> Hostile =
    [
        "<script>alert('evil')</script>",
        "evil @all @org/team evil@example.com",
        "evil #1 GH-1 org/evil#1",
        "](javascript:alert('evil'))",
        "[evil](https://evil.example)",
        "![evil](https://evil.example/x.png)",
        "<https://evil.example>",
        "https://evil.example www.evil.example",
        "`@evil`",
        "``` @evil",
        "```\n@evil\n```",
        "~~~\n@evil",
        "a|`@evil`|b",
        @"\|`@evil`\|",
        @"\\|`@evil` <img src=evil>",
        @"evil\",
        "`",
        "``",
        " ",
        "\u202Eevil\u2066\u200B\U000E0041",
        "</summary></details><img src=evil>",
        "evil\n\n# evil\n\n<img src=evil>",
        "\u2028# evil",
        "\u0085evil",
        "--><img src=evil><!--",
        "[evil]: https://evil.example",
        "&lt;evil&gt;&#64;evil",
        "**evil** __evil__ ~~evil~~ $`evil`$",
        "\uD83Devil",
        string.Concat(Enumerable.Repeat("evil <b> @all ", 700)),
        string.Concat(Enumerable.Repeat("\U0001F600", 5000)),
        new string('`', 300),
    ];

    private static readonly MarkdownPipeline GitHub = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().UseEmphasisExtras().Build();

    [Fact]
    public void A_page_has_at_most_so_many_bytes_and_only_whole_parts_and_keeps_its_verdict_and_headings() =>
        Gen.Select(Gen.Int, Gen.Int[MarkdownOptions.LeastLength, 30_000], Gen.Int[1, 40], Gen.Int[0, 60])
            .Sample(
                (seed, bytes, environments, most) =>
                {
                    var page = Page(new RandomReports(seed, [.. Usual, .. Hostile]).Next(environments, most), root: seed % 2 == 0 ? "." : WideRoot);
                    var (full, cut) = (Write(page, int.MaxValue), Write(page, bytes));

                    Assert.InRange(Encoding.UTF8.GetByteCount(cut), 1, bytes);
                    Assert.Equal(Headings(full), Headings(cut));
                    Assert.Equal(Encoding.UTF8.GetByteCount(full) > bytes, cut.Contains($"\nCut at {bytes} bytes; ", StringComparison.Ordinal));
                    AssertWhole(cut);
                },
                iter: 60
            );

    [Fact]
    public void Nothing_of_a_file_acts_as_markdown_as_html_or_as_a_mention() =>
        Gen.Int.Sample(
            seed =>
            {
                var text = Write(Page(new RandomReports(seed, Hostile).Next(5, 12), root: Hostile[Math.Abs(seed % Hostile.Length)]), int.MaxValue);

                AssertWhole(text);
                AssertHarmless(text);
            },
            iter: 40
        );

    [Fact]
    public void Three_hundred_environments_that_all_differ_fit_into_a_comment()
    {
        var names = Enumerable.Range(0, 300).Select(i => $"cluster-{i}").ToImmutableArray();
        var some = new RandomReports(1, Usual).Next(3, 20);
        var report = some with
        {
            Environments = names,
            Groups = [.. names.Select(name => new EnvironmentGroup([name]))],
            Objects =
            [
                .. names.SelectMany(name =>
                    Enumerable
                        .Range(0, 60)
                        .Select(i => new ObjectChange(
                            new("pkg.crossplane.io/v1", "Provider", "", $"provider-{i}"),
                            ChangeKind.Changed,
                            [new("spec.package", $"xpkg.upbound.io/upbound/provider-{i}:v1", $"xpkg.upbound.io/upbound/provider-{i}:{name}")]
                        )
                        {
                            Environments = [name],
                        })
                ),
            ],
            Gained =
            [
                .. names.Select(name => new AccessChange($"arn:aws:iam::1:role/{name}", "ecr:Pull", "*", $"iam/{name}/a.json")
                {
                    Environments = [name],
                }),
            ],
        };

        var text = Write(Page(report), MarkdownOptions.UsualLength);

        Assert.InRange(Encoding.UTF8.GetByteCount(text), 1, MarkdownOptions.UsualLength);
        AssertWhole(text);
        Assert.EndsWith("\nCut at 60000 bytes; the full report is in `gitopsgen diff --base 1a2b3c4`.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_with_a_parenthesis_stays_one_link_and_long_ones_leave_a_page_that_is_cut()
    {
        var report = new RandomReports(3, Usual).Next(9, 40);
        var page = Page(report);

        var full = new MarkdownPage(page, new(int.MaxValue, [new("Report", new("https://example.org/a(1)b)"))])).Write();
        var cut = new MarkdownPage(page, new(4000, [new("Report", new($"https://example.org/{new string('a', 5000)}"))])).Write();

        var link = Assert.Single(Markdown.Parse(full, GitHub).Descendants<LinkInline>());
        Assert.Equal("https://example.org/a%281%29b%29", link.Url);
        Assert.InRange(cut.Length, 1, 4000);
        Assert.EndsWith("the full report is in `gitopsgen diff --base 1a2b3c4`.\n", cut, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_row_about_a_package_is_in_one_count_of_the_verdict() =>
        Gen.Int.Sample(
            seed =>
            {
                var report = new RandomReports(seed, Usual).Next(6, 12) with { BaseProblem = null };
                var rows = PackageRow.Of(report.Told(report.Packages));
                var text = new Verdict(report).Text.ToString();

                var counts = PackageCount().Matches(text).Select(match => int.Parse(match.Groups[1].ValueSpan, null)).ToList();
                Assert.Equal(rows.SelectMany(row => row.Changes.Select(change => change.Package)).Distinct().Count(), counts.Sum());
                Assert.Equal(
                    report.Told(report.Dangerous).Length,
                    DangerCount().Match(text) is { Success: true } some ? int.Parse(some.Groups[1].ValueSpan, null) : 0
                );
                Assert.Equal(
                    report.Images.Length,
                    ImageCount().Match(text) is { Success: true } images ? int.Parse(images.Groups[1].ValueSpan, null) : 0
                );
            },
            iter: 40
        );

    [Fact]
    public void What_is_told_of_groups_is_all_that_happens() =>
        Gen.Int.Sample(
            seed =>
            {
                // An item of an environment that speaks for its group is told; all others are said alike by the one that does.
                var report = new RandomReports(seed, Usual).Next(8, 12);
                var told = report.Told(report.Objects);
                foreach (var group in report.Groups)
                {
                    Assert.Equal(
                        report.Objects.Where(change => change.Environments.Contains(group.Like)).Select(change => change.Key),
                        told.Where(change => change.Environments.Contains(group.Like)).Select(change => change.Key)
                    );
                    Assert.All(told, change => Assert.Single(group.Environments.Select(name => change.Environments.Contains(name)).Distinct()));
                }
            },
            iter: 40
        );

    private static string WideRoot { get; } = new('道', 300);

    private static ReviewPage Page(ReviewReport report, string root = ".") => new(report, new("1a2b3c4", "the work tree", root));

    private static string Write(ReviewPage page, int bytes) => new MarkdownPage(page, new(bytes, [])).Write();

    private static List<string> Headings(string text) =>
        [
            .. text.Split('\n')
                .Where((line, number) => number is 1 or 3 || line.StartsWith('#') || line.StartsWith("<details>", StringComparison.Ordinal)),
        ];

    private static void AssertWhole(string text)
    {
        var document = Markdown.Parse(text, GitHub);
        Assert.All(document.Descendants<FencedCodeBlock>(), fence => Assert.True(fence.ClosingFencedCharCount >= 3));
        var html = document.Descendants<HtmlBlock>().SelectMany(block => $"{block.Lines}".Split('\n')).Where(line => line.Length > 0).ToList();
        Assert.All(html, line => Assert.Matches(OurHtml(), line));
        Assert.Equal(html.Count(line => line.StartsWith("<details>", StringComparison.Ordinal)), html.Count(line => line == "</details>"));
        foreach (var table in document.Descendants<Table>())
        {
            Assert.Single(table.Select(row => ((TableRow)row).Count).Distinct());
        }

        foreach (var line in text.Split('\n').Where(line => line.TrimStart().StartsWith("| ", StringComparison.Ordinal)))
        {
            // Some readers look at one backslash before a bar, some at pairs.
            Assert.Equal(Bars().Count(line), Bars().Count(line.Replace(@"\\", "", StringComparison.Ordinal)));
        }
    }

    private static void AssertHarmless(string text)
    {
        var document = Markdown.Parse(text, GitHub);
        Assert.Empty(document.Descendants<LinkInline>());
        Assert.Empty(document.Descendants<AutolinkInline>());
        Assert.Empty(document.Descendants<HtmlInline>());
        Assert.Empty(document.Descendants<HtmlEntityInline>());
        Assert.Empty(document.Descendants<LinkReferenceDefinition>());
        foreach (var literal in document.Descendants<LiteralInline>())
        {
            Assert.DoesNotContain("evil", $"{literal.Content}", StringComparison.Ordinal);
            Assert.DoesNotContain('@', $"{literal.Content}");
            Assert.DoesNotContain('#', $"{literal.Content}");
        }

        Assert.DoesNotContain(text, c => c is '\u202E' or '\u2066' or '\u200B' or '\u2028' or '\u0085');
        Assert.DoesNotContain("\U000E0041", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 6000));
    }

    [GeneratedRegex("^(<!-- gitopsgen diff root=((?!--).)* -->|<details><summary>[A-Z][a-z ]*: [0-9a-z, ]+</summary>|</details>)$")]
    private static partial Regex OurHtml();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bars();

    [GeneratedRegex(@"(\d+) (?:packages? )?(?:is new|are new|moves?|leaves?)\b")]
    private static partial Regex PackageCount();

    [GeneratedRegex(@"^(\d+) dangers?\.")]
    private static partial Regex DangerCount();

    [GeneratedRegex(@"(\d+) images? must")]
    private static partial Regex ImageCount();
}
