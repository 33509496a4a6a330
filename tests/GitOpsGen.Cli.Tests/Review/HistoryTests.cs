using System.Text.Json;
using System.Text.RegularExpressions;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Access;
using Xunit;

namespace GitOpsGen.Cli.Tests.Review;

/// <summary><c>diff</c> over a history in which each commit is one kind of change: what it says whole, and the laws that hold for all of it.</summary>
public sealed class HistoryTests(ChangeHistory history) : IClassFixture<ChangeHistory>
{
    private const string Accept = "GITOPSGEN_ACCEPT";

    private static readonly string[] Written = ["json", "text", "markdown"];

    // Between them they have every section of the page.
    private static readonly string[] WrittenAsPage =
    [
        "digest-moved",
        "environment-added",
        "identity-switched",
        "nothing",
        "package-removed",
        "registry-moved",
        "tool-changed",
    ];
    private static readonly string[] AccessLists = ["gained", "lost"];
    private static readonly string[] AllAccessLists = [.. AccessLists, "notEvaluated"];

    private static readonly string Expected = Path.Combine(RepositoryRoot.Path, "tests", "GitOpsGen.Cli.Tests", "Review", "Changes");

    // What is an environment's own, and may differ in a group: host, account, region, name.
    private static readonly Dictionary<string, string[]> Own = new()
    {
        ["prod-a"] = ["111111111111.dkr.ecr.eu-west-2.amazonaws.com", "111111111111", "eu-west-2", "prod-a"],
        ["prod-b"] = ["222222222222.dkr.ecr.us-east-1.amazonaws.com", "222222222222", "us-east-1", "prod-b"],
        ["prod-c"] = ["333333333333.dkr.ecr.eu-central-1.amazonaws.com", "333333333333", "eu-central-1", "prod-c"],
        ["develop"] = ["registry.example.com", "-", "-", "develop"],
        ["dev"] = ["registry.example.com", "-", "-", "dev"],
    };

    public static TheoryData<string> Changes => [.. ChangeHistory.Names];

    public static TheoryData<string, string> Forms =>
        [.. ChangeHistory.Names.SelectMany(_ => Written, (name, form) => (name, form)), .. WrittenAsPage.Select(name => (name, "html"))];

    /// <summary>With <c>GITOPSGEN_ACCEPT=1</c> the files are rewritten, and the test fails.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void Each_kind_of_change_is_told_as_the_file_has_it(string change, string form)
    {
        var file = Path.Combine(
            Expected,
            $"{change}.{form switch
            {
                "markdown" => "md",
                "text" => "txt",
                _ => form,
            }}"
        );
        var said = form == "html" ? Body(history.Diff(change, form)) : history.Diff(change, form);
        var known = File.Exists(file) ? File.ReadAllText(file) : "";
        if (said != known && Environment.GetEnvironmentVariable(Accept) == "1")
        {
            Directory.CreateDirectory(Expected);
            File.WriteAllText(file, said);
        }

        Assert.Equal(known, said);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Every_row_is_in_exactly_one_count(string change)
    {
        var diff = Json(change);
        var summary = diff.GetProperty("summary");
        var access = diff.GetProperty("access");
        (string Count, JsonElement Rows)[] counted =
        [
            ("dangerous", diff.GetProperty("dangerous")),
            ("packages", diff.GetProperty("packages")),
            ("images", diff.GetProperty("images")),
            ("repositories", diff.GetProperty("repositories")),
            ("accessGained", access.GetProperty("gained")),
            ("accessLost", access.GetProperty("lost")),
            ("notEvaluated", access.GetProperty("notEvaluated")),
            ("objects", diff.GetProperty("objects")),
            ("drift", diff.GetProperty("drift")),
            ("files", diff.GetProperty("files")),
        ];
        Assert.All(counted, pair => Assert.Equal(pair.Rows.GetArrayLength(), summary.GetProperty(pair.Count).GetInt32()));
        Assert.Equal(
            ["environments", "changedEnvironments", .. counted.Select(pair => pair.Count), "baseProblem"],
            summary.EnumerateObject().Select(property => property.Name)
        );

        var groups = Groups(diff).SelectMany(group => group).ToList();
        Assert.Equal(groups.Distinct(), groups);
        Assert.Equal(groups.Count, summary.GetProperty("changedEnvironments").GetInt32());
        Assert.Equal(groups.Order(), Own.Keys.Where(environment => Delta(diff, environment).Count > 0).Order());

        // What people read counts the same rows, by kind.
        var text = history.Diff(change, "markdown");
        if (change == "nothing")
        {
            Assert.EndsWith("\nNo change.\n", text, StringComparison.Ordinal);
            return;
        }

        var verdict = text.Split('\n')[3];
        Assert.Equal(groups.Count, Number(text, @"GitOpsGen: (\d+) of ", @"GitOpsGen: (no) environment"));
        Assert.Equal(
            diff.GetProperty("packages").EnumerateArray().Select(row => Text(row, "package")).Distinct().Count(),
            Number(verdict, @"(\d+) packages? (?:is|are) new")
                + Number(verdict, @"(\d+)(?: packages?)? moves?\b")
                + Number(verdict, @"(\d+)(?: packages?)? leaves?\b")
        );
        Assert.Equal(diff.GetProperty("images").GetArrayLength(), Number(verdict, @"(\d+) images? must be"));
        Assert.Equal(
            access.GetProperty("gained").EnumerateArray().Select(row => Text(row, "principal")).Distinct().Count(),
            Number(verdict, @"wider for (\d+) principal")
        );
        Assert.Equal(access.GetProperty("notEvaluated").GetArrayLength(), Number(verdict, @"(\d+) documents? (?:is|are) not evaluated"));
        foreach (var kind in new[] { "added", "changed", "removed" })
        {
            Assert.Equal(
                diff.GetProperty("files").EnumerateArray().Count(row => Text(row, "change") == kind),
                Number(text, $@"<summary>Files: [^<]*?(\d+) {kind}")
            );
        }

        Assert.Equal(verdict.Contains("drift", StringComparison.Ordinal), HasDrift(diff));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_a_group_does_in_its_first_environment_it_does_in_all_and_no_other_group_does_it(string change)
    {
        var diff = Json(change);
        var groups = Groups(diff).ToList();
        var files = history.Files(change, isHead: true, "overlays");

        foreach (var group in groups)
        {
            Assert.All(group, environment => Assert.Equal(Whole(group[0]), Whole(environment)));
        }

        Assert.Equal(groups.Count, groups.Select(group => string.Join('\n', Whole(group[0]))).Distinct().Count());

        // With what is in the objects that come, of which the report has the names.
        List<string> Whole(string environment) =>
            [
                .. Delta(diff, environment),
                .. diff.GetProperty("files")
                    .EnumerateArray()
                    .Where(file => Text(file, "change") == "added")
                    .Select(file => Text(file, "path"))
                    .Where(path =>
                        path.StartsWith($"overlays/{environment}/packages/wave-", StringComparison.Ordinal)
                        && !path.EndsWith("kustomization.yaml", StringComparison.Ordinal)
                    )
                    .Select(path => Placed(files[path], environment)),
            ];
    }

    /// <summary>
    /// Whoever a document of the change is for is asked about every action and repository of both sides, by an evaluator that is not ours.
    /// </summary>
    [Fact]
    public void Access_is_gained_and_lost_where_an_evaluator_of_others_says_so()
    {
        var asked = ChangeHistory
            .Names.SelectMany(change => Documents(change).Select(holder => (change, holder)))
            .SelectMany(pair => Requests(pair.holder).Select(request => (pair.change, pair.holder, request)))
            .ToList();
        var answers = IamSimulator.Answer([
            .. asked.SelectMany(one =>
                new[] { one.holder.Before, one.holder.After }.Select(policies => new IamQuestion(
                    policies,
                    null,
                    one.holder.Arn,
                    one.request.Action,
                    one.request.Resource
                ))
            ),
        ]);
        var rows = ChangeHistory.Names.ToDictionary(change => change, change => Json(change).GetProperty("access"));
        var seen = new HashSet<(string, string)>();
        foreach (var (place, (change, holder, request)) in asked.Index())
        {
            var (before, after) = (answers[place * 2] == "Allowed", answers[(place * 2) + 1] == "Allowed");
            foreach (var (list, isDifferent) in new[] { ("gained", after && !before), ("lost", before && !after) })
            {
                var isTold = rows[change]
                    .GetProperty(list)
                    .EnumerateArray()
                    .Any(row =>
                        Text(row, "principal") == holder.Name
                        && Matches(Text(row, "action"), request.Action)
                        && Matches(Text(row, "resource"), request.Resource)
                    );
                Assert.True(isTold || !isDifferent, $"{change}: not told that {holder.Name} {list} {request}");
                if (isDifferent)
                {
                    seen.Add((change, list));
                }
            }
        }

        // Nothing is told of a change that shows in no request of anybody. What a repository's or a role's own policy says is not asked here.
        Assert.Contains(("exact-to-wildcard", "gained"), seen);
        Assert.Contains(("new-package-with-a-new-dependency", "gained"), seen);
        Assert.Contains(("environment-removed", "lost"), seen);
        foreach (var (change, access) in rows)
        {
            Assert.All(
                AccessLists,
                list =>
                    Assert.True(
                        seen.Contains((change, list))
                            || access
                                .GetProperty(list)
                                .EnumerateArray()
                                .All(row => !Text(row, "resource").StartsWith("arn:aws:ecr:", StringComparison.Ordinal)),
                        $"{change}: {list} without a request that shows it"
                    )
            );
        }
    }

    private IEnumerable<Holder> Documents(string change)
    {
        var (before, after) = (history.Files(change, isHead: false, "iam"), history.Files(change, isHead: true, "iam"));
        foreach (var (environment, own) in Own.Where(pair => pair.Value[1] != "-"))
        {
            foreach (var (document, role) in new[] { ("package-manager-policy", "puller"), ("node-policy", "node") })
            {
                var arn = $"arn:aws:iam::{own[1]}:role/{role}";
                yield return new(arn, arn, Of(before), Of(after));

                string[] Of(Dictionary<string, string> files) =>
                    [
                        .. files
                            .Where(file => file.Key.StartsWith($"iam/{environment}/{document}", StringComparison.Ordinal))
                            .Select(file => file.Value),
                    ];
            }

            var registry = $"{own[1]}-{own[2]}";
            yield return new($"whoever copies in {registry}", $"arn:aws:iam::{own[1]}:role/copier", Mirror(before), Mirror(after));

            string[] Mirror(Dictionary<string, string> files) =>
                [
                    .. files
                        .Where(file => file.Key.StartsWith($"iam/registries/{registry}/mirror-policy", StringComparison.Ordinal))
                        .Select(file => file.Value),
                ];
        }
    }

    // Every action and resource that a side names, each pattern also as something that no lockfile has.
    private static IEnumerable<(string Action, string Resource)> Requests(Holder holder)
    {
        var statements = holder
            .Before.Concat(holder.After)
            .SelectMany(policy => JsonElement.Parse(policy).GetProperty("Statement").EnumerateArray())
            .ToList();
        var actions = statements.SelectMany(statement => Values(statement, "Action")).Distinct();
        var resources = statements.SelectMany(statement => Values(statement, "Resource")).Distinct().ToList();
        return from action in actions
            from resource in resources.Select(pattern => pattern == "*" ? pattern : pattern.Replace("*", "never-locked", StringComparison.Ordinal))
            select (action, resource);
    }

    private static IEnumerable<string> Values(JsonElement statement, string name) =>
        statement.GetProperty(name) is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Select(item => item.GetString()!)
            : [statement.GetProperty(name).GetString()!];

    private static bool Matches(string pattern, string text) =>
        pattern == text || Regex.IsMatch(text, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$");

    // Style and script are those of every page.
    private static string Body(string page) =>
        page[page.IndexOf("<body>", StringComparison.Ordinal)..page.IndexOf("<script>", StringComparison.Ordinal)];

    private JsonElement Json(string change) => JsonElement.Parse(history.Diff(change, "json")).GetProperty("diff");

    private static IEnumerable<string[]> Groups(JsonElement diff) =>
        diff.GetProperty("groups")
            .EnumerateArray()
            .Select(group => group.GetProperty("environments").EnumerateArray().Select(name => name.GetString()!).ToArray());

    // All that happens in an environment, with placeholders for what is its own.
    private static List<string> Delta(JsonElement diff, string environment)
    {
        string[] lists = ["dangerous", "packages", "images", "repositories", "deletions", "objects", "drift"];
        var access = diff.GetProperty("access");
        var rows = lists
            .Select(list => (list, rows: diff.GetProperty(list)))
            .Concat(AllAccessLists.Select(list => (list, rows: access.GetProperty(list))))
            .SelectMany(pair => pair.rows.EnumerateArray().Select(row => (pair.list, row)))
            .Where(pair => pair.row.GetProperty("environments").EnumerateArray().Any(name => name.GetString() == environment))
            .Select(pair =>
                pair.list
                + string.Join(
                    ',',
                    pair.row.EnumerateObject()
                        .Where(property => property.Name is not ("environments" or "file" or "line" or "column"))
                        .Select(property => $"{property.Name}={property.Value.GetRawText()}")
                )
            );
        var files = diff.GetProperty("files")
            .EnumerateArray()
            .Where(file => Regex.IsMatch(Text(file, "path"), $"^(overlays|iam)/{environment}/"))
            .Select(file => file.GetRawText());
        return [.. rows.Concat(files).Select(text => Placed(text, environment)).Order(StringComparer.Ordinal)];
    }

    private static string Placed(string text, string environment) =>
        Own[environment]
            .Index()
            .Aggregate(text, (said, value) => Regex.Replace(said, $@"(?<![A-Za-z0-9]){Regex.Escape(value.Item)}(?![A-Za-z0-9])", $"<{value.Index}>"));

    private static bool HasDrift(JsonElement diff) =>
        diff.GetProperty("drift").GetArrayLength() > 0
        || AccessLists.Any(list => diff.GetProperty("access").GetProperty(list).EnumerateArray().Any(row => row.GetProperty("drift").GetBoolean()));

    private static int Number(string text, params string[] patterns) =>
        patterns
            .Select(pattern => Regex.Match(text, pattern))
            .Where(match => match.Success)
            .Select(match => int.TryParse(match.Groups[1].Value, out var number) ? number : 0)
            .FirstOrDefault();

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private sealed record Holder(string Name, string Arn, string[] Before, string[] After);
}
