using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary><c>publish</c>, into real repositories on the disk.</summary>
public sealed class PublishTests : PublishingTests
{
    private const string Secret = "s3cr3t-t0ken";

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public void A_new_branch_is_one_commit_without_parents_that_holds_what_render_writes(string format)
    {
        var bare = GitFolder.Init(Temp[format], "--bare", $"--object-format={format}");
        GitFolder.Init(Temp["seed"], $"--object-format={format}").Write("README.md", "1\n").Commit();
        GitFolder.At(Temp["seed"]).Run("push", "--quiet", bare.Path, "main");
        Source.Run("remote", "add", "origin", $"https://me:{Secret}@git.example.com/acme/platform.git");

        var run = Publish(bare, "--branch", "rendered").Exits(0);

        Assert.Contains($"rendered of {bare.Path} is now ", run.Output, StringComparison.Ordinal);
        Assert.Equal("1", bare.Run("rev-list", "--count", "rendered"));
        InProcess.Run(Source.Path, "render").Exits(0);
        var rendered = new TempFolder();
        bare.Run("--work-tree", rendered.Path, "checkout", "--quiet", "rendered", "--", ".");
        File.Delete(Path.Combine(Source.Path, "manifests/.gitopsgen-lock"));
        Gitopsgen.Shell(Source.Path, $"git diff --no-index --exit-code manifests '{rendered["manifests"]}'").Exits(0);
        Assert.Equal(["manifests"], Directory.EnumerateFileSystemEntries(rendered.Path).Select(Path.GetFileName));
        rendered.Dispose();
        var message = bare.Run("log", "-1", "--format=%B", "rendered").Split('\n');
        Assert.StartsWith("GitOpsGen: ", message[0], StringComparison.Ordinal);
        Assert.All(message[..^2], line => Assert.True(line.Length <= 72, line));
        Assert.Equal(
            [$"GitOpsGen-Source: https://git.example.com/acme/platform.git@{Source.Run("rev-parse", "HEAD")}", "GitOpsGen-Path: manifests"],
            message[^2..]
        );
    }

    [Fact]
    public void What_changes_is_one_commit_on_top_and_what_does_not_is_none()
    {
        Publish("--branch", "main").Exits(0);
        Commit(Target, "README.md", "by hand\n");
        var before = Tip();
        Assert.Contains("is up to date", Publish("--branch", "main").Exits(0).Output, StringComparison.Ordinal);
        Assert.Equal(before, Tip());

        Move("v2.2.0", "v2.2.1");
        var run = Publish("--branch", "main", "--format", "json").Exits(0);

        var result = run.Json.GetProperty("publish");
        Assert.Equal("published", result.GetProperty("state").GetString());
        Assert.Equal(Tip(), result.GetProperty("commit").GetString());
        Assert.Equal(before, Target.Run("rev-parse", "main^"));
        Assert.Contains("v2.2.1", Target.Run("log", "-1", "--format=%B", "main"), StringComparison.Ordinal);
        Assert.Equal("by hand", Target.Run("show", "main:README.md"));
        Assert.Equal(
            run.Json.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("path").GetString()),
            Target.Run("diff", "--name-only", "main^", "main").Split('\n')
        );
    }

    [Fact]
    public void Two_paths_of_a_branch_have_an_order_each()
    {
        var old = Source.Run("rev-parse", "HEAD");
        Move("v2.2.0", "v2.2.1");
        Publish("--branch", "main", "--path", "one").Exits(0);
        Publish("--branch", "main", "--path", "two/deep").Exits(0);
        Commit(Target, "README.md", "by hand\n");
        var tip = Tip();

        Source.Run("checkout", "--quiet", old);
        var run = Publish("--branch", "main", "--path", "one").Exits(0);

        Assert.Contains("has newer output already", run.Output, StringComparison.Ordinal);
        Assert.Equal(tip, Tip());
        Assert.Equal(Target.Run("rev-parse", "main:one"), Target.Run("rev-parse", "main:two/deep"));
    }

    [Fact]
    public void A_root_does_not_publish_over_another_one_unless_it_is_told_to()
    {
        foreach (var root in new[] { "team@a", "team-b" })
            InProcess.Run(Directory.CreateDirectory(Path.Combine(Source.Path, root)).FullName, "init").Exits(0);
        Source.Commit("Two more roots");
        Finished From(string root, params string[] options) =>
            Publish(GitFolder.At(Path.Combine(Source.Path, root)), Target, ["--branch", "main", .. options]);

        From("team@a").Exits(0);
        var tip = Tip();
        Assert.Contains($"@{Source.Run("rev-parse", "HEAD")}:team@a\n", Target.Run("log", "-1", "--format=%B", "main"), StringComparison.Ordinal);
        Move("v2.2.0", "v2.2.1");
        foreach (var other in new[] { "team-b", "." })
            Assert.Contains(
                "GOG5107: 'manifests' of the branch has the output of another root of the repository, 'team@a'.",
                From(other).Exits(1).Error,
                StringComparison.Ordinal
            );
        Assert.Equal(tip, Tip());
        From("team@a").Exits(0);
        From("team-b", "--path", "b").Exits(0);

        From(".", "--replace-other-root").Exits(0);
        Assert.Contains("another root of the repository, its top.", From("team-b").Exits(1).Error, StringComparison.Ordinal);
        From(".").Exits(0);
    }

    [Fact]
    public void A_trailer_from_before_roots_were_named_is_that_of_the_only_root()
    {
        Source.Run("mv", "-k", ".config", WorkFolder.Lockfile, Directory.CreateDirectory(Path.Combine(Source.Path, "team")).FullName);
        Source.Commit("Below the top");
        var team = GitFolder.At(Path.Combine(Source.Path, "team"));
        Publish(team, Target, "--branch", "main").Exits(0);
        var old = Target.Run(
            "commit-tree",
            "-m",
            Target.Run("log", "-1", "--format=%B", "main").Replace(":team\n", "\n", StringComparison.Ordinal),
            "main^{tree}"
        );
        Target.Run("update-ref", "refs/heads/main", old);

        Assert.Contains("is up to date", Publish(team, Target, "--branch", "main").Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_that_is_set_back_or_far_ahead_does_not_change_the_order_of_commits()
    {
        var words = Gitopsgen.Built.ShellWords("publish", "--repository", Target.Path, "--branch", "main");
        var (version, tip) = (0, "");
        foreach (var year in (int[])[2020, 2090, 2001, 2050])
        {
            Move($"v2.2.{version}", $"v2.2.{++version}");
            Gitopsgen
                .Shell(Source.Path, $"export GIT_COMMITTER_DATE={year}-01-01T00:00:00Z; git commit --quiet --amend --no-edit && {words}")
                .Exits(0);
            Assert.NotEqual(tip, tip = Tip());
            Assert.Equal(Source.Run("rev-parse", "HEAD"), SourceOf(tip));
        }

        Source.Run("checkout", "--quiet", "HEAD^");
        Assert.Contains("has newer output already", Publish("--branch", "main").Exits(0).Output, StringComparison.Ordinal);
        Assert.Equal("4", Target.Run("rev-list", "--count", "main"));
    }

    [Fact]
    public void A_commit_that_is_beside_the_published_one_or_unknown_is_refused_with_what_to_do()
    {
        var first = Source.Run("rev-parse", "HEAD");
        Move("v2.2.0", "v2.2.1");
        Publish("--branch", "main").Exits(0);
        var tip = Tip();
        var shallow = Source.Clone(Temp["shallow"], "--depth=1");
        Source.Run("checkout", "--quiet", "-b", "side", first);
        Move("v2.2.0", "v2.2.2");
        Assert.Contains("error GOG5103", Publish("--branch", "main").Exits(1).Error, StringComparison.Ordinal);
        Source.Run("checkout", "--quiet", "main");
        Move("v2.2.1", "v2.2.3");

        // As a CI job has it.
        var job = Source.Clone(Temp["job"], "--depth=1");
        var refused = Publish(job, Target, "--branch", "main").Exits(1).Error;
        Assert.Contains("error GOG5103", refused, StringComparison.Ordinal);
        Assert.Equal(tip, Tip());
        var fetch = refused[(refused.IndexOf("Run 'git ", StringComparison.Ordinal) + 9)..].Split('\'')[0];
        job.Run(fetch.Split(' '));
        Publish(job, Target, "--branch", "main").Exits(0);
        Assert.Equal(tip, Target.Run("rev-parse", "main^"));
        Assert.Contains("GOG5103", Publish(shallow, Target, "--branch", "main").Exits(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Foreign_files_are_never_touched_and_edited_ones_only_if_that_is_asked_for()
    {
        Publish("--branch", "main").Exits(0);
        Commit(Target, "manifests/overlays/dev/mine.txt", "mine\n");
        Commit(Target, "manifests/overlays/dev/kustomization.yaml", "# edited\n");
        Move("v2.2.0", "v2.2.1");
        var tip = Tip();

        var refused = Publish("--branch", "main").Exits(1).Error;
        Assert.Contains("manifests/overlays/dev/kustomization.yaml(1,1): error GOG5001", refused, StringComparison.Ordinal);
        Assert.Contains("and publish with --replace-edited to replace the file.", refused, StringComparison.Ordinal);
        Assert.Equal(tip, Tip());
        Publish("--branch", "main", "--replace-edited").Exits(0);
        Assert.Equal("mine", Target.Run("show", "main:manifests/overlays/dev/mine.txt"));
        Assert.DoesNotContain("# edited", Target.Run("show", "main:manifests/overlays/dev/kustomization.yaml"), StringComparison.Ordinal);

        Commit(Target, "other/overlays/dev/kustomization.yaml", "foreign\n");
        var foreign = Publish("--branch", "main", "--path", "other").Exits(1).Error;
        Assert.Contains("error GOG5002", foreign, StringComparison.Ordinal);
        Assert.Contains("; --replace-edited does not touch it.", foreign, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update")]
    [InlineData("pre-receive")]
    public void A_protected_branch_is_told_with_the_words_of_its_hook(string hook)
    {
        Publish("--branch", "main").Exits(0);
        Script(Path.Combine(Target.Path, "hooks", hook), $"echo 'not on Fridays https://me:{Secret}@git.example.com/x' >&2; exit 1");
        Move("v2.2.0", "v2.2.1");
        var tip = Tip();

        var run = Publish("--branch", "main").Exits(1);

        Assert.Contains("error GOG5105", run.Error, StringComparison.Ordinal);
        Assert.Contains("not on Fridays https://git.example.com/x", run.Error, StringComparison.Ordinal);
        Assert.Equal(tip, Tip());
    }

    [Theory]
    [InlineData("http://me:{0}@127.0.0.1:1/acme/rendered.git")]
    [InlineData("http://{0}@127.0.0.1:1/acme/rendered.git")]
    [InlineData("ssh://me:{0}@127.0.0.1:1/acme/rendered.git")]
    [InlineData("/nowhere/rendered.git")]
    public void A_repository_that_cannot_be_reached_ends_with_3_and_no_secret_is_printed(string url)
    {
        foreach (var form in (string[])["text", "json"])
        {
            var run = InProcess
                .Run(
                    Source.Path,
                    "publish",
                    "--repository",
                    url.Replace("{0}", Secret, StringComparison.Ordinal),
                    "--branch",
                    "main",
                    "--format",
                    form,
                    "--verbose"
                )
                .Exits(3);

            Assert.Contains("GOG5102", run.Output + run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, run.Output + run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_work_tree_that_is_not_committed_is_published_only_on_demand_and_the_commit_says_so()
    {
        Source.Write("templates/overlays/{environment}/notes.txt.scriban", "{{ environment.name }}\n");

        Assert.Contains("error GOG5101: The work tree differs from its commit: templates/.", Publish("--branch", "main").Exits(1).Error);
        Publish("--branch", "main", "--allow-dirty").Exits(0);

        Assert.Contains($"@{Source.Run("rev-parse", "HEAD")}-dirty", Target.Run("log", "-1", "--format=%B", "main"), StringComparison.Ordinal);
        Assert.Equal("dev", Target.Run("show", "main:manifests/overlays/dev/notes.txt"));
        Source.Commit();
        Publish("--branch", "main").Exits(0);
        Assert.Equal("1", Target.Run("rev-list", "--count", "main"));
    }

    [Fact]
    public void A_repository_without_a_commit_has_nothing_to_publish()
    {
        var empty = GitFolder.Init(Temp["empty"]);
        InProcess.Run(empty.Path, "init").Exits(0);
        Assert.Contains("error GOG1203", Publish(empty, Target, "--branch", "main").Exits(1).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--branch=-x")]
    [InlineData("--branch=refs/heads/x")]
    [InlineData("--branch=HEAD")]
    [InlineData("--branch=a..b")]
    [InlineData("--branch=a b")]
    [InlineData("--branch=x.lock")]
    [InlineData("--branch=main --path=../x")]
    [InlineData("--branch=main --path=/x")]
    [InlineData("--branch=main --path=.")]
    [InlineData("--branch=main --path=a/.git/b")]
    [InlineData("--branch=main --env=dev")]
    [InlineData("--branch=main --source-repository=")]
    [InlineData("")]
    public void Wrong_usage_is_refused(string options) =>
        Publish(options.Replace("a b", "a\tb", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Exits(64);

    [Fact]
    public void An_address_at_the_wrong_place_is_printed_without_its_password() =>
        Assert.DoesNotContain(
            Secret,
            InProcess.Run(Source.Path, "publish", $"https://me:{Secret}@git.example.com/x").Exits(64).Error,
            StringComparison.Ordinal
        );

    /// <summary>A publish that is killed leaves the folder behind.</summary>
    [Fact]
    public void The_temporary_repository_does_not_hold_the_password_of_the_address()
    {
        var address = $"https://me:{Secret}@git.example.com/x.git";
        var config = Temp.Write("gitconfig", $"[url \"{Target.Path}\"]\n  insteadOf = {address}\n");
        var real = Gitopsgen.Shell(Temp.Path, "command -v git").Output.Trim();
        Script(Temp["bin/git"], $"""case "$*" in *push*) cp -r . '{Temp["kept"]}';; esac; exec '{real}' "$@" """);
        var words = Gitopsgen.Built.ShellWords("publish", "--repository", address, "--branch", "main");

        Gitopsgen.Shell(Source.Path, $"export GIT_CONFIG_GLOBAL='{config}' PATH='{Temp["bin"]}':\"$PATH\"; {words}").Exits(0);

        var left = Directory.GetFiles(Temp["kept"], "*", SearchOption.AllDirectories);
        Assert.Contains(Temp["kept/.git/config"], left);
        Assert.All(left, file => Assert.DoesNotContain(Secret, File.ReadAllText(file), StringComparison.Ordinal));
        Assert.Equal(Source.Run("rev-parse", "HEAD"), SourceOf(Tip()));
    }

    [Fact]
    public void A_dry_run_changes_nothing_and_shows_the_message()
    {
        Publish("--branch", "main").Exits(0);
        Move("v2.2.0", "v2.2.1");
        var before = Target.Snapshot();

        var run = Publish("--branch", "main", "--dry-run").Exits(0);

        Assert.Contains("\nGitOpsGen: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("GitOpsGen-Path: manifests\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, Target.Snapshot());
    }

    /// <summary>Line ends of the caller's configuration and of the branch's own attributes are about work trees, and there is none.</summary>
    [Fact]
    public void Line_ends_stay_as_they_are_and_variables_of_another_repository_do_not_matter()
    {
        Commit(Target, ".gitattributes", "* text eol=crlf\n");
        var config = Temp.Write("gitconfig", "[core]\n  autocrlf = true\n[user]\n  name = A\n  email = a@example.com\n");
        var words = Gitopsgen.Built.ShellWords("publish", "--repository", Target.Path, "--branch", "main", "-C", Source.Path);
        Gitopsgen
            .Shell(
                Temp.Path,
                $"export GIT_CONFIG_GLOBAL='{config}' GIT_DIR='{Source.Path}/.git' GIT_WORK_TREE='{Source.Path}' GIT_INDEX_FILE='{Source.Path}/.git/index'; {words}"
            )
            .Exits(0);

        Assert.DoesNotContain('\r', Target.Run("show", "main:manifests/overlays/dev/kustomization.yaml"));
        Publish("--branch", "main").Exits(0);
        Assert.Equal("2", Target.Run("rev-list", "--count", "main"));
    }

    [Fact]
    public async Task Two_who_publish_at_once_leave_the_newer_output_and_a_straight_history()
    {
        // They wait for each other most of the time.
        var pairs = Enumerable.Range(0, LongProof.Count(3, 1)).Select(_ => Task.Factory.StartNew(Race, TaskCreationOptions.LongRunning));
        await Task.WhenAll(pairs);

        static void Race()
        {
            using var pair = new PublishTests();
            pair.Race(LongProof.Count(6, 3));
        }
    }

    private void Race(int rounds)
    {
        Publish("--branch", "main").Exits(0);
        var old = Source.Clone(Temp["old"]);
        for (var (round, version) = (0, 0); round < rounds; round++)
        {
            Move($"v2.2.{version}", $"v2.2.{++version}");
            old.Run("pull", "--quiet", Source.Path, "main");
            Move($"v2.2.{version}", $"v2.2.{++version}");
            old.Run("fetch", "--quiet", Source.Path, "main");
            var both = new Finished[2];

            Parallel.Invoke(() => both[0] = Publish(old, Target, "--branch", "main"), () => both[1] = Publish("--branch", "main"));

            both[0].Exits(0);
            both[1].Exits(0);
            Assert.Equal(Source.Run("rev-parse", "HEAD"), SourceOf(Tip()));
            Assert.Contains("is up to date", Publish("--branch", "main").Exits(0).Output, StringComparison.Ordinal);
        }

        Assert.Equal("", Target.Run("rev-list", "--merges", "main"));
    }

    [Fact]
    public void A_branch_that_moves_each_time_is_given_up()
    {
        LongProof.Require();
        Publish("--branch", "main").Exits(0);
        Script(
            Path.Combine(Target.Path, "hooks/pre-receive"),
            "unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES; git update-ref refs/heads/main $(git commit-tree -p main -m again 'main^{tree}'); exit 1"
        );
        Move("v2.2.0", "v2.2.1");

        Assert.Contains("error GOG5106", Publish("--branch", "main").Exits(3).Error, StringComparison.Ordinal);
        Assert.Equal("6", Target.Run("rev-list", "--count", "main"));
    }

    [Fact]
    public void Without_an_identity_git_makes_no_commit_and_says_what_it_needs()
    {
        var config = Temp.Write("gitconfig", "[user]\n  useConfigOnly = true\n");
        var words = Gitopsgen.Built.ShellWords("publish", "--repository", Target.Path, "--branch", "main", "-C", Source.Path);
        var run = Gitopsgen.Shell(
            Temp.Path,
            $"unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL; GIT_CONFIG_GLOBAL='{config}' {words}"
        );

        Assert.Contains("error GOG5104", run.Exits(1).Error, StringComparison.Ordinal);
        Assert.Equal("", Target.Run("for-each-ref"));
    }
}
