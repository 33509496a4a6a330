using System.Diagnostics;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary><c>check --staged</c>: what the next commit will hold, asked in real repositories.</summary>
public sealed class StagedTests : IDisposable
{
    private const string Template = "templates/overlays/{environment}/notes.txt.scriban";
    private readonly WorkFolder folder = new();
    private readonly GitFolder git;

    public StagedTests()
    {
        git = GitFolder.Init(folder.Path);
        InProcess.Run(folder.Path, "init").Exits(0);
        InProcess.Run(folder.Path, "render").Exits(0);
        git.Commit();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_commit_that_would_lack_new_files_is_found_though_the_disk_has_them()
    {
        folder.Write(Template, "{{ environment.name }}\n");
        Render();
        git.Run("add", "templates");
        // As 'git commit -a' does: what is tracked already, and nothing new.
        git.Run("add", "--update");
        var before = git.Snapshot();

        InProcess.Run(folder.Path, "check").Exits(0);
        var run = Staged().Exits(2);

        Assert.Contains(
            $"manifests/overlays/dev/notes.txt(1,1): error GOG5010: This file is rendered, but not added to the index. Run '{Add("manifests")}'.",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Contains($"run '{Add("manifests")}'.", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, git.Snapshot());
        git.Run("add", "manifests");
        Staged().Exits(0);
    }

    /// <summary>The commands are for the folder where the program was started, as a hook is at the top of the work tree.</summary>
    [Theory]
    [InlineData(".", "-C 'our team'", " -C \"our team\"")]
    [InlineData("our team", "", "")]
    [InlineData("our team/manifests", "", " -C ..")]
    public void The_command_that_is_told_works_where_it_is_read(string place, string option, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        using var temp = new TempFolder();
        var repository = GitFolder.Init(temp["repository"]);
        var root = Directory.CreateDirectory(Path.Combine(repository.Path, "our team")).FullName;
        InProcess.Run(root, "init").Exits(0);
        InProcess.Run(root, "render").Exits(0);
        repository.Commit();
        Change(root, "v2.2.0", "v2.2.1");
        var here = Path.Combine(repository.Path, place);

        string Told()
        {
            var run = Gitopsgen.Shell(here, $"{Command} --quiet {option}").Exits(2);
            return run.Error[(run.Error.IndexOf("un '", StringComparison.Ordinal) + 4)..].Split("'.")[0];
        }

        repository.Run("add", "--all");
        Assert.Equal($"gitopsgen render{expected} && git{expected} add manifests", Told());
        InProcess.Run(root, "render").Exits(0);
        var add = Told();
        Assert.Equal($"git{expected} add manifests", add);
        Gitopsgen.Shell(here, add).Exits(0);
        InProcess.Run(root, "check", "--staged").Exits(0);
    }

    [Fact]
    public void A_repository_that_a_variable_names_and_that_is_not_there_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        var words = Gitopsgen.Built.ShellWords("check", "--staged", "-C", folder.Path);

        var run = Gitopsgen.Shell(folder.Path, $"GIT_DIR='{folder["nowhere"]}' {words}").Exits(1);

        Assert.StartsWith($"gitopsgen: error GOG1202: GIT_DIR names '{folder["nowhere"]}'", run.Error, StringComparison.Ordinal);
    }

    /// <summary>Git tells a hook the index of a partial commit.</summary>
    [Fact]
    public void The_index_that_a_hook_is_told_counts_where_a_link_leads_to_the_repository()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        using var elsewhere = new TempFolder();
        Directory.CreateSymbolicLink(elsewhere["link"], folder.Path);
        folder.Edit(WorkFolder.Lockfile, "v2.2.0", "v2.2.1");
        git.Run("add", WorkFolder.Lockfile);
        File.Copy(folder[".git/index"], folder[".git/next-index"]);
        git.Run("reset", "--quiet", "--hard");
        Staged().Exits(0);
        var words = Gitopsgen.Built.ShellWords("check", "--staged");

        var run = Gitopsgen.Shell(
            folder.Path,
            $"export GIT_DIR='{elsewhere["link/.git"]}' GIT_INDEX_FILE='{elsewhere["link/.git/next-index"]}'; {words}"
        );

        Assert.Contains("GOG5010", run.Exits(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_is_stale_on_the_disk_too_has_to_be_rendered()
    {
        folder.Edit(WorkFolder.Lockfile, "v2.2.0", "v2.2.1");
        git.Run("add", "--all");

        var run = Staged().Exits(2);

        Assert.Contains($"Run 'gitopsgen render {At} && {Add("manifests")}'.", run.Error, StringComparison.Ordinal);
        Assert.Contains("+  package: xpkg.upbound.io/upbound/provider-aws-s3:v2.2.1", run.Output, StringComparison.Ordinal);
        Render();
        Assert.Contains($"Run '{Add("manifests")}'.", Staged().Exits(2).Error, StringComparison.Ordinal);
        git.Run("add", "manifests");
        Staged().Exits(0);
    }

    [Fact]
    public void Inputs_that_are_not_staged_with_their_output_are_named_and_the_command_repairs_it()
    {
        folder.Edit(WorkFolder.Lockfile, "v2.2.0", "v2.2.1");
        folder.Write(Template, "{{ environment.name }}\n");
        Render();
        git.Run("add", "manifests");

        var run = Staged().Exits(2);

        Assert.Contains(
            $"{WorkFolder.Lockfile}, {Template} differ between the disk and the index: run '{Add($"{WorkFolder.Lockfile} \"{Template}\"")} && gitopsgen render {At} && {Add("manifests")}'.",
            run.Error,
            StringComparison.Ordinal
        );
        git.Run("add", WorkFolder.Lockfile, Template);
        Render();
        git.Run("add", "manifests");
        Staged().Exits(0);
    }

    [Theory]
    [InlineData("manifests/overlays/dev/.gitopsgen")]
    [InlineData("manifests/overlays/dev/packages")]
    [InlineData("manifests/overlays/dev/notes.txt")]
    public void Half_of_an_output_that_is_staged_is_not_an_edit_by_hand(string staged)
    {
        folder.Edit(WorkFolder.Lockfile, "v2.2.0", "v2.2.1");
        folder.Write(Template, "{{ environment.name }}\n");
        Render();
        git.Run(["add", WorkFolder.Lockfile, "templates", .. staged.Split(' ')]);

        var run = Staged("--format", "json").Exits(2);

        Assert.Equal(["GOG5010"], run.Codes.Where(code => code != "GOG2109").Distinct());
        git.Run("add", "manifests");
        Staged().Exits(0);
    }

    [Fact]
    public void A_new_file_that_was_staged_in_an_older_form_without_its_ledger_has_to_be_added_again()
    {
        folder.Write(Template, "one\n");
        Render();
        git.Run("add", "manifests/overlays/dev/notes.txt");
        folder.Write(Template, "two\n");
        Render();
        git.Run("add", "templates");

        var run = Staged("--format", "json").Exits(2);

        Assert.Equal(["GOG5010"], run.Codes.Where(code => code != "GOG2109").Distinct());
        Assert.Contains(
            "manifests/overlays/dev/notes.txt",
            run.Json.GetProperty("changes").EnumerateArray().Select(change => change.GetProperty("path").GetString())
        );
    }

    [Fact]
    public void An_edit_by_hand_that_is_staged_is_an_error()
    {
        File.AppendAllText(folder["manifests/overlays/dev/kustomization.yaml"], "# by hand\n");
        git.Run("add", "--all");

        Assert.Contains("manifests/overlays/dev/kustomization.yaml(1,1): error GOG5001", Staged().Exits(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deleted_file_that_is_still_in_the_index_is_to_be_added_as_deleted()
    {
        folder.Write(Template, "{{ environment.name }}\n");
        Render();
        git.Commit();
        File.Delete(folder[Template]);
        Render();
        git.Run("add", "templates");

        Assert.Contains(
            "notes.txt(1,1): error GOG5010: This file is gone from the disk, but not from the index.",
            Staged().Exits(2).Error,
            StringComparison.Ordinal
        );
        git.Run("add", "manifests");
        Staged().Exits(0);
    }

    [Fact]
    public void One_environment_can_be_asked_about_and_force_cannot_be_given()
    {
        folder.Edit(WorkFolder.Lockfile, "v2.2.0", "v2.2.1");
        git.Run("add", "--all");

        Assert.Contains("manifests/overlays/dev/", Staged("--env", "dev").Exits(2).Error, StringComparison.Ordinal);
        Staged("--env", "nowhere").Exits(1);
        Staged("--force").Exits(64);
    }

    [Theory]
    [InlineData(WorkFolder.Lockfile)]
    [InlineData("manifests/overlays/dev/kustomization.yaml")]
    public void What_is_not_merged_is_an_error_at_its_path(string path)
    {
        git.Run("checkout", "--quiet", "-b", "theirs");
        folder.Write(path, "theirs\n");
        git.Commit();
        git.Run("checkout", "--quiet", "main");
        folder.Write(path, "ours\n");
        git.Commit();
        Assert.NotEqual(0, git.Try("merge", "theirs").ExitCode);

        Assert.Contains($"{path}(1,1): error GOG1204", Staged().Exits(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_only_intended_to_be_added_or_is_a_submodule_is_an_error_at_its_path()
    {
        folder.Write("manifests/overlays/dev/notes.txt", "x\n");
        git.Run("add", "-N", "manifests/overlays/dev/notes.txt");
        Assert.Contains("manifests/overlays/dev/notes.txt(1,1): error GOG1205", Staged().Exits(1).Error, StringComparison.Ordinal);
        git.Run("rm", "--cached", "--quiet", "manifests/overlays/dev/notes.txt");

        git.Feed(
            $"160000 {git.Run("rev-parse", "HEAD")} 0\tmanifests/module\n160000 {git.Run("rev-parse", "HEAD")} 0\tunrelated\n",
            "update-index",
            "--index-info"
        );
        Assert.Contains("manifests/module(1,1): error GOG1206", Staged().Exits(1).Error, StringComparison.Ordinal);
        git.Run("rm", "--cached", "--quiet", "manifests/module");
        Staged().Exits(0);

        git.Feed($"160000 {git.Run("rev-parse", "HEAD")} 0\ttemplates\n", "update-index", "--index-info");
        Assert.Contains("templates(1,1): error GOG1206", Staged().Exits(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_in_the_staged_output_or_in_its_place_is_refused_as_on_the_disk()
    {
        var target = git.Run("hash-object", "-w", WorkFolder.Lockfile);
        git.Feed($"120000 {target} 0\tmanifests/overlays/dev/kustomization.yaml\n", "update-index", "--index-info");
        Assert.Contains("manifests/overlays/dev/kustomization.yaml(1,1): error GOG5004", Staged().Exits(1).Error, StringComparison.Ordinal);

        git.Run("rm", "-r", "-f", "--cached", "--quiet", "manifests");
        git.Feed($"120000 {target} 0\tmanifests\n", "update-index", "--index-info");
        Assert.Contains("manifests(1,1): error GOG1206", Staged().Exits(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_in_LFS_is_refused()
    {
        folder.Write("manifests/overlays/dev/kustomization.yaml", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
        git.Run("add", "--all");

        Assert.Contains("manifests/overlays/dev/kustomization.yaml(1,1): error GOG1207", Staged().Exits(1).Error, StringComparison.Ordinal);
        InProcess.Run(folder.Path, "check").Exits(1);
    }

    [Fact]
    public void Settings_that_are_not_added_are_asked_for()
    {
        git.Run("rm", "--cached", "--quiet", WorkFolder.Settings);

        Assert.Contains($"{WorkFolder.Settings}(1,1): error GOG1001", Staged().Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains($"'{Add(WorkFolder.Settings)}'", Staged().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_ends_that_Git_writes_into_a_work_tree_do_not_matter()
    {
        File.Delete(folder[".gitattributes"]);
        git.Commit();
        git.Run("config", "core.autocrlf", "true");
        Directory.Delete(folder["manifests"], recursive: true);
        git.Run("checkout", "--", ".");
        Assert.Contains("\r\n", File.ReadAllText(folder["manifests/overlays/dev/kustomization.yaml"]), StringComparison.Ordinal);

        Staged().Exits(0);
        git.Run("rm", "-r", "--cached", "--quiet", "manifests");
        Assert.Contains($"Run '{Add("manifests")}'.", Staged().Exits(2).Error, StringComparison.Ordinal);
        git.Run("add", "manifests");
        Staged().Exits(0);
    }

    [Fact]
    public void Without_a_repository_and_without_git_it_says_what_is_needed()
    {
        using var plain = WorkFolder.Rendered(Gitopsgen.Built);
        Assert.Contains("error GOG1202", InProcess.Run(plain.Path, "check", "--staged").Exits(1).Error, StringComparison.Ordinal);

        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell");
        Assert.Contains(
            "error GOG1201",
            Gitopsgen.Shell(plain.Path, $"mkdir bin; ln -s \"$(command -v dotnet)\" bin; PATH=$PWD/bin {Command}").Exits(1).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_repository_of_somebody_else_is_refused_with_what_git_says()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "needs to give a folder away");
        Gitopsgen.Shell(folder.Path, "chown -R 12345 .").Exits(0);

        var run = Gitopsgen.Shell(folder.Path, $"GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null {Command}").Exits(1);

        Assert.Contains("error GOG1202: Git does not read a repository here: detected dubious ownership", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_partial_clone_works_and_ends_with_3_where_its_remote_is_gone()
    {
        using var clones = new TempFolder();
        git.Clone(clones["near"], "--filter=blob:none", "--no-checkout").Run("reset", "--quiet");
        InProcess.Run(clones["near"], "check", "--staged").Exits(0);

        git.Clone(clones["far"], "--filter=blob:none", "--no-checkout").Run("reset", "--quiet");
        GitFolder.At(clones["far"]).Run("remote", "set-url", "origin", $"file://{clones["nowhere"]}");
        Assert.Contains("error GOG8002", InProcess.Run(clones["far"], "check", "--staged").Exits(3).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "sha1")]
    [InlineData("infra/with space/", "sha256")]
    public void A_hook_stops_commits_of_every_kind_that_would_not_be_up_to_date(string below, string format)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the hook is a script for a shell");
        if (format != "sha1")
            LongProof.Require();
        using var temp = new TempFolder();
        var repository = GitFolder.Init(temp["repository"], $"--object-format={format}");
        Hook(repository, below);
        var root = Path.Combine(repository.Path, below);
        Directory.CreateDirectory(root);
        InProcess.Run(root, "init").Exits(0);
        repository.Run("add", "--all");
        Refused(repository, "first", ["commit", "-m", "first"]);
        InProcess.Run(root, "render").Exits(0);
        repository.Run("add", "--all");
        repository.Run("commit", "--quiet", "-m", "first");

        // commit -a has an index of its own, and so has commit FILE. Files that are not tracked are in neither.
        Change(root, "v2.2.0", "v2.2.1");
        Refused(repository, "stale", ["commit", "--quiet", "-a", "-m", "stale"]);
        Refused(repository, "stale", ["commit", "--quiet", "-m", "stale", "--", $"{below}{WorkFolder.Lockfile}"]);
        InProcess.Run(root, "render").Exits(0);
        Refused(repository, "half", ["commit", "--quiet", "-m", "half", "--", $"{below}{WorkFolder.Lockfile}"]);
        repository.Run("commit", "--quiet", "-a", "-m", "whole");

        // The same in a linked work tree, where Git names the repository too.
        repository.Run("worktree", "add", "--quiet", "-b", "other", temp["linked"]);
        var linked = GitFolder.At(temp["linked"]);
        root = Path.Combine(linked.Path, below);
        Change(root, "v2.2.1", "v2.2.2");
        Refused(linked, "stale", ["commit", "--quiet", "-a", "-m", "stale"]);
        InProcess.Run(root, "render").Exits(0);
        linked.Run("commit", "--quiet", "-a", "-m", "whole");
        Assert.Equal("", linked.Run("status", "--porcelain"));
    }

    [Fact]
    public void A_hook_of_one_repository_can_ask_about_another()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the hook is a script for a shell");
        using var temp = new TempFolder();
        var caller = GitFolder.Init(temp["caller"]).Write("x", "1");
        caller.Commit();
        caller.Run("worktree", "add", "--quiet", "-b", "other", temp["linked"]);
        Hook(caller, folder.Path);
        folder.Edit(WorkFolder.Lockfile, "v2.2.0", "v2.2.1");
        git.Run("add", "--all");

        Refused(caller, "1", ["commit", "--quiet", "--allow-empty", "-m", "1"]);
        Refused(GitFolder.At(temp["linked"]), "2", ["commit", "--quiet", "--allow-empty", "-m", "2"]);
        Render();
        git.Run("add", "--all");
        caller.Run("commit", "--quiet", "--allow-empty", "-m", "1");
        GitFolder.At(temp["linked"]).Run("commit", "--quiet", "--allow-empty", "-m", "2");
    }

    [Fact]
    public void A_signal_ends_git_too()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        using var temp = new TempFolder();
        var slow = temp.Write("git", $"#!/bin/sh\necho $$ > {temp["pid"]}\nexec sleep 300\n");
        Gitopsgen.Shell(Path.GetDirectoryName(slow)!, $"chmod +x '{slow}'").Exits(0);
        using var process = Process.Start(
            new ProcessStartInfo("/usr/bin/env", ["--default-signal=INT", "/bin/sh", "-c", $"PATH={temp.Path}:$PATH exec {Command}"])
            {
                WorkingDirectory = folder.Path,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        while (!File.Exists(temp["pid"]) || File.ReadAllText(temp["pid"]).Length == 0)
            Thread.Sleep(10);

        Gitopsgen.Shell(folder.Path, $"kill -INT {process.Id}").Exits(0);
        Assert.Equal("gitopsgen: cancelled.\n", Gitopsgen.Finish(process).Exits(130).Error);
        Assert.False(Directory.Exists($"/proc/{File.ReadAllText(temp["pid"]).Trim()}"));
    }

    private string At => $"-C {Path.GetRelativePath(Directory.GetCurrentDirectory(), folder.Path).Replace('\\', '/')}";

    private string Add(string words) => $"git {At} add {words}";

    private static string Command => Gitopsgen.Built.ShellWords("check", "--staged");

    private void Render() => InProcess.Run(folder.Path, "render").Exits(0);

    private Finished Staged(params string[] arguments) => InProcess.Run(folder.Path, ["check", "--staged", .. arguments]);

    private static void Change(string root, string old, string with)
    {
        var lockfile = Path.Combine(root, WorkFolder.Lockfile);
        File.WriteAllText(lockfile, File.ReadAllText(lockfile).Replace(old, with, StringComparison.Ordinal));
    }

    private static void Hook(GitFolder repository, string root)
    {
        var hook = Path.Combine(repository.Path, ".git/hooks/pre-commit");
        Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
        File.WriteAllText(hook, $"#!/bin/sh\nexec {Command} -C './{root}' \n".Replace("'.//", "'/", StringComparison.Ordinal));
        Gitopsgen.Shell(Path.GetDirectoryName(hook)!, $"chmod +x '{hook}'").Exits(0);
    }

    private static void Refused(GitFolder repository, string what, string[] commit)
    {
        var before = repository.Try("rev-parse", "HEAD").Output;
        var run = repository.Try(commit);
        Assert.True(
            run.ExitCode == 1 && run.Error.Contains("error GOG5010", StringComparison.Ordinal),
            $"{what}: {run.ExitCode}\n{run.Output}\n{run.Error}"
        );
        Assert.Equal(before, repository.Try("rev-parse", "HEAD").Output);
    }
}
