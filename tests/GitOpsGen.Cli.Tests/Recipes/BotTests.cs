using System.Text.Json;
using System.Text.RegularExpressions;
using GitOpsGen.Cli.Tests.Updating;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Recipes;

/// <summary>What docs/bots.md says, against a bare repository and a registry on this machine.</summary>
public sealed partial class BotTests
{
    /// <summary>What RE2, in the port that Renovate's own engine has the syntax of, finds in the lockfile, and where.</summary>
    private const string Find = """
        const { RE2JS } = require("re2js");
        const { readFileSync } = require("fs");
        const [preset, lockfile] = process.argv.slice(1).map(file => readFileSync(file, "utf8"));
        const found = [];
        for (const manager of JSON.parse(preset).customManagers)
          for (const expression of manager.matchStrings) {
            const matcher = RE2JS.compile(expression.replaceAll("(?<", "(?P<")).matcher(lockfile);
            while (matcher.find())
              found.push({
                depName: expression.includes("<depName>") ? matcher.group("depName") : manager.depNameTemplate,
                depType: expression.includes("<depType>") ? matcher.group("depType") : manager.depTypeTemplate,
                currentValue: matcher.group("currentValue"),
              });
          }
        console.log(JSON.stringify(found));
        """;

    [Fact]
    public void The_expressions_of_the_preset_find_every_entry_of_the_real_lockfile_and_its_chart() =>
        Assert.Equal(
            [
                "xpkg.crossplane.io/crossplane/crossplane Crossplane v2.3.4",
                "xpkg.upbound.io/upbound/provider-family-aws Provider v2.2.0",
                "xpkg.upbound.io/upbound/provider-aws-s3 Provider v2.2.0",
                "xpkg.crossplane.io/crossplane-contrib/function-patch-and-transform Function v0.9.0",
                "xpkg.crossplane.io/crossplane-contrib/function-patch-and-transform Function v0.8.2",
                "crossplane Chart 2.3.4",
            ],
            Found(File.ReadAllText(RepositoryRoot.Combine("packages.lock.yaml")))
        );

    [Fact]
    public void Quotes_comments_and_digests_do_not_hide_an_entry_and_what_is_commented_out_is_none() =>
        Assert.Equal(
            ["xpkg.upbound.io/upbound/provider-aws-s3 Provider v2.2.0-rc.1", "ghcr.io/acme/app Configuration 1.0.0"],
            Found(
                $$"""
                lockfileVersion: 1
                packages:
                  - package: "xpkg.upbound.io/upbound/provider-aws-s3" # the buckets
                    kind: Provider # a
                    version: "v2.2.0-rc.1"
                    locked: v2.2.0@sha256:{{new string('0', 64)}}
                    dependsOn:
                      - { package: xpkg.upbound.io/upbound/provider-family-aws, kind: Provider, constraint: ">= 0.0.0" }
                  - package: ghcr.io/acme/app
                    kind: Configuration
                    version: 1.0.0
                  # - package: ghcr.io/acme/old
                  #   kind: Configuration
                  #   version: 1.0.0

                """
            )
        );

    /// <summary>Renovate's RE2 has neither; a preset that uses them finds nothing, and says so in a log only.</summary>
    [Fact]
    public void The_preset_uses_no_look_around_and_no_back_reference()
    {
        using var preset = JsonDocument.Parse(File.ReadAllText(Preset));
        var expressions = preset
            .RootElement.GetProperty("customManagers")
            .EnumerateArray()
            .SelectMany(m => m.GetProperty("matchStrings").EnumerateArray())
            .ToArray();

        Assert.Equal(2, expressions.Length);
        Assert.All(expressions, e => Assert.DoesNotMatch(@"\(\?(=|!|<=|<!)|\\[1-9]|\\k<", e.GetString()!));
    }

    [Fact]
    public void A_bots_pull_request_is_red_until_the_regenerating_job_has_run_and_then_the_reviewer_is_told()
    {
        using var registry = new SmallRegistry()
            .With("Provider", "acme/provider-family-cloud", ["v1.0.0"])
            .With("Provider", "acme/provider-cloud-storage", ["v1.0.0", "v1.1.0"], "Provider acme/provider-family-cloud >=1.0.0")
            .WithEnvironments("dev", "prod");
        registry.Lockfile = """
            lockfileVersion: 1
            packages:
              - package: x.io/acme/provider-cloud-storage
                kind: Provider
                version: v1.0.0

            """;
        registry.Run("lock").Exits(0);
        registry.Run("render").Exits(0);
        using var stubs = new Stubs();
        stubs.Program("dotnet", "shift; exec gitopsgen \"$@\"");
        var developer = GitFolder.Init(registry.Folder.Path);
        developer.Commit();
        var bare = developer.Clone(stubs["bare"], "--bare");

        // Renovate: a branch on which `version` alone has moved.
        var bot = bare.Clone(stubs["bot"]);
        bot.Run("switch", "--quiet", "--create", "renovate/storage");
        var lockfile = Path.Combine(bot.Path, WorkFolder.Lockfile);
        var before = File.ReadAllText(lockfile);
        var moved = Version().Replace(before, "v1.1.0");
        Assert.NotEqual(before, moved);
        File.WriteAllText(lockfile, moved);
        bot.Commit("chore(deps): update provider-cloud-storage to v1.1.0");
        bot.Run("push", "--quiet", "origin", "renovate/storage");

        // The check of the pull request is red, and says what to run.
        var pull = bare.Clone(stubs["pull"], "--branch=renovate/storage");
        var red = stubs.Run("gitopsgen check", pull.Path);
        Assert.NotEqual(0, red.ExitCode);
        Assert.Contains("gitopsgen lock", red.Error, StringComparison.Ordinal);

        // The job that regenerates: its two scripts, in a checkout of the branch.
        var job = bare.Clone(stubs["job"], "--branch=renovate/storage");
        var recipe = Recipe.Of("docs/bots.md: .github/workflows/renovate-lock.yml");
        stubs.Run(recipe.Script("dotnet gitopsgen lock && dotnet gitopsgen render"), job.Path).RequireSuccess();
        stubs.Run(recipe.Script("Commit and push"), job.Path).RequireSuccess();
        var tip = bare.Run("rev-parse", "renovate/storage");
        Assert.Equal("gitopsgen@users.noreply.github.com", bare.Run("log", "-1", "--format=%ae", "renovate/storage"));

        // It ends by itself: its own push starts it again, and there is nothing to commit.
        stubs.Run(recipe.Script("dotnet gitopsgen lock && dotnet gitopsgen render"), job.Path).RequireSuccess();
        stubs.Run(recipe.Script("Commit and push"), job.Path).RequireSuccess();
        Assert.Equal(tip, bare.Run("rev-parse", "renovate/storage"));

        pull.Run("pull", "--quiet");
        stubs.Run("gitopsgen check", pull.Path).RequireSuccess();
        var told = stubs.Run("gitopsgen diff --base origin/main", pull.Path).RequireSuccess();
        Assert.Matches(@"acme/provider-cloud-storage +v1\.0\.0 +v1\.1\.0 +minor", told);
        Assert.Contains("2 of 2 environments change", told, StringComparison.Ordinal);
    }

    [Fact]
    public void The_scheduled_update_opens_one_pull_request_and_renews_it()
    {
        using var folder = new TempFolder();
        using var stubs = new Stubs();
        stubs.Program("gh", "[[ $2 != list || ! -f opened ]] || echo 1; [[ $2 != create ]] || touch opened", logs: true);
        var upstream = GitFolder.Init(folder["upstream"]);
        upstream.Write("packages.lock.yaml", "1\n").Write(".gitignore", "opened\n").Commit();
        var bare = upstream.Clone(folder["bare"], "--bare");
        var script = Recipe.Of("docs/bots.md: .github/workflows/update.yml").Script("Open or renew the pull request");

        foreach (var run in (int[])[1, 2, 3])
        {
            var job = bare.Clone(folder[$"job{run}"]);
            if (run > 1)
                job.Write("opened", "");
            if (run < 3)
                job.Write("packages.lock.yaml", $"updated {run}\n");
            stubs.Run(script, job.Path, ("BRANCH", "gitopsgen/update"), ("BASE", "main")).RequireSuccess();
        }

        Assert.Equal(["list", "create", "list"], stubs.Calls.Select(call => call.Split(' ')[2]));
        Assert.Equal("updated 2", bare.Run("show", "gitopsgen/update:packages.lock.yaml"));
    }

    private static string Preset => RepositoryRoot.Combine(".github", "renovate", "default.json");

    private static string[] Found(string lockfile)
    {
        using var folder = new TempFolder();
        var found = Tool.Require("re2js").Run(["-e", Find, Preset, folder.Write("packages.lock.yaml", lockfile)]).RequireSuccess();
        return
        [
            .. JsonElement
                .Parse(found)
                .EnumerateArray()
                .Select(f => $"{f.GetProperty("depName")} {f.GetProperty("depType")} {f.GetProperty("currentValue")}"),
        ];
    }

    [GeneratedRegex(@"(?<=package: \S+/provider-cloud-storage\n    kind: Provider\n    version: )v1\.0\.0")]
    private static partial Regex Version();
}
