using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Recipes;

/// <summary>The scripts that run in a pull request, on what each host checks out, with real Git and the program under test.</summary>
public sealed class PullRequestTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Stubs stubs = new();
    private readonly GitFolder checkout;
    private readonly string target;

    /// <summary>A pull request that moves a version and forgets to render, merged as the host does, cloned two commits deep.</summary>
    public PullRequestTests()
    {
        var upstream = GitFolder.Init(folder["upstream"]);
        Gitopsgen.Built.On(upstream.Path, "init").Exits(0);
        Gitopsgen.Built.On(upstream.Path, "render").Exits(0);
        target = upstream.Commit();
        upstream.Run("switch", "--quiet", "--create", "change");
        var lockfile = Path.Combine(upstream.Path, WorkFolder.Lockfile);
        var before = File.ReadAllText(lockfile);
        File.WriteAllText(lockfile, before.Replace("v2.2.0", "v3.0.0", StringComparison.Ordinal));
        Assert.NotEqual(before, File.ReadAllText(lockfile));
        upstream.Commit();
        upstream.Run("switch", "--quiet", "main");
        upstream.Run("merge", "--quiet", "--no-ff", "--no-edit", "change");
        checkout = upstream.Clone(folder["checkout"], "--depth=2");
    }

    public void Dispose()
    {
        stubs.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void On_GitHub_the_check_is_red_and_the_report_is_written_all_the_same()
    {
        var action = Recipe.Of("action.yml");

        var check = stubs.Run(action.Script("Check"), checkout.Path, ("ROOT", "."));
        Assert.Equal(2, check.ExitCode);
        Assert.Contains("::error file=manifests/", check.Output, StringComparison.Ordinal);
        Diff("").RequireSuccess();

        var report = File.ReadAllText(stubs["summary"]);
        Assert.StartsWith("<!-- gitopsgen diff root=. -->\n### GitOpsGen: 1 of 1 environment changes", report, StringComparison.Ordinal);
        Assert.Equal(report, File.ReadAllText(stubs["temp/gitopsgen-diff/diff.md"]));
        Assert.True(File.Exists(stubs["temp/gitopsgen-diff/diff.json"]) && File.Exists(stubs["temp/gitopsgen-diff/diff.html"]));
    }

    [Fact]
    public void On_GitHub_fail_on_fails_the_job_and_the_report_is_there()
    {
        Diff("removed").RequireSuccess();
        File.Delete(stubs["summary"]);

        Assert.Equal(1, Diff("major,removed").ExitCode);
        Assert.True(File.Exists(stubs["summary"]));
    }

    [Fact]
    public void In_a_merge_group_the_base_is_fetched()
    {
        checkout.Run("update-ref", "refs/heads/alone", "HEAD");
        Diff("", target).RequireSuccess();
        Assert.Contains("1 of 1 environment changes", File.ReadAllText(stubs["summary"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_that_is_there_is_not_fetched_and_a_whole_clone_stays_whole()
    {
        checkout.Run("fetch", "--quiet", "--unshallow");
        checkout.Run("remote", "set-url", "origin", folder["gone"]);

        Diff("", target).RequireSuccess();

        Assert.Equal("false", checkout.Run("rev-parse", "--is-shallow-repository").Trim());
    }

    [Fact]
    public void The_repository_may_be_in_a_folder_of_the_workspace()
    {
        GitFolder.At(folder["upstream"]).Clone(folder["workspace/platform"], "--depth=1");

        Run("workspace/platform/", "", target, "", folder["."]).RequireSuccess();

        Assert.Contains("1 of 1 environment changes", File.ReadAllText(stubs["summary"]), StringComparison.Ordinal);
    }

    /// <summary>Its parent is a commit of the author's: what came before it would be seen by nobody.</summary>
    [Fact]
    public void The_last_commit_of_a_pull_request_is_not_taken_for_its_merge()
    {
        var run = Run(".", "dangerous", "HEAD^1", checkout.Run("rev-parse", "HEAD").Trim(), checkout.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "::error title=GitOpsGen::This is the last commit of the pull request and not its merge",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(stubs["summary"]));
    }

    [Theory]
    [InlineData(".", "gitopsgen-diff")]
    [InlineData("./", "gitopsgen-diff")]
    [InlineData("./teams/a b/", "gitopsgen-diff-teams-a-b")]
    public void Each_root_of_a_run_has_an_artifact_of_its_own(string root, string artifact)
    {
        stubs.Write("temp/gitopsgen-diff/diff.md", "of another root");
        Directory.CreateDirectory(Path.Combine(checkout.Path, "teams", "a b"));

        Run(root, "", "HEAD^1", "", checkout.Path);

        Assert.Equal($"artifact={artifact}\n", File.ReadAllText(stubs["output"]));
        Assert.DoesNotContain("of another root", File.ReadAllText(stubs["summary"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check diff", "0.1.0", null)]
    [InlineData(" diff\ncheck\n", "0.1.0", null)]
    [InlineData("comment", "", null)]
    [InlineData("chekc", "0.1.0", "The input 'command' is chekc.")]
    [InlineData("check render", "0.1.0", @"The input 'command' is check\ render.")]
    [InlineData("comment diff", "0.1.0", @"The input 'command' is comment\ diff.")]
    [InlineData("", "0.1.0", "The input 'command' is ''.")]
    [InlineData("check", "", "The input 'version' is missing.")]
    public void Inputs_of_the_action_that_would_do_nothing_or_anything_fail_the_job(string command, string version, string? error)
    {
        var run = stubs.Run(Recipe.Of("action.yml").Script("Inputs"), null, ("COMMAND", command), ("VERSION", version));

        Assert.Equal(error is null ? 0 : 1, run.ExitCode);
        Assert.StartsWith(error is null ? "" : $"::error title=GitOpsGen::{error}", run.Output, StringComparison.Ordinal);
        Assert.Equal(error is null, run.Output.Length == 0);
    }

    [Fact]
    public void On_GitLab_the_note_is_made_and_then_renewed_and_the_job_is_red()
    {
        Tool.Require("jq");
        var script = Recipe.Of("docs/ci.md: .gitlab-ci.yml").Script("script");
        stubs.Program("apt-get", "").Program("dotnet", "", logs: true).Program("curl", Answer("[]"), logs: true);

        Assert.Equal(2, GitLab(script).ExitCode);
        Assert.Equal(["GET /notes?per_page=100", "POST /notes"], Requests());
        Assert.Equal(File.ReadAllText(Path.Combine(checkout.Path, "diff.md")), Sent("body"));

        File.WriteAllText(stubs["calls"], "");
        stubs.Program("curl", Answer("""[{"id": 5, "body": "nice"}, {"id": 6, "body": "<!-- gitopsgen diff root=. -->\nold"}]"""), logs: true);
        Assert.Equal(2, GitLab(script).ExitCode);
        Assert.Equal(["GET /notes?per_page=100", "PUT /notes/6"], Requests());
    }

    [Fact]
    public void On_Azure_the_thread_is_made_and_then_renewed()
    {
        Tool.Require("jq");
        var recipe = Recipe.Of("docs/ci.md: azure-pipelines.yml");
        stubs.Program("curl", Answer("""{"value": []}"""), logs: true);
        Assert.Contains("##vso[task.uploadsummary]", Azure(recipe.Script("Diff")).RequireSuccess(), StringComparison.Ordinal);

        Azure(recipe.Script("Comment")).RequireSuccess();
        Assert.Equal(["GET /threads?api-version=7.1", "POST /threads?api-version=7.1"], Requests());
        Assert.Contains("1 of 1 environment changes", File.ReadAllText(stubs["sent"]), StringComparison.Ordinal);

        File.WriteAllText(stubs["calls"], "");
        stubs.Program(
            "curl",
            Answer("""{"value": [{"id": 3, "comments": [{"id": 1, "content": "<!-- gitopsgen diff root=. -->\nold"}]}]}"""),
            logs: true
        );
        Azure(recipe.Script("Comment")).RequireSuccess();
        Assert.Equal(["GET /threads?api-version=7.1", "PATCH /threads/3/comments/1?api-version=7.1"], Requests());
    }

    /// <summary>The first line of an empty page would be the beginning of every note, also of a person's.</summary>
    [Fact]
    public void Where_a_run_left_no_report_no_note_and_no_thread_is_touched()
    {
        stubs.Program("apt-get", "").Program("dotnet", "").Program("gitopsgen", ": >diff.md; exit 130").Program("curl", Answer("[]"), logs: true);
        Assert.Equal(130, GitLab(Recipe.Of("docs/ci.md: .gitlab-ci.yml").Script("script")).ExitCode);

        stubs.Write("temp/diff.md", "");
        Azure(Recipe.Of("docs/ci.md: azure-pipelines.yml").Script("Comment")).RequireSuccess();

        Assert.Empty(stubs.Calls);
    }

    [Fact]
    public void On_Azure_a_base_that_is_not_there_fails_the_job_and_the_page_says_why()
    {
        var shallow = checkout.Clone(folder["one"], "--depth=1");

        var run = Azure(Recipe.Of("docs/ci.md: azure-pipelines.yml").Script("Diff"), shallow);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("##vso[task.uploadsummary]", run.Output, StringComparison.Ordinal);
        Assert.Contains("GOG8001", File.ReadAllText(stubs["temp/diff.md"]), StringComparison.Ordinal);
    }

    private ToolRun Diff(string failOn, string @base = "HEAD^1") =>
        Run(".", failOn, @base, checkout.Run("rev-parse", "HEAD^2").Trim(), checkout.Path);

    private ToolRun Run(string root, string failOn, string @base, string head, string workspace) =>
        stubs.Run(
            Recipe.Of("action.yml").Script("Diff"),
            workspace,
            ("ROOT", root),
            ("BASE", @base),
            ("FAIL_ON", failOn),
            ("HEAD_SHA", head),
            ("RUN", "https://github.com/acme/platform/actions/runs/1")
        );

    private ToolRun GitLab(string script) =>
        stubs.Run(
            script,
            checkout.Path,
            ("GITOPSGEN", "0.1.0"),
            ("CI_MERGE_REQUEST_DIFF_BASE_SHA", target),
            ("CI_JOB_URL", "https://gitlab.example.com/acme/platform/-/jobs/1"),
            ("GITOPSGEN_TOKEN", "secret"),
            ("CI_API_V4_URL", "https://gitlab.example.com/api/v4"),
            ("CI_PROJECT_ID", "1"),
            ("CI_MERGE_REQUEST_IID", "2")
        );

    private ToolRun Azure(string script, GitFolder? folder = null) =>
        stubs.Run(
            script,
            (folder ?? checkout).Path,
            ("BUILD_ARTIFACTSTAGINGDIRECTORY", stubs["temp"]),
            ("SYSTEM_COLLECTIONURI", "https://dev.azure.com/acme/"),
            ("SYSTEM_TEAMPROJECTID", "p"),
            ("BUILD_REPOSITORY_ID", "r"),
            ("SYSTEM_PULLREQUEST_PULLREQUESTID", "2"),
            ("SYSTEM_ACCESSTOKEN", "secret")
        );

    /// <summary>A stand-in for curl that keeps what <c>--data @file</c> sends and answers what it is given.</summary>
    private string Answer(string json)
    {
        stubs.Write("answer", json);
        return $$"""
            for word; do case $word in @*) cat "${word#@}" >'{{stubs["sent"]}}';; esac; done
            case " $* " in *" --request "*) ;; *) cat '{{stubs["answer"]}}' ;; esac
            """;
    }

    /// <summary>Method and end of the address of every call of curl. The text is in none.</summary>
    private string[] Requests()
    {
        var calls = stubs.Calls.Where(call => call.StartsWith("curl ", StringComparison.Ordinal)).ToArray();
        Assert.All(calls, call => Assert.DoesNotContain("environment changes", call, StringComparison.Ordinal));
        return
        [
            .. calls
                .Select(call => call.Split(' '))
                .Select(words =>
                {
                    var address = words.Single(word => word.StartsWith("https://", StringComparison.Ordinal));
                    var method = Array.IndexOf(words, "--request") is var at and >= 0 ? words[at + 1] : "GET";
                    return $"{method} {address[Math.Max(address.IndexOf("/notes", StringComparison.Ordinal), address.IndexOf("/threads", StringComparison.Ordinal))..]}";
                }),
        ];
    }

    private string Sent(string key) => System.Text.Json.JsonElement.Parse(File.ReadAllText(stubs["sent"])).GetProperty(key).GetString()!;
}
