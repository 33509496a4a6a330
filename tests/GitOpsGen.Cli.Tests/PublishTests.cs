using System.Diagnostics;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary><c>publish</c>, into real repositories on the disk.</summary>
public sealed class PublishTests : IDisposable
{
    private const string Secret = "s3cr3t-t0ken";

    private readonly TempFolder temp = new();
    private readonly GitFolder source;
    private readonly GitFolder target;

    static PublishTests()
    {
        foreach (var (name, value) in GitFolder.Environment.Where(pair => pair.Key.Contains("_NAME") || pair.Key.Contains("_EMAIL")))
            Environment.SetEnvironmentVariable(name, value);
    }

    public PublishTests()
    {
        source = GitFolder.Init(temp["source"]);
        InProcess.Run(source.Path, "init").Exits(0);
        source.Commit("First");
        target = GitFolder.Init(temp["target"], "--bare");
    }

    public void Dispose() => temp.Dispose();

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public void A_new_branch_is_one_commit_without_parents_that_holds_what_render_writes(string format)
    {
        var bare = GitFolder.Init(temp[format], "--bare", $"--object-format={format}");
        GitFolder.Init(temp["seed"], $"--object-format={format}").Write("README.md", "1\n").Commit();
        GitFolder.At(temp["seed"]).Run("push", "--quiet", bare.Path, "main");
        source.Run("remote", "add", "origin", $"https://me:{Secret}@git.example.com/acme/platform.git");

        var run = Publish(bare, "--branch", "rendered").Exits(0);

        Assert.Contains($"rendered of {bare.Path} is now ", run.Output, StringComparison.Ordinal);
        Assert.Equal("1", bare.Run("rev-list", "--count", "rendered"));
        InProcess.Run(source.Path, "render").Exits(0);
        var rendered = new TempFolder();
        bare.Run("--work-tree", rendered.Path, "checkout", "--quiet", "rendered", "--", ".");
        File.Delete(Path.Combine(source.Path, "manifests/.gitopsgen-lock"));
        Gitopsgen.Shell(source.Path, $"git diff --no-index --exit-code manifests '{rendered["manifests"]}'").Exits(0);
        Assert.Equal(["manifests"], Directory.EnumerateFileSystemEntries(rendered.Path).Select(Path.GetFileName));
        rendered.Dispose();
        var message = bare.Run("log", "-1", "--format=%B", "rendered").Split('\n');
        Assert.StartsWith("GitOpsGen: ", message[0], StringComparison.Ordinal);
        Assert.All(message[..^2], line => Assert.True(line.Length <= 72, line));
        Assert.Equal(
            [$"GitOpsGen-Source: https://git.example.com/acme/platform.git@{source.Run("rev-parse", "HEAD")}", "GitOpsGen-Path: manifests"],
            message[^2..]
        );
    }

    [Fact]
    public void What_changes_is_one_commit_on_top_and_what_does_not_is_none()
    {
        Publish("--branch", "main").Exits(0);
        Commit(target, "README.md", "by hand\n");
        var before = Tip();
        Assert.Contains("is up to date", Publish("--branch", "main").Exits(0).Output, StringComparison.Ordinal);
        Assert.Equal(before, Tip());

        Move("v2.2.0", "v2.2.1");
        var run = Publish("--branch", "main", "--format", "json").Exits(0);

        var result = run.Json.GetProperty("publish");
        Assert.Equal("published", result.GetProperty("state").GetString());
        Assert.Equal(Tip(), result.GetProperty("commit").GetString());
        Assert.Equal(before, target.Run("rev-parse", "main^"));
        Assert.Contains("v2.2.1", target.Run("log", "-1", "--format=%B", "main"), StringComparison.Ordinal);
        Assert.Equal("by hand", target.Run("show", "main:README.md"));
        Assert.Equal(
            run.Json.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("path").GetString()),
            target.Run("diff", "--name-only", "main^", "main").Split('\n')
        );
    }

    [Fact]
    public void Two_paths_of_a_branch_have_an_order_each()
    {
        var old = source.Run("rev-parse", "HEAD");
        Move("v2.2.0", "v2.2.1");
        Publish("--branch", "main", "--path", "one").Exits(0);
        Publish("--branch", "main", "--path", "two/deep").Exits(0);
        Commit(target, "README.md", "by hand\n");
        var tip = Tip();

        source.Run("checkout", "--quiet", old);
        var run = Publish("--branch", "main", "--path", "one").Exits(0);

        Assert.Contains("has newer output already", run.Output, StringComparison.Ordinal);
        Assert.Equal(tip, Tip());
        Assert.Equal(target.Run("rev-parse", "main:one"), target.Run("rev-parse", "main:two/deep"));
    }

    [Fact]
    public void A_commit_that_is_beside_the_published_one_or_unknown_is_refused_with_what_to_do()
    {
        var first = source.Run("rev-parse", "HEAD");
        Move("v2.2.0", "v2.2.1");
        Publish("--branch", "main").Exits(0);
        var tip = Tip();
        var shallow = source.Clone(temp["shallow"], "--depth=1");
        source.Run("checkout", "--quiet", "-b", "side", first);
        Move("v2.2.0", "v2.2.2");
        Assert.Contains("error GOG5103", Publish("--branch", "main").Exits(1).Error, StringComparison.Ordinal);
        source.Run("checkout", "--quiet", "main");
        Move("v2.2.1", "v2.2.3");

        // As a CI job has it.
        var job = source.Clone(temp["job"], "--depth=1");
        var refused = Publish(job, target, "--branch", "main").Exits(1).Error;
        Assert.Contains("error GOG5103", refused, StringComparison.Ordinal);
        Assert.Equal(tip, Tip());
        var fetch = refused[(refused.IndexOf("Run 'git ", StringComparison.Ordinal) + 9)..].Split('\'')[0];
        job.Run(fetch.Split(' '));
        Publish(job, target, "--branch", "main").Exits(0);
        Assert.Equal(tip, target.Run("rev-parse", "main^"));
        Assert.Contains("GOG5103", Publish(shallow, target, "--branch", "main").Exits(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Foreign_files_are_never_touched_and_edited_ones_only_if_that_is_asked_for()
    {
        Publish("--branch", "main").Exits(0);
        Commit(target, "manifests/overlays/dev/mine.txt", "mine\n");
        Commit(target, "manifests/overlays/dev/kustomization.yaml", "# edited\n");
        Move("v2.2.0", "v2.2.1");
        var tip = Tip();

        Assert.Contains("manifests/overlays/dev/kustomization.yaml(1,1): error GOG5001", Publish("--branch", "main").Exits(1).Error);
        Assert.Equal(tip, Tip());
        Publish("--branch", "main", "--replace-edited").Exits(0);
        Assert.Equal("mine", target.Run("show", "main:manifests/overlays/dev/mine.txt"));
        Assert.DoesNotContain("# edited", target.Run("show", "main:manifests/overlays/dev/kustomization.yaml"), StringComparison.Ordinal);

        Commit(target, "other/overlays/dev/kustomization.yaml", "foreign\n");
        Assert.Contains("error GOG5002", Publish("--branch", "main", "--path", "other").Exits(1).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update")]
    [InlineData("pre-receive")]
    public void A_protected_branch_is_told_with_the_words_of_its_hook(string hook)
    {
        Publish("--branch", "main").Exits(0);
        Script(Path.Combine(target.Path, "hooks", hook), $"echo 'not on Fridays https://me:{Secret}@git.example.com/x' >&2; exit 1");
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
                    source.Path,
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
        source.Write("templates/overlays/{environment}/notes.txt.scriban", "{{ environment.name }}\n");

        Assert.Contains("error GOG5101: The work tree differs from its commit: templates/.", Publish("--branch", "main").Exits(1).Error);
        Publish("--branch", "main", "--allow-dirty").Exits(0);

        Assert.Contains($"@{source.Run("rev-parse", "HEAD")}-dirty", target.Run("log", "-1", "--format=%B", "main"), StringComparison.Ordinal);
        Assert.Equal("dev", target.Run("show", "main:manifests/overlays/dev/notes.txt"));
        source.Commit();
        Publish("--branch", "main").Exits(0);
        Assert.Equal("1", target.Run("rev-list", "--count", "main"));
    }

    [Fact]
    public void A_repository_without_a_commit_has_nothing_to_publish()
    {
        var empty = GitFolder.Init(temp["empty"]);
        InProcess.Run(empty.Path, "init").Exits(0);
        Assert.Contains("error GOG1203", Publish(empty, target, "--branch", "main").Exits(1).Error, StringComparison.Ordinal);
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
            InProcess.Run(source.Path, "publish", $"https://me:{Secret}@git.example.com/x").Exits(64).Error,
            StringComparison.Ordinal
        );

    /// <summary>A publish that is killed leaves the folder behind.</summary>
    [Fact]
    public void The_temporary_repository_does_not_hold_the_password_of_the_address()
    {
        var address = $"https://me:{Secret}@git.example.com/x.git";
        var config = temp.Write("gitconfig", $"[url \"{target.Path}\"]\n  insteadOf = {address}\n");
        var real = Gitopsgen.Shell(temp.Path, "command -v git").Output.Trim();
        Script(temp["bin/git"], $"""case "$*" in *push*) cp -r . '{temp["kept"]}';; esac; exec '{real}' "$@" """);
        var words = Gitopsgen.Built.ShellWords("publish", "--repository", address, "--branch", "main");

        Gitopsgen.Shell(source.Path, $"export GIT_CONFIG_GLOBAL='{config}' PATH='{temp["bin"]}':\"$PATH\"; {words}").Exits(0);

        var left = Directory.GetFiles(temp["kept"], "*", SearchOption.AllDirectories);
        Assert.Contains(temp["kept/.git/config"], left);
        Assert.All(left, file => Assert.DoesNotContain(Secret, File.ReadAllText(file), StringComparison.Ordinal));
        Assert.Equal(source.Run("rev-parse", "HEAD"), SourceOf(Tip()));
    }

    [Fact]
    public void A_dry_run_changes_nothing_and_shows_the_message()
    {
        Publish("--branch", "main").Exits(0);
        Move("v2.2.0", "v2.2.1");
        var before = target.Snapshot();

        var run = Publish("--branch", "main", "--dry-run").Exits(0);

        Assert.Contains("\nGitOpsGen: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("GitOpsGen-Path: manifests\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, target.Snapshot());
    }

    /// <summary>Line ends of the caller's configuration and of the branch's own attributes are about work trees, and there is none.</summary>
    [Fact]
    public void Line_ends_stay_as_they_are_and_variables_of_another_repository_do_not_matter()
    {
        Commit(target, ".gitattributes", "* text eol=crlf\n");
        var config = temp.Write("gitconfig", "[core]\n  autocrlf = true\n[user]\n  name = A\n  email = a@example.com\n");
        var words = Gitopsgen.Built.ShellWords("publish", "--repository", target.Path, "--branch", "main", "-C", source.Path);
        Gitopsgen
            .Shell(
                temp.Path,
                $"export GIT_CONFIG_GLOBAL='{config}' GIT_DIR='{source.Path}/.git' GIT_WORK_TREE='{source.Path}' GIT_INDEX_FILE='{source.Path}/.git/index'; {words}"
            )
            .Exits(0);

        Assert.DoesNotContain('\r', target.Run("show", "main:manifests/overlays/dev/kustomization.yaml"));
        Publish("--branch", "main").Exits(0);
        Assert.Equal("2", target.Run("rev-list", "--count", "main"));
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
        var old = source.Clone(temp["old"]);
        for (var (round, version) = (0, 0); round < rounds; round++)
        {
            Move($"v2.2.{version}", $"v2.2.{++version}");
            old.Run("pull", "--quiet", source.Path, "main");
            Move($"v2.2.{version}", $"v2.2.{++version}");
            old.Run("fetch", "--quiet", source.Path, "main");
            var both = new Finished[2];

            Parallel.Invoke(() => both[0] = Publish(old, target, "--branch", "main"), () => both[1] = Publish("--branch", "main"));

            both[0].Exits(0);
            both[1].Exits(0);
            Assert.Equal(source.Run("rev-parse", "HEAD"), SourceOf(Tip()));
            Assert.Contains("is up to date", Publish("--branch", "main").Exits(0).Output, StringComparison.Ordinal);
        }

        Assert.Equal("", target.Run("rev-list", "--merges", "main"));
    }

    [Fact]
    public void A_branch_that_moves_each_time_is_given_up()
    {
        LongProof.Require();
        Publish("--branch", "main").Exits(0);
        Script(
            Path.Combine(target.Path, "hooks/pre-receive"),
            "unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES; git update-ref refs/heads/main $(git commit-tree -p main -m again 'main^{tree}'); exit 1"
        );
        Move("v2.2.0", "v2.2.1");

        Assert.Contains("error GOG5106", Publish("--branch", "main").Exits(3).Error, StringComparison.Ordinal);
        Assert.Equal("6", target.Run("rev-list", "--count", "main"));
    }

    [Fact]
    public void Without_an_identity_git_makes_no_commit_and_says_what_it_needs()
    {
        var config = temp.Write("gitconfig", "[user]\n  useConfigOnly = true\n");
        var words = Gitopsgen.Built.ShellWords("publish", "--repository", target.Path, "--branch", "main", "-C", source.Path);
        var run = Gitopsgen.Shell(
            temp.Path,
            $"unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL; GIT_CONFIG_GLOBAL='{config}' {words}"
        );

        Assert.Contains("error GOG5104", run.Exits(1).Error, StringComparison.Ordinal);
        Assert.Equal("", target.Run("for-each-ref"));
    }

    /// <summary>A git that is killed, and kills who called it, before what it is asked for or after: so every step is met.</summary>
    [Theory]
    [InlineData("KILL")]
    [InlineData("TERM")]
    public void Killed_at_any_step_the_branch_has_the_old_commit_or_the_new_one(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        Publish("--branch", "main").Exits(0);
        var old = Tip();
        Move("v2.2.0", "v2.2.1");
        var real = Gitopsgen.Shell(temp.Path, "command -v git").Output.Trim();
        // Two may be called at one time: each takes the first number that is free. Who is told to end needs a moment for it. Who is killed
        // leaves nothing behind that would push while the next one runs.
        var kill = signal == "TERM" ? "kill -TERM $PPID && sleep 0.3" : "kill -KILL $PPID && exit 1";
        Script(
            temp["bin/git"],
            $$"""
            n=1; set -C
            until { true > "$COUNT/$n"; } 2> /dev/null; do n=$((n + 1)); done
            set +C
            [ $n = "$BEFORE" ] && {{kill}}
            '{{real}}' "$@"; code=$?
            [ $n = "$AFTER" ] && {{kill}}
            exit $code
            """
        );
        var words = Gitopsgen.Built.ShellWords("publish", "--repository", target.Path, "--branch", "main", "--quiet");
        Directory.CreateDirectory(temp["tmp"]);
        var runs = 0;
        var steps = Run("", "").Steps;
        Assert.InRange(steps, 10, 60);
        target.Run("update-ref", "refs/heads/main", old);
        var (olds, news) = (0, 0);
        var sample = LongProof.Of(Enumerable.Range(1, steps));
        foreach (var step in Gitopsgen.IsNative ? sample : LongProof.Of(sample))
        {
            // Between two steps nothing is kept, so that after one is before the next; but for the last ones, where the branch has moved.
            foreach (var isBefore in (bool[])(step > steps - 3 ? [true, false] : [signal == "KILL"]))
            {
                var run = Run(isBefore ? $"{step}" : "", isBefore ? "" : $"{step}");
                Assert.True(run.ExitCode is 137 or 130 || signal == "TERM", $"step {step}: {run.ExitCode}");
                if (Tip() == old)
                    olds++;
                else
                {
                    news++;
                    Assert.Equal(old, target.Run("rev-parse", "main^"));
                    Assert.Equal(source.Run("rev-parse", "HEAD"), SourceOf(Tip()));
                    target.Run("update-ref", "refs/heads/main", old);
                }

                if (signal == "TERM")
                    Assert.Empty(Directory.EnumerateFileSystemEntries(temp["tmp"], "gitopsgen-publish-*"));
            }
        }

        Assert.True(olds > 0 && (news > 0 || !LongProof.IsWhole), $"{olds} old, {news} new");

        (int ExitCode, int Steps) Run(string before, string after)
        {
            var count = Directory.CreateDirectory(temp[$"counts/{++runs}"]).FullName;
            var run = Gitopsgen.Shell(
                source.Path,
                $"export TMPDIR='{temp["tmp"]}' COUNT='{count}' BEFORE='{before}' AFTER='{after}' PATH='{temp["bin"]}':\"$PATH\"; {words}"
            );
            return (run.ExitCode, Directory.GetFiles(count).Length);
        }
    }

    private string Tip() => target.Run("rev-parse", "main");

    private string SourceOf(string commit) =>
        target.Run("log", "-1", "--format=%(trailers:key=GitOpsGen-Source,valueonly)", commit).Trim().Split('@')[^1];

    private Finished Publish(params string[] options) => Publish(source, target, options);

    private Finished Publish(GitFolder to, params string[] options) => Publish(source, to, options);

    private static Finished Publish(GitFolder from, GitFolder to, params string[] options) =>
        InProcess.Run(from.Path, ["publish", "--repository", to.Path, .. options]);

    private void Move(string old, string with)
    {
        var lockfile = Path.Combine(source.Path, WorkFolder.Lockfile);
        File.WriteAllText(lockfile, File.ReadAllText(lockfile).Replace(old, with, StringComparison.Ordinal));
        source.Commit($"{old} to {with}");
    }

    // As a person would: in a clone.
    private void Commit(GitFolder bare, string path, string content)
    {
        var clone = GitFolder.Init(temp[Path.GetRandomFileName()]);
        if (bare.Try("rev-parse", "--verify", "--quiet", "main").ExitCode == 0)
            clone.Run("pull", "--quiet", bare.Path, "main");
        clone.Write(path, content).Commit("By hand");
        clone.Run("push", "--quiet", bare.Path, "main");
    }

    private static void Script(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        Process.Start("chmod", ["+x", path]).WaitForExit();
    }
}
