using System.Text.Json;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Recipes;

/// <summary>The scripts of the action that comment on GitHub, with a stand-in for <c>gh</c> that answers as its API does.</summary>
public sealed class CommentTests : IDisposable
{
    private const string Marker = "<!-- gitopsgen diff root=. -->";
    private const string Report = $"{Marker}\n### GitOpsGen: 1 of 2 environments changes\n\n`$(touch pwned)` \"quoted\" @all %0A ::error::\n";
    private const string Sha = "0123456789012345678901234567890123456789";

    private readonly Stubs stubs = new();

    public CommentTests()
    {
        Tool.Require("jq");
        // As gh does it: --jq filters what the API answers, with the environment of the caller; --input is what is sent.
        stubs.Program(
            "gh",
            $$"""
            here='{{stubs["api"]}}'
            filter=. input= path=
            while (($#)); do
              case $1 in
                --jq) filter=$2; shift ;;
                --input) input=$2; shift ;;
                --method | --repo) shift ;;
                --name) name=$2; shift ;;
                --dir) mkdir -p "$2"; cp -r "$here/$name/." "$2"; exit ;;
                repos/*) path=${1%%\?*} ;;
              esac
              shift
            done
            [[ -z $input ]] || { cat "$input" >>"$here/sent"; exit; }
            jq --raw-output "$filter" "$here/${path//\//_}"
            """,
            logs: true
        );
        Comments("[]");
    }

    public void Dispose() => stubs.Dispose();

    [Fact]
    public void The_first_report_is_a_new_comment_word_for_word()
    {
        Comment(Report).RequireSuccess();

        Assert.Equal("gh api --method POST repos/acme/platform/issues/7/comments", Sent());
        Assert.Equal(Report, Body());
        Assert.False(File.Exists(stubs["pwned"]));
        Assert.DoesNotContain(stubs.Calls, call => call.Contains("environments changes", StringComparison.Ordinal));
    }

    [Fact]
    public void The_next_one_takes_its_place_and_no_comment_of_a_person_or_of_another_root_is_touched()
    {
        Comments(
            $$"""
            [{"id": 1, "user": {"type": "User"}, "body": "{{Marker}}"},
             {"id": 2, "user": {"type": "Bot"}, "body": "<!-- gitopsgen diff root=other -->"},
             {"id": 3, "user": {"type": "Bot"}, "body": "{{Marker}}\nold"}]
            """
        );

        Comment($"{Marker}\nNo change.\n").RequireSuccess();

        Assert.Equal("gh api --method PATCH repos/acme/platform/issues/comments/3", Sent());
        Assert.Equal($"{Marker}\nNo change.\n", Body());
    }

    [Fact]
    public void Where_nothing_changes_and_no_comment_is_there_none_is_made()
    {
        Comment($"{Marker}\nNo change.\n").RequireSuccess();

        Assert.False(File.Exists(stubs["api/sent"]));
    }

    [Theory]
    [InlineData("Buy now\n")]
    [InlineData("<!-- gitopsgen diff root=. --> and more\n")]
    [InlineData("<!-- gitopsgen diff root=--><img> -->\n")]
    public void What_does_not_begin_with_the_marker_is_not_sent(string text)
    {
        Assert.Equal(1, Comment(text).ExitCode);
        Assert.Empty(stubs.Calls);
    }

    [Fact]
    public void What_is_longer_than_a_comment_is_not_sent()
    {
        Assert.Equal(1, Comment(Report + new string('x', 65536)).ExitCode);
        Assert.Empty(stubs.Calls);
    }

    [Fact]
    public void The_report_of_a_forks_run_goes_to_the_pull_request_that_the_api_names()
    {
        Artifact(1000, Report);
        Answer(
            "repos/acme/platform/pulls",
            $$"""[{"number": 6, "head": {"sha": "{{new string('f', 40)}}" } }, {"number": 7, "head": {"sha": "{{Sha}}" } }]"""
        );

        CommentOnRun().RequireSuccess();

        Assert.Equal("gh api --method POST repos/acme/platform/issues/7/comments", Sent());
        Assert.Equal(Report, Body());
    }

    /// <summary>The author chooses what a run leaves: one that was repeated has two of a name, and no folder is another one's.</summary>
    [Fact]
    public void Each_root_of_a_run_has_a_comment_and_there_is_an_end_of_them()
    {
        var others = Enumerable.Range(1, 30).Select(n => $"gitopsgen-diff-{n}").ToArray();
        string[] names = ["gitopsgen-diff", .. others, "gitopsgen-diff", "gitopsgen-different", "gitopsgen-diff-../..", "logs"];
        Answer(
            "repos/acme/platform/actions/runs/42/artifacts",
            $$"""{"artifacts": [{{string.Join(',', names.Select((name, id) => $$"""{"id": {{id}}, "name": "{{name}}", "size_in_bytes": 1000}"""))}}]}"""
        );
        stubs.Write("api/gitopsgen-diff/diff.md", Report);
        foreach (var name in others)
            stubs.Write($"api/{name}/diff.md", $"<!-- gitopsgen diff root={name} -->\n");
        Answer("repos/acme/platform/pulls", $$"""[{"number": 7, "head": {"sha": "{{Sha}}" } }]""");

        CommentOnRun().RequireSuccess();

        var got = stubs
            .Calls.Where(call => call.Contains("run download", StringComparison.Ordinal))
            .Select(call => call.Split("--name ")[1].Split(' ')[0]);
        Assert.Equal(["gitopsgen-diff", .. others.Order(StringComparer.Ordinal).Take(19)], got);
        Assert.Equal(20, stubs.Calls.Count(call => call.Contains("--method POST", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_run_whose_commit_is_no_pull_requests_any_more_is_left_alone()
    {
        Artifact(1000, Report);
        Answer("repos/acme/platform/pulls", "[]");

        CommentOnRun().RequireSuccess();

        Assert.False(File.Exists(stubs["api/sent"]));
    }

    [Theory]
    [InlineData(10485761, Report)]
    [InlineData(1000, "Buy now\n")]
    public void A_hostile_artifact_fails_and_nothing_is_sent(int size, string text)
    {
        Artifact(size, text);
        Answer("repos/acme/platform/pulls", $$"""[{"number": 7, "head": {"sha": "{{Sha}}" } }]""");

        Assert.Equal(1, CommentOnRun().ExitCode);
        Assert.False(File.Exists(stubs["api/sent"]));
    }

    private ToolRun Comment(string text)
    {
        stubs.Write("temp/gitopsgen-diff/diff.md", text);
        return stubs.Run(Recipe.Of("action.yml").Script("Comment"), null, ("PULL", "7"));
    }

    private ToolRun CommentOnRun() =>
        stubs.Run(Recipe.Of("action.yml").Script("Comment with the report of another run"), null, ("RUN_ID", "42"), ("HEAD_SHA", Sha));

    private void Comments(string answer) => Answer("repos/acme/platform/issues/7/comments", answer);

    private void Artifact(int size, string text)
    {
        Answer(
            "repos/acme/platform/actions/runs/42/artifacts",
            $$"""{"artifacts": [{"id": 1, "name": "gitopsgen-diff", "size_in_bytes": {{size}}}]}"""
        );
        stubs.Write("api/gitopsgen-diff/diff.md", text);
    }

    private void Answer(string path, string answer) => stubs.Write($"api/{path.Replace('/', '_')}", answer);

    private string Sent() => stubs.Calls.Single(call => call.Contains("--input", StringComparison.Ordinal)).Split(" --input")[0];

    private string Body() => JsonElement.Parse(File.ReadAllText(stubs["api/sent"])).GetProperty("body").GetString()!;
}
