using System.Text.Json;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Review;

/// <summary><c>diff</c> in repositories of every kind, and with a base or a head that cannot be used.</summary>
public sealed class DiffRepositoryTests : IDisposable
{
    private const string Bumped = "xpkg.crossplane.io/crossplane-contrib/function-auto-ready";

    private readonly TempFolder temp = new();
    private readonly ChangedRepository repository = new();

    public void Dispose()
    {
        repository.Dispose();
        temp.Dispose();
    }

    [Fact]
    public void A_clone_without_the_base_says_what_to_fetch_and_one_with_two_commits_is_enough()
    {
        Bump();
        var one = repository.Git.Clone(temp["one"], "--depth=1");
        var two = repository.Git.Clone(temp["two"], "--depth=2");
        var first = repository.Git.Run("rev-parse", "HEAD~1");

        foreach (var revision in new[] { "HEAD^1", first })
        {
            var run = InProcess.Run(one.Path, "diff", "--base", revision).Exits(1);
            Assert.Contains("error GOG8001: ", run.Error, StringComparison.Ordinal);
            Assert.Contains("git fetch --d", run.Error, StringComparison.Ordinal);
            Assert.Equal("", run.Output);
            Assert.StartsWith(
                "<!-- gitopsgen diff root=. -->\n### GitOpsGen: This change cannot be compared\n\n- `gitopsgen: GOG8001: ",
                InProcess.Run(one.Path, "diff", "--base", revision, "--format", "markdown").Exits(1).Output,
                StringComparison.Ordinal
            );
        }

        AssertBumped(two.Path, "--base", "HEAD^1");
    }

    [Fact]
    public void A_partial_clone_fetches_what_differs_and_ends_with_3_where_its_remote_is_gone()
    {
        Bump();
        var near = repository.Git.Clone(temp["near"], "--filter=blob:none", "--no-checkout");
        var far = repository.Git.Clone(temp["far"], "--filter=blob:none", "--no-checkout");
        far.Run("remote", "set-url", "origin", new Uri(temp["nowhere"]).AbsoluteUri);

        AssertBumped(near.Path, "--base", "HEAD^1", "--head", "HEAD");
        var run = InProcess.Run(far.Path, "diff", "--base", "HEAD^1", "--head", "HEAD").Exits(3);
        Assert.Contains("error GOG8002", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_linked_work_tree_and_a_detached_head_are_read_as_any_other()
    {
        Bump();
        repository.Git.Run("worktree", "add", "--quiet", "--detach", temp["linked"]);

        AssertBumped(temp["linked"], "--base", "HEAD^1");
        repository.Git.Run("checkout", "--quiet", "--detach", "HEAD");
        AssertBumped(repository.Root, "--base", "HEAD^1");
        Assert.Equal("No change.\n", repository.Diff().Exits(0).Output);
    }

    [Fact]
    public void A_submodule_around_the_root_or_beside_it_does_not_matter()
    {
        Bump();
        var outer = GitFolder.Init(temp["outer"]).Write("x", "x");
        outer.Run("submodule", "add", "--quiet", new Uri(repository.Git.Path).AbsoluteUri, "control planes");
        outer.Commit();
        AssertBumped(Path.Combine(outer.Path, "control planes"), "--base", "HEAD^1");

        repository.Git.Run("submodule", "add", "--quiet", new Uri(outer.Path).AbsoluteUri, "beside");
        repository.Git.Commit("A submodule");
        AssertBumped(repository.Root, "--base", "HEAD~2");
    }

    [Fact]
    public void What_Git_does_to_a_work_tree_is_no_change()
    {
        repository.Write("templates/overlays/{environment}/packages/extras/notes.txt.scriban", "one\n{{ environment.name }}\n");
        repository.Render();
        repository.Git.Commit("A template");
        repository.Git.Run("config", "core.autocrlf", "true");
        repository.Git.Run("sparse-checkout", "set", "--no-cone", "/*", "!/manifests/");
        foreach (var path in new[] { WorkFolder.Lockfile, WorkFolder.Settings, "templates" })
        {
            repository.Git.Run("rm", "--quiet", "-r", "--cached", path);
        }

        repository.Git.Run("reset", "--quiet", "--hard");
        Directory.Delete(Path.Combine(repository.Root, "templates"), recursive: true);
        File.Delete(Path.Combine(repository.Root, WorkFolder.Lockfile));
        repository.Git.Run("checkout", "--", ".");
        Assert.Contains("\r\n", File.ReadAllText(Path.Combine(repository.Root, WorkFolder.Lockfile)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(repository.Root, "manifests")));

        Assert.Equal("No change.\n", repository.Diff().Exits(0).Output);
        Assert.Equal("No change.\n", repository.Diff("--head", "HEAD").Exits(0).Output);
    }

    [Theory]
    [InlineData("infra/with space/ümlaut", "sha1")]
    [InlineData(null, "sha256")]
    public void Any_place_and_any_names_of_objects_will_do(string? below, string format)
    {
        using var other = new ChangedRepository(below, $"--object-format={format}");
        other.Move("v0.5.0", "v0.6.0");
        var before = other.Git.Snapshot();

        AssertBumped(other.Root);
        Assert.Equal(before, other.Git.Snapshot());
        other.Git.Commit("Bump");
        AssertBumped(other.Root, "--base", "HEAD^1", "--head", "HEAD");
    }

    [Fact]
    public void Without_a_commit_or_a_repository_it_says_so()
    {
        Directory.CreateDirectory(temp["plain"]);
        Assert.Contains("error GOG1202", InProcess.Run(temp["plain"], "diff").Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains(
            "nothing to compare with",
            InProcess.Run(GitFolder.Init(temp["empty"]).Path, "diff").Exits(1).Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("HEAD:packages.lock.yaml")]
    [InlineData("HEAD^{tree}")]
    public void What_is_no_commit_is_refused_as_base_and_as_head(string revision)
    {
        foreach (var side in new[] { "--base", "--head" })
        {
            var run = repository.Diff(side, revision).Exits(1);
            Assert.Contains("error GOG1203", run.Error, StringComparison.Ordinal);
            Assert.Equal("", run.Output);
        }
    }

    [Fact]
    public void A_git_that_is_too_old_is_refused_with_its_version()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the program is a script for a shell");
        var real = Gitopsgen.Shell(temp.Path, "command -v git").Output.Trim();
        // What does not know --show-object-format repeats it.
        temp.Write(
            "git",
            $"""
            #!/bin/sh
            case "$*" in
              *" version") echo "git version 2.24.4" ;;
              *--show-object-format) {real} rev-parse --show-toplevel --show-prefix --absolute-git-dir && echo --show-object-format ;;
              *) exec {real} "$@" ;;
            esac

            """
        );
        var command = $"chmod +x '{temp["git"]}'; PATH='{temp.Path}':$PATH";

        foreach (var arguments in new[] { new[] { "diff" }, ["check", "--staged"] })
        {
            var run = Gitopsgen.Shell(repository.Root, $"{command} {Gitopsgen.Built.ShellWords(arguments)}").Exits(1);
            Assert.Contains("error GOG1201: This git is too old: git version 2.24.4.", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_hook_can_ask_what_the_commit_changes_also_in_a_linked_work_tree()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the hook is a script for a shell");
        var hook = Path.Combine(repository.Git.Path, ".git/hooks/pre-commit");
        Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
        File.WriteAllText(hook, $"#!/bin/sh\n{Gitopsgen.Built.ShellWords("diff")} > '{temp["said"]}' 2>&1\n");
        Gitopsgen.Shell(temp.Path, $"chmod +x '{hook}'").Exits(0);
        repository.Git.Run("worktree", "add", "--quiet", "-b", "other", temp["linked"]);

        foreach (
            var (root, commit) in new (string, string[])[]
            {
                (repository.Root, ["-a"]),
                (repository.Root, [WorkFolder.Lockfile]),
                (temp["linked"], ["-a"]),
            }
        )
        {
            var lockfile = Path.Combine(root, WorkFolder.Lockfile);
            File.WriteAllText(lockfile, File.ReadAllText(lockfile).Replace("v0.5.0", "v0.6.0", StringComparison.Ordinal));
            GitFolder.At(root).Run(["commit", "--quiet", "-m", "Bump", .. commit]);
            Assert.Matches(@"function-auto-ready +v0\.5\.0 +v0\.6\.0 +breaking", File.ReadAllText(temp["said"]));
            File.WriteAllText(lockfile, File.ReadAllText(lockfile).Replace("v0.6.0", "v0.5.0", StringComparison.Ordinal));
            GitFolder.At(root).Run("commit", "--quiet", "--no-verify", "-a", "-m", "Back");
        }
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    [InlineData("a link", "GOG1206")]
    public void A_base_that_cannot_be_used_leaves_objects_and_access(string what, string code)
    {
        Break(what);
        repository.Git.Commit("Broken");
        repository.Git.Run("checkout", "--quiet", "HEAD~1", "--", ".");
        repository.Git.Run("clean", "--quiet", "--force", "-d");
        repository.Git.Run("rm", "--quiet", "-r", "-f", "--ignore-unmatch", "templates");
        repository.Move("v0.5.0", "v0.6.0");

        var diff = repository.Diff("--format", "json").Exits(0).Json.GetProperty("diff");

        Assert.Contains($": {code}: ", diff.GetProperty("summary").GetProperty("baseProblem").GetString(), StringComparison.Ordinal);
        Assert.Empty(diff.GetProperty("packages").EnumerateArray());
        Assert.Contains(
            diff.GetProperty("objects").EnumerateArray().Concat(diff.GetProperty("drift").EnumerateArray()),
            change => change.GetProperty("name").GetString() == "crossplane-contrib-function-auto-ready"
        );
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void A_head_that_cannot_be_used_is_no_half_report(string what, string code)
    {
        Break(what);

        var run = repository.Diff("--format", "markdown", "--report", $"html={temp["diff.html"]}").Exits(1);

        Assert.Contains($"error {code}: ", run.Error, StringComparison.Ordinal);
        Assert.StartsWith(
            "<!-- gitopsgen diff root=. -->\n### GitOpsGen: This change cannot be compared\n\n- ",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.InRange(run.Output.Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal)), 1, 20);
        Assert.Contains(code, File.ReadAllText(temp["diff.html"]), StringComparison.Ordinal);
        Assert.DoesNotContain("Before the merge", run.Output + File.ReadAllText(temp["diff.html"]), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Unreadable =>
        new()
        {
            { "a later version of the format", "GOG1013" },
            { "conflict markers", "GOG1003" },
            { "20 MiB", "GOG1005" },
            { "a template that loops", "GOG4003" },
        };

    [Theory]
    [InlineData("not JSON")]
    [InlineData("""{"Version": "2012-10-17", "Statement": {"Effect": "Perhaps"}}""")]
    public void A_committed_document_that_is_not_a_policy_counts_as_wider(string content)
    {
        repository.Write("manifests/iam/prod-b/node-policy.json", content);
        repository.Git.Commit("By hand");

        var run = repository.Diff("--format", "json", "--fail-on", "access-widened").Exits(1);
        var unread = Assert.Single(run.Json.GetProperty("diff").GetProperty("access").GetProperty("notEvaluated").EnumerateArray());

        Assert.Equal(
            ("iam/prod-b/node-policy.json", "the one at base cannot be read"),
            (unread.GetProperty("document").GetString(), unread.GetProperty("reason").GetString())
        );
        Assert.Contains("cannot be read", repository.Diff("--format", "markdown").Exits(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("100644", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")]
    [InlineData("120000", "../prod-b/README.md")]
    [InlineData("100644", "\0")]
    public void A_file_of_the_output_that_base_does_not_have_as_such_is_drift_and_nothing_fails(string mode, string content)
    {
        const string Document = "iam/prod-a/node-policy.json";
        File.WriteAllText(temp["content"], content);
        var blob = repository.Git.Run("hash-object", "-w", "--no-filters", temp["content"]);
        repository.Git.Feed($"{mode} {blob} 0\tmanifests/{Document}\n", "update-index", "--index-info");
        repository.Git.Run("commit", "--quiet", "-m", "By hand");
        repository.Move("v0.5.0", "v0.6.0");

        var diff = repository.Diff("--format", "json").Exits(0).Json.GetProperty("diff");

        Assert.Equal("changed", Files(diff)[Document]);
        var unread = Assert.Single(diff.GetProperty("access").GetProperty("notEvaluated").EnumerateArray());
        Assert.Equal(
            (Document, "the one at base cannot be read"),
            (unread.GetProperty("document").GetString(), unread.GetProperty("reason").GetString())
        );
        Assert.All(
            diff.GetProperty("access").GetProperty("gained").EnumerateArray(),
            gained => Assert.True(gained.GetProperty("drift").GetBoolean())
        );
        Assert.Single(diff.GetProperty("packages").EnumerateArray());
        repository.Diff("--fail-on", "access-widened").Exits(1);
    }

    [Fact]
    public void A_folder_of_the_output_that_is_a_submodule_or_a_link_at_base_holds_nothing_there()
    {
        var before = repository.Git.Run("rev-parse", "HEAD");
        File.WriteAllText(temp["content"], "prod-a");
        var link = repository.Git.Run("hash-object", "-w", temp["content"]);
        foreach (var entry in (string[])[$"160000 {before}", $"120000 {link}"])
        {
            repository.Git.Run("reset", "--quiet", before);
            repository.Git.Run("rm", "--quiet", "-r", "--cached", "manifests/overlays/dev");
            repository.Git.Feed($"{entry} 0\tmanifests/overlays/dev\n", "update-index", "--index-info");
            repository.Git.Run("commit", "--quiet", "-m", "By hand");

            var files = Files(repository.Diff("--format", "json").Exits(0).Json.GetProperty("diff"));

            Assert.Equal("added", files["overlays/dev/kustomization.yaml"]);
            Assert.All(files, file => Assert.StartsWith("overlays/dev/", file.Key, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_damaged_ledger_and_a_file_that_nobody_listed_at_base_hide_no_change()
    {
        const string Listed = "overlays/dev/packages/kustomization.yaml";
        repository.Edit("manifests/overlays/dev/.gitopsgen", $"  {Listed}\n", "\n");
        repository.Edit($"manifests/{Listed}", "kind: Kustomization", "kind: Other");
        repository.Git.Commit("By hand");

        var files = Files(repository.Diff("--format", "json").Exits(0).Json.GetProperty("diff"));

        Assert.Equal([("overlays/dev/.gitopsgen", "changed"), (Listed, "changed")], files.Select(file => (file.Key, file.Value)));
    }

    [Fact]
    public void Two_reports_at_one_path_and_one_over_an_input_are_refused()
    {
        repository.Diff("--report", $"json={temp["x"]}", "--report", $"markdown={temp["x"]}").Exits(64);
        var before = File.ReadAllText(Path.Combine(repository.Root, WorkFolder.Lockfile));

        repository.Diff("--report", $"json={Path.Combine(repository.Root, WorkFolder.Lockfile)}").Exits(1);

        Assert.Equal(before, File.ReadAllText(Path.Combine(repository.Root, WorkFolder.Lockfile)));
        Assert.False(File.Exists(temp["x"]));
    }

    private const string LoopingTemplate = "templates/overlays/{environment}/packages/extras/loop.yaml.scriban";

    private void Break(string what)
    {
        var lockfile = Path.Combine(repository.Root, WorkFolder.Lockfile);
        switch (what)
        {
            case "a later version of the format":
                repository.Edit(WorkFolder.Lockfile, "lockfileVersion: 1", "lockfileVersion: 9");
                break;
            case "conflict markers":
                repository.Edit(WorkFolder.Lockfile, "packages:\n", "<<<<<<< HEAD\npackages:\n=======\n>>>>>>> other\n");
                break;
            case "20 MiB":
                File.AppendAllText(lockfile, $"# {new string('x', 20 * 1024 * 1024)}\n");
                break;
            case "a template that loops":
                repository.Write(LoopingTemplate, "{{ while true }}x{{ end }}\n");
                break;
            default:
                Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right that few have on Windows");
                File.Move(lockfile, lockfile + ".real");
                File.CreateSymbolicLink(lockfile, WorkFolder.Lockfile + ".real");
                break;
        }
    }

    private static Dictionary<string, string> Files(JsonElement diff) =>
        diff.GetProperty("files")
            .EnumerateArray()
            .ToDictionary(file => file.GetProperty("path").GetString()!, file => file.GetProperty("change").GetString()!);

    private void Bump()
    {
        repository.Move("v0.5.0", "v0.6.0");
        repository.Render();
        repository.Git.Commit("Bump");
    }

    private static void AssertBumped(string root, params string[] arguments)
    {
        var diff = InProcess.Run(root, ["diff", .. arguments, "--format", "json"]).Exits(0).Json.GetProperty("diff");
        var package = Assert.Single(diff.GetProperty("packages").EnumerateArray());
        Assert.Equal((Bumped, "v0.6.0"), (package.GetProperty("package").GetString(), package.GetProperty("to").GetString()));
        Assert.Contains("crossplane-contrib-function-auto-ready", diff.GetProperty("objects").GetRawText(), StringComparison.Ordinal);
    }
}
