using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using GitOpsGen.Cli.Review;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Output;
using GitOpsGen.Review;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Cli.Tests.Review;

/// <summary><c>gitopsgen diff --format html</c>.</summary>
public sealed partial class HtmlPageTests : IDisposable
{
    private const string Hostile =
        "x\"'></code></td></style></script><script>alert(1)</script><img src=x onerror=alert(1)>&amp;\u202e\u200b\u0007\ud800\ufffe";
    private const string Shown =
        "x\"'></code></td></style></script><script>alert(1)</script><img src=x onerror=alert(1)>&amp;\ufffd\ufffd\ufffd\ufffd\ufffd";

    // Half a surrogate pair and what YAML forbids are in no node that was read.
    private static readonly string HostileYaml = Hostile.Replace("\ud800\ufffe", "", StringComparison.Ordinal);

    private readonly ChangedRepository repository = new();

    public void Dispose() => repository.Dispose();

    [Fact]
    public void Nothing_from_a_file_can_become_markup_or_hide()
    {
        var page = Parse(Page(HostileReport()));

        Assert.Single(page.Descendants("script"));
        Assert.Empty(page.Descendants("img"));
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        // Principal, action, resource, document, registry and so on: wherever a text is whole, it is whole as text.
        Assert.InRange(page.Descendants("code").Count(element => element.Value == Shown), 15, int.MaxValue);
        Assert.Contains(page.Descendants("option").Attributes("value"), value => value.Value == Shown);
        Assert.Contains(page.Descendants().Attributes("data-environments"), value => value.Value == Shown);
        Assert.Contains(page.Descendants("del"), element => element.Value.Contains("<script>alert(1)</script><img src=x", StringComparison.Ordinal));
    }

    [Fact]
    public void The_policy_allows_its_own_style_and_script_by_their_hashes_and_nothing_else()
    {
        repository.Move("v0.5.0", "v0.6.0");

        var page = Parse(Html());

        var policy = page.Descendants("meta")
            .Single(element => (string?)element.Attribute("http-equiv") == "Content-Security-Policy")
            .Attribute("content")!
            .Value;
        Assert.Equal(
            $"default-src 'none'; style-src '{HashOf("style")}'; script-src '{HashOf("script")}'; base-uri 'none'; form-action 'none'",
            policy
        );
        Assert.Empty(page.Descendants().Attributes("style"));
        Assert.Empty(page.Descendants().Attributes("src"));

        string HashOf(string tag) =>
            $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(page.Descendants(tag).Single().Value)))}";
    }

    [Fact]
    public void Every_row_of_every_list_of_JSON_is_in_the_page()
    {
        ChangeMuch();
        var json = repository.Diff("--format", "json").Exits(0).Json.GetProperty("diff");

        var page = Parse(Html());

        foreach (var change in Rows("packages"))
        {
            AssertRow("package: ", Text(change, "package"), Text(change, "object"), Text(change, "from"), Text(change, "to"));
        }

        foreach (var image in Rows("images"))
        {
            AssertRow("image", Text(image, "registry"), Text(image, "repository"), Text(image, "tag"), Text(image, "digest"));
        }

        foreach (var need in Rows("repositories"))
        {
            AssertRow("repository", Text(need, "registry"), Text(need, "repository"));
        }

        foreach (var list in new[] { "gained", "lost" })
        {
            foreach (var access in json.GetProperty("access").GetProperty(list).EnumerateArray())
            {
                AssertRow($"access: {list}", Text(access, "principal"), Text(access, "action"), Text(access, "resource"), Text(access, "document"));
            }
        }

        foreach (var danger in Rows("dangerous"))
        {
            string[] names = [.. Environments(danger)];
            AssertRow("danger", [Text(danger, "code"), .. names.Length == 4 ? ["all 4"] : names]);
        }

        foreach (var deletion in Rows("deletions"))
        {
            AssertRow("deletion", Text(deletion, "command"));
        }

        foreach (var change in Rows("objects"))
        {
            AssertRow($"object: {Text(change, "change")}", Text(change, "kind"), Text(change, "name"));
        }

        foreach (var file in Rows("files"))
        {
            AssertRow($"file: {Text(file, "change")}", Text(file, "path"));
        }

        JsonElement[] Rows(string list)
        {
            var rows = json.GetProperty(list).EnumerateArray().ToArray();
            Assert.NotEmpty(rows);
            return rows;
        }

        void AssertRow(string kind, params string[] texts) =>
            Assert.True(
                page.Descendants()
                    .Where(element => ((string?)element.Attribute("data-kind"))?.StartsWith(kind, StringComparison.Ordinal) == true)
                    .Any(element => texts.All(part => element.Value.Contains(part, StringComparison.Ordinal))),
                $"No row of kind {kind} has {string.Join(", ", texts)}."
            );
    }

    [Fact]
    public void Headings_are_in_order_cells_have_scopes_and_jumps_have_targets()
    {
        ChangeMuch();

        var page = Parse(Html());

        var levels = page.Descendants().Select(e => e.Name.LocalName).Where(name => Level().IsMatch(name)).Select(name => name[1] - '0').ToList();
        Assert.Equal(1, levels[0]);
        Assert.DoesNotContain(levels.Zip(levels.Skip(1)), pair => pair.Second > pair.First + 1 || pair.Second == 1);
        Assert.All(page.Descendants("th"), cell => Assert.True((string?)cell.Attribute("scope") is "row" or "col"));
        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(page.Descendants("nav").Descendants("a"), jump => Assert.Contains(((string)jump.Attribute("href")!)[1..], ids));
    }

    [Fact]
    public void A_graph_has_what_moves_and_its_direct_neighbours_in_columns_of_waves_and_says_the_same_as_text()
    {
        repository.Edit(
            WorkFolder.Lockfile,
            "provider-aws-s3\n    kind: Provider\n    version: v2.2.0\n    locked: v2.2.0@",
            "provider-aws-s3\n    kind: Provider\n    version: v2.3.0\n    locked: v2.3.0@"
        );

        var graph = Assert.Single(Parse(Html()).Descendants("svg"));

        // The function does not move and is no neighbour; the family stays and is one.
        Assert.Equal(
            ["upbound-provider-family-aws | v2.2.0, stays", "upbound-provider-aws-s3 | v2.2.0 → v2.3.0, minor"],
            graph.Descendants("g").Select(box => string.Join(" | ", box.Elements("text").Select(text => text.Value)))
        );
        var places = graph.Descendants("rect").Select(box => double.Parse((string)box.Attribute("x")!, CultureInfo.InvariantCulture)).ToList();
        Assert.True(places[0] < places[1]);
        Assert.Equal(["wave 0", "wave 1"], graph.Elements("text").Select(text => text.Value));
        Assert.Single(graph.Descendants("path"));
        Assert.Equal(
            "wave 0: upbound-provider-family-aws, v2.2.0, stays. wave 1: upbound-provider-aws-s3, v2.2.0 → v2.3.0, minor, needs upbound-provider-family-aws.",
            graph.Element("desc")!.Value
        );
        Assert.Equal(
            [(string)graph.Element("title")!.Attribute("id")!, (string)graph.Element("desc")!.Attribute("id")!],
            ((string)graph.Attribute("aria-labelledby")!).Split(' ')
        );
    }

    [Fact]
    public void At_most_8_graphs_are_drawn_none_of_them_too_large_and_packages_alike_are_one_box()
    {
        ImmutableArray<string> names = [.. Enumerable.Range(0, 10).Select(i => $"env-{i}")];
        var report = new ReviewReport
        {
            Environments = names,
            Groups = [.. names.Select(name => new EnvironmentGroup([name]))],
            Files = [new("base/a", ChangeKind.Changed)],
            Graphs =
            [
                new([names[0]], [.. Enumerable.Range(0, 101).Select(i => Node($"p-{i}"))]),
                .. names.Skip(1).Select(name => new ChangedGraph([name], [Node("a", "b", "c")])),
            ],
        };

        var page = Parse(Page(report));

        Assert.Equal(7, page.Descendants("svg").Count());
        Assert.Contains("101 packages: too many to draw.", page.Root!.Value, StringComparison.Ordinal);
        Assert.Contains("2 more are not drawn: gitopsgen graph", page.Root!.Value, StringComparison.Ordinal);
        Assert.All(page.Descendants("g"), box => Assert.StartsWith("a, b, ca + 2 alike", box.Value, StringComparison.Ordinal));

        static GraphNode Node(params ImmutableArray<string> packages) => new(packages, 0, "v1.0.0", "v1.0.1", PackageStep.Patch);
    }

    [Fact]
    public void A_page_that_is_too_large_names_the_command_in_place_of_the_largest_groups()
    {
        var small = Object("small", "dev", "little");
        var large = Object("large", "prod", new string('<', 10_000));
        var report = new ReviewReport
        {
            Environments = ["dev", "prod"],
            Groups = [new(["dev"]), new(["prod"])],
            Objects = [large, small],
            Files = [new("base/a", ChangeKind.Changed)],
        };
        var full = Encoding.UTF8.GetByteCount(Page(report));

        var cut = Page(report, full - 1);

        Assert.InRange(Encoding.UTF8.GetByteCount(cut), 1, full - 1);
        Assert.Contains("+ data: little", Parse(cut).Root!.Value, StringComparison.Ordinal);
        Assert.Contains("gitopsgen diff --base 1a2b3c4 --env prod", Parse(cut).Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_with_too_many_rows_cuts_every_list_and_says_how_many_are_left()
    {
        var report = new ReviewReport
        {
            Environments = ["dev"],
            Files = [.. Enumerable.Range(0, 60_000).Select(number => new FileChange($"base/{number:D100}", ChangeKind.Added))],
        };

        var page = Page(report);

        Assert.InRange(Encoding.UTF8.GetByteCount(page), 1, HtmlPage.UsualLength);
        Assert.Contains("and 55000 more: ", Parse(page).Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_change_and_with_errors_it_is_a_page_too()
    {
        Assert.Contains("No change.", Parse(Html()).Root!.Value, StringComparison.Ordinal);

        repository.Write(WorkFolder.Lockfile, "packages: [");

        var page = Parse(repository.Diff("--format", "html").Exits(1).Output);
        Assert.Contains("packages.lock.yaml(", page.Descendants("li").First().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_written_to_a_file_with_the_links_that_were_given()
    {
        repository.Move("v0.5.0", "v0.6.0");
        var path = Path.Combine(repository.Root, "artifacts", "diff.html");

        repository.Diff("--report", $"html={path}", "--link", "Pull request=https://example.org/?a=1&b=\"2").Exits(0);

        var link = Parse(File.ReadAllText(path)).Descendants("footer").Descendants("a").Single();
        Assert.Equal(("Pull request", "https://example.org/?a=1&b=%222"), (link.Value, (string)link.Attribute("href")!));
        Assert.Contains(
            "'status' has no form 'html'",
            InProcess.Run(repository.Root, "status", "--format", "html").Exits(64).Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Text_has_a_contrast_of_at_least_4_5_in_light_and_dark(int scheme)
    {
        var style = Parse(Html()).Descendants("style").Single().Value;
        var colors = style.Split("prefers-color-scheme: dark")[scheme];
        var values = Color().Matches(colors).ToDictionary(match => match.Groups[1].Value, match => Luminance(match.Groups[2].Value));

        foreach (
            var (text, ground) in new[]
            {
                ("text", "page"),
                ("text", "panel"),
                ("text", "bad-panel"),
                ("quiet", "page"),
                ("quiet", "panel"),
                ("link", "page"),
                ("bad", "page"),
                ("bad", "bad-panel"),
                ("moves", "moves-panel"),
                ("quiet", "moves-panel"),
                ("watch", "watch-panel"),
                ("good", "good-panel"),
            }
        )
        {
            var (one, other) = (values[text], values[ground]);
            var contrast = (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05);
            Assert.True(contrast >= 4.5, string.Create(CultureInfo.InvariantCulture, $"{text} on {ground}: {contrast:F2}"));
        }
    }

    private void ChangeMuch()
    {
        repository.Move("v0.5.0", "v0.6.0");
        repository.Edit(
            WorkFolder.Settings,
            "account: \"111111111111\", region: eu-west-2 }, prefix: mirror",
            "account: \"111111111111\", region: eu-west-2 }, prefix: other"
        );
        var lockfile = File.ReadAllText(Path.Combine(repository.Root, WorkFolder.Lockfile));
        var (start, end) = (
            lockfile.IndexOf("  - package: xpkg.upbound.io", StringComparison.Ordinal),
            lockfile.IndexOf("  - package: xpkg.crossplane.io/crossplane-contrib", StringComparison.Ordinal)
        );
        repository.Write(WorkFolder.Lockfile, lockfile.Remove(start, end - start));
    }

    /// <summary>A page with markup, scripts and what is invisible wherever a file can say something.</summary>
    internal static string HostilePage() => Page(HostileReport());

    private string Html() => repository.Diff("--format", "html").Exits(0).Output;

    private static string Page(ReviewReport report, int mostBytes = HtmlPage.UsualLength) =>
        new HtmlPage(report, new(report, new("1a2b3c4", "the work tree", Hostile)), []).Write(mostBytes);

    private static ReviewReport HostileReport()
    {
        ImmutableArray<string> here = [Hostile];
        return new()
        {
            Environments = [Hostile, "other"],
            BaseProblem = Hostile,
            Dangerous = [new Danger(Rules.PackageRemoved, Danger.Quote(Hostile), Hostile, [Hostile]) { Environments = here }],
            Packages =
            [
                new(RepositoryOf("xpkg.upbound.io/upbound/provider-aws-s3"), PackageKind.Provider, Hostile, Hostile, Hostile, PackageStep.New)
                {
                    Environments = here,
                    NeededBy = [Hostile],
                },
            ],
            Images = [new(Hostile, Hostile, Hostile, Hostile) { Environments = here }],
            Repositories = [new(Hostile, Hostile, Hostile) { Environments = here }],
            Gained = [new(Hostile, Hostile, Hostile, Hostile) { Environments = here }],
            Lost = [new(Hostile, Hostile, Hostile, Hostile) { Environments = here, IsDrift = true }],
            NotEvaluated = [new(Hostile, Hostile) { Environments = here }],
            Leftovers = [new(1, Hostile, Hostile) { Environments = here }],
            Objects =
            [
                new(new(Hostile, Hostile, Hostile, Hostile), ChangeKind.Changed, [new(Hostile, Hostile, Hostile)])
                {
                    Environments = here,
                    Before = ConfigMap(HostileYaml),
                    After = ConfigMap("other"),
                },
                new(new(Hostile, Hostile, Hostile, Hostile), ChangeKind.Removed, []) { Environments = here, IsDrift = true },
            ],
            Files = [new(Hostile, ChangeKind.Changed)],
            Groups = [new(here)],
            Graphs = [new(here, [new([Hostile], 0, Hostile, Hostile, PackageStep.Major), new(["b"], 1, "v1", "v1", null) { Needs = [Hostile] }])],
        };
    }

    private static ObjectChange Object(string name, string environment, string value) =>
        new(new("v1", "ConfigMap", "", name), ChangeKind.Changed, [new("data.key", "before", value)])
        {
            Environments = [environment],
            Before = ConfigMap("before"),
            After = ConfigMap(value),
        };

    private static YamlMapping ConfigMap(string value)
    {
        var place = SourceSpan.StartOf("a.yaml");
        return new([new(YamlScalar.String("data", place), YamlScalar.String(value, place))], place);
    }

    private static Repository RepositoryOf(string text)
    {
        Assert.True(Repository.TryParse(text, out var repository));
        return repository;
    }

    private static XDocument Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new() { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader, LoadOptions.PreserveWhitespace);
    }

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString() ?? "–";

    private static IEnumerable<string> Environments(JsonElement element) =>
        element.GetProperty("environments").EnumerateArray().Select(name => name.GetString()!);

    private static double Luminance(string color)
    {
        var parts = Enumerable
            .Range(0, 3)
            .Select(at => 2 * at)
            .Select(start => int.Parse(color.AsSpan(start, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4))
            .ToList();
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    [GeneratedRegex("^h[1-6]$")]
    private static partial Regex Level();

    [GeneratedRegex("--([a-z-]+): #([0-9a-f]{6});")]
    private static partial Regex Color();
}
