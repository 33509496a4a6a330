using System.Text.RegularExpressions;
using GitOpsGen.Cli.Tests.Packaging;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary>The hooks of docs/hooks.md, taken from that page and run by the real programs with real commits.</summary>
public sealed partial class HookTests : IDisposable
{
    private const string Husky = """{ "version": 1, "isRoot": true, "tools": { "husky": { "version": "0.9.1", "commands": ["husky"] } } }""";
    private const string Template = "templates/overlays/{environment}/notes.txt.scriban";

    private readonly TempFolder temp = new();
    private readonly ToolPackages packages;
    private readonly GitFolder git;

    public HookTests(ToolPackages packages)
    {
        this.packages = packages;
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the program is found by a script for a shell");
        git = GitFolder.Init(temp["repository"]);
        // The hooks find the program on the PATH; this one also tells that it was started.
        temp.Write("bin/gitopsgen", $"#!/bin/sh\necho \"$@\" >> '{temp["started"]}'\nexec {Gitopsgen.Built.ShellWords()} \"$@\"\n");
        Gitopsgen.Shell(temp.Path, "chmod +x bin/gitopsgen").Exits(0);
    }

    public void Dispose() => temp.Dispose();

    public static TheoryData<string> Runners => [.. LongProof.Of(["Plain Git", "pre-commit", "Husky.Net", "lefthook"])];

    [Theory]
    [MemberData(nameof(Runners))]
    public void A_hook_stops_each_commit_that_would_not_be_up_to_date_and_no_other(string runner)
    {
        Install(runner);
        InProcess.Run(git.Path, "init").Exits(0);
        Add();
        Assert.Contains("error GOG5010", Refused("the first, stale"), StringComparison.Ordinal);
        Render();
        Commits("the first");

        Change("v2.2.0", "v2.2.1");
        git.Run("add", "--update");
        Assert.Contains("Run 'gitopsgen render && git add manifests'.", Refused("stale"), StringComparison.Ordinal);

        // What is tracked is added, and a new file is not.
        git.Write(Template, "{{ environment.name }}\n");
        git.Run("add", "templates");
        InProcess.Run(git.Path, "render").Exits(0);
        git.Run("add", "--update");
        Assert.Contains("Run 'git add manifests'.", Refused("rendered, but not added"), StringComparison.Ordinal);
        Add();
        Commits("whole");

        git.Write("src/other.txt", "1\n");
        Add();
        Commits("unrelated", starts: false);

        // A branch that went past the hook is stopped where it is merged.
        git.Run("checkout", "--quiet", "-b", "side");
        Change("v2.2.1", "v2.2.2");
        git.Commit("past the hook");
        git.Run("checkout", "--quiet", "main");
        git.Write("src/other.txt", "2\n");
        git.Commit();
        var merge = Run("merge", "--no-edit", "side");
        Assert.NotEqual(0, merge.ExitCode);
        Assert.Contains("error GOG5010", merge.Output + merge.Error, StringComparison.Ordinal);
        Render();
        Commits("merged");

        Assert.Equal(3, git.Run("rev-list", "--parents", "--max-count=1", "HEAD").Split(' ').Length);
        Assert.Equal("", git.Run("status", "--porcelain"));
        InProcess.Run(git.Path, "check").Exits(0);
    }

    /// <summary>The other ids of .pre-commit-hooks.yaml: what they run.</summary>
    [Fact]
    public void The_rendering_hook_fails_once_and_then_passes()
    {
        Install("pre-commit", "gitopsgen-render");
        InProcess.Run(git.Path, "init").Exits(0);
        Add();
        Refused("stale");
        Add();
        Commits("rendered");
    }

    [Fact]
    public void The_hook_of_a_tool_manifest_runs_the_packed_tool_and_not_the_program_on_the_search_path()
    {
        ToolPackages.Require();
        var environment = new Dictionary<string, string?>(Variables) { ["NUGET_PACKAGES"] = temp["nuget"], ["DOTNET_CLI_HOME"] = temp["home"] };
        git.Write(
            "nuget.config",
            $"""<configuration><packageSources><clear /><add key="feed" value="{packages.Feed}" /></packageSources></configuration>"""
        );
        Tool.Dotnet.Run(["new", "tool-manifest"], folder: git.Path, environment: environment).RequireSuccess();
        Tool.Dotnet.Run(["tool", "install", "GitOpsGen", "--version", ToolPackages.Version], folder: git.Path, environment: environment)
            .RequireSuccess();
        Install("pre-commit", "gitopsgen-check-tool");
        InProcess.Run(git.Path, "init").Exits(0);
        Add();

        Assert.Contains("error GOG5010", Refused("stale", environment), StringComparison.Ordinal);
        Render();
        Commits("rendered", starts: false, environment);
    }

    private void Install(string runner, string id = "gitopsgen-check")
    {
        switch (runner)
        {
            case "Plain Git":
                git.Write(".git/hooks/pre-commit", Shown(runner, "sh"));
                Gitopsgen.Shell(git.Path, "chmod +x .git/hooks/pre-commit && ln -s pre-commit .git/hooks/pre-merge-commit").Exits(0);
                break;
            case "pre-commit":
                // The page's configuration, with this checkout's hooks in the place of a release.
                var hooks = GitFolder.Init(temp["hooks"]);
                hooks.Write(".pre-commit-hooks.yaml", File.ReadAllText(RepositoryRoot.Combine(".pre-commit-hooks.yaml")));
                var config = Revision().Replace(Shown(runner, "yaml"), $"rev: {hooks.Commit()}");
                git.Write(
                    ".pre-commit-config.yaml",
                    Address().Replace(config, $"repo: {hooks.Path}").Replace("gitopsgen-check", id, StringComparison.Ordinal)
                );
                Tool.Require("pre-commit").Run(["install"], folder: git.Path, environment: Variables).RequireSuccess();
                break;
            case "Husky.Net":
                git.Write(".config/dotnet-tools.json", Husky);
                Tool.Dotnet.Run(["tool", "restore"], folder: git.Path, environment: Variables).RequireSuccess();
                git.Write(".husky/task-runner.json", Shown(runner, "json"));
                Gitopsgen.Shell(git.Path, $"export GIT_CONFIG_GLOBAL=/dev/null; {Shown(runner, "sh")}").Exits(0);
                break;
            default:
                var lefthook = Tool.Require("lefthook");
                git.Write("lefthook.yml", Shown(runner, "yaml"));
                lefthook.Run(["install"], folder: git.Path, environment: Variables).RequireSuccess();
                break;
        }
    }

    private static string Shown(string heading, string language) =>
        Regex
            .Match(
                File.ReadAllText(RepositoryRoot.Combine("docs", "hooks.md")),
                $"^## {Regex.Escape(heading)}\n(?:(?!## ).*\n)*?```{language}\n(?<text>(?:.*\n)*?)```",
                RegexOptions.Multiline | RegexOptions.ExplicitCapture
            )
            .Groups["text"]
            .Value;

    private Dictionary<string, string?> Variables =>
        new(GitFolder.Environment)
        {
            ["PATH"] = $"{temp["bin"]}:{RepositoryRoot.Combine("artifacts", "tools", "lefthook")}:{Environment.GetEnvironmentVariable("PATH")}",
            ["PRE_COMMIT_HOME"] = temp["pre-commit"],
        };

    private ToolRun Run(params string[] arguments) => Run(Variables, arguments);

    private ToolRun Run(Dictionary<string, string?> environment, params string[] arguments) =>
        Tool.Require("git").Run(arguments, folder: git.Path, environment: environment);

    private void Add() => git.Run("add", "--all");

    private void Render()
    {
        InProcess.Run(git.Path, "render").Exits(0);
        Add();
    }

    private void Change(string old, string with)
    {
        var lockfile = Path.Combine(git.Path, WorkFolder.Lockfile);
        File.WriteAllText(lockfile, File.ReadAllText(lockfile).Replace(old, with, StringComparison.Ordinal));
    }

    private void Commits(string message, bool starts = true, Dictionary<string, string?>? environment = null)
    {
        File.Delete(temp["started"]);
        Run(environment ?? Variables, "commit", "-m", message).RequireSuccess();
        Assert.Equal(starts, File.Exists(temp["started"]));
    }

    private string Refused(string message, Dictionary<string, string?>? environment = null)
    {
        var before = git.Try("rev-parse", "HEAD").Output;
        var run = Run(environment ?? Variables, "commit", "-m", message);
        Assert.True(run.ExitCode == 1, $"{message}: {run.ExitCode}\n{run.Output}\n{run.Error}");
        Assert.Equal(before, git.Try("rev-parse", "HEAD").Output);
        return run.Output + run.Error;
    }

    [GeneratedRegex("rev: .*")]
    private static partial Regex Revision();

    [GeneratedRegex("repo: https:.*")]
    private static partial Regex Address();
}
