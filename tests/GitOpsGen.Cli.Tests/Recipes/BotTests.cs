using System.Text.Json;
using System.Text.RegularExpressions;
using GitOpsGen.Cli.Tests.Updating;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Recipes;

/// <summary>What docs/bots.md says, against a bare repository and a registry on this machine.</summary>
public sealed partial class BotTests
{
    /// <summary>
    /// What Renovate finds in the lockfile, how it groups it, and what it replaces: its strategy "recursive" and its templates, with RE2 in the port
    /// of which its own engine has the syntax.
    /// </summary>
    private const string Find = """
        const { RE2JS } = require("re2js");
        const { readFileSync } = require("fs");
        const [preset, lockfile] = process.argv.slice(1).map(file => readFileSync(file, "utf8"));
        const { customManagers, packageRules } = JSON.parse(preset);

        function* matches(expressions, content, groups) {
          if (expressions.length === 0) return yield { ...groups, replaceString: content };
          const matcher = RE2JS.compile(expressions[0].replaceAll("(?<", "(?P<")).matcher(content);
          const names = [...expressions[0].matchAll(/\(\?<(\w+)>/g)].map(name => name[1]);
          while (matcher.find())
            yield* matches(expressions.slice(1), matcher.group(), { ...groups, ...Object.fromEntries(names.map(name => [name, matcher.group(name)])) });
        }

        const fill = (template, values) => template
          .replace(/{{{(\w+)}}}/g, (_, name) => values[name] ?? "")
          .replace(/{{{replace '(.*?)' '(.*?)' (\w+)}}}/g, (_, find, put, name) => values[name].replace(new RegExp(find, "g"), put));
        const fits = (patterns, value) => !patterns || patterns.some(pattern => new RegExp(pattern.slice(1, -1)).test(value));

        console.log(JSON.stringify(customManagers.flatMap(manager => {
          if (manager.matchStringsStrategy !== "recursive") throw manager.matchStringsStrategy;
          return [...matches(manager.matchStrings, lockfile, {})].map(found => {
            const dependency = { ...found, depType: fill(manager.depTypeTemplate, found), depName: found.depName ?? manager.depNameTemplate };
            const rule = packageRules.findLast(rule =>
              rule.groupName && fits(rule.matchDepTypes, dependency.depType) && fits(rule.matchDepNames, dependency.depName));
            return { ...dependency, group: rule ? fill(rule.groupName, dependency) : null };
          });
        })));
        """;

    [Fact]
    public void The_expressions_of_the_preset_find_every_entry_of_the_real_lockfile_and_its_chart() =>
        Assert.Equal(
            [
                "xpkg.crossplane.io/crossplane/crossplane Crossplane v2.3.4",
                "xpkg.upbound.io/upbound/provider-family-aws Provider v2.2.0",
                "xpkg.upbound.io/upbound/provider-aws-s3 Provider v2.2.0",
                "xpkg.crossplane.io/crossplane-contrib/function-patch-and-transform Function v0.9.0",
                "xpkg.crossplane.io/crossplane-contrib/function-patch-and-transform Function [prod-eu] v0.8.2",
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

    [Fact]
    public void Packages_of_one_list_of_environments_are_one_pull_request_whatever_else_they_are() =>
        Assert.Equal(
            [
                "crossplane/crossplane crossplane",
                "crossplane/crossplane crossplane packages of dev, \"preview-*\"",
                "upbound/provider-family-aws provider-family-aws",
                "upbound/provider-aws-s3 crossplane packages of dev, \"preview-*\"",
                "acme/app ",
                "acme/app crossplane packages of dev, \"preview-*\"",
                "crossplane crossplane",
                "crossplane crossplane packages of dev, \"preview-*\"",
            ],
            Dependencies(Split).Select(found => $"{Name(found)} {found.GetProperty("group")}")
        );

    /// <summary>Renovate replaces the version wherever it is in what was matched: so that must not reach 'locked', or no check would be red.</summary>
    [Fact]
    public void An_entry_moves_in_the_line_of_its_version_alone()
    {
        foreach (var found in Dependencies(Split))
        {
            var (replaced, version) = (found.GetProperty("replaceString").GetString()!, found.GetProperty("currentValue").GetString()!);
            var moved = Split.Replace(replaced, replaced.Replace(version, "9.9.9", StringComparison.Ordinal), StringComparison.Ordinal);

            var lines = Split.Split('\n').Zip(moved.Split('\n')).Where(pair => pair.First != pair.Second);
            Assert.All(lines, pair => Assert.Matches("^    version: 9.9.9$|^    chart: ", pair.Second));
            Assert.NotEqual(Split, moved);
        }
    }

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

        Assert.Equal(4, expressions.Length);
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
    public void The_scheduled_update_opens_one_pull_request_and_renews_it_whatever_forks_have()
    {
        Tool.Require("jq");
        using var folder = new TempFolder();
        using var stubs = new Stubs();
        // As gh does it: --jq, the last, filters what the API answers.
        stubs.Program("gh", "[[ $2 != list ]] || jq --raw-output \"${@: -1}\" pulls", logs: true);
        var upstream = GitFolder.Init(folder["upstream"]);
        upstream.Write("packages.lock.yaml", "1\n").Write(".gitignore", "pulls\n").Commit();
        var bare = upstream.Clone(folder["bare"], "--bare");
        var script = Recipe.Of("docs/bots.md: .github/workflows/update.yml").Script("Open or renew the pull request");

        foreach (var run in (int[])[1, 2, 3])
        {
            var job = bare.Clone(folder[$"job{run}"]);
            job.Write(
                "pulls",
                $$"""[{"number": 9, "isCrossRepository": true}{{(run > 1 ? """, {"number": 1, "isCrossRepository": false}""" : "")}}]"""
            );
            if (run < 3)
                job.Write("packages.lock.yaml", $"updated {run}\n");
            stubs.Run(script, job.Path, ("BRANCH", "gitopsgen/update"), ("BASE", "main")).RequireSuccess();
        }

        Assert.Equal(["list", "create", "list"], stubs.Calls.Select(call => call.Split(' ')[2]));
        Assert.Equal("updated 2", bare.Run("show", "gitopsgen/update:packages.lock.yaml"));
    }

    private static string Preset => RepositoryRoot.Combine(".github", "renovate", "default.json");

    /// <summary>Each package once for everybody, and once for some environments, with all that an entry may have around its version.</summary>
    private const string Split = """
        lockfileVersion: 1
        packages:
          # - package: ghcr.io/acme/old
          - package: xpkg.crossplane.io/crossplane/crossplane
            kind: Crossplane
            version: v2.3.4
            locked: v2.3.4@sha256:0
            chart: { repository: https://charts.crossplane.io/stable, version: 2.3.4 }
          - package: xpkg.crossplane.io/crossplane/crossplane
            kind: Crossplane
            version: v2.4.0
            locked: v2.4.0@sha256:0
            chart: { repository: https://charts.crossplane.io/stable, version: 2.4.0 }
            environments: [dev, "preview-*"]
          - package: xpkg.upbound.io/upbound/provider-family-aws
            kind: Provider
            version: v2.2.0
            dependsOn: []
          - package: xpkg.upbound.io/upbound/provider-aws-s3 # the buckets
            kind: Provider
            version: v2.3.0
            locked: v2.3.0@sha256:0
            # a note, and environments: [nobody]
            dependsOn:
              - { package: xpkg.upbound.io/upbound/provider-family-aws, kind: Provider, constraint: ">= v2.3.0" }
            environments: [dev, "preview-*"] # soon everywhere
          - package: ghcr.io/acme/app
            kind: Configuration
            version: 1.0.0
          - package: ghcr.io/acme/app
            kind: Configuration
            version: 1.1.0
            environments: [dev, "preview-*"]

        """;

    private static string Name(JsonElement found) => string.Join('/', found.GetProperty("depName").GetString()!.Split('/').TakeLast(2));

    private static string[] Found(string lockfile) =>
        [.. Dependencies(lockfile).Select(f => $"{f.GetProperty("depName")} {f.GetProperty("depType")} {f.GetProperty("currentValue")}")];

    private static JsonElement[] Dependencies(string lockfile)
    {
        using var folder = new TempFolder();
        var found = Tool.Require("re2js").Run(["-e", Find, Preset, folder.Write("packages.lock.yaml", lockfile)]).RequireSuccess();
        return [.. JsonElement.Parse(found).EnumerateArray()];
    }

    [GeneratedRegex(@"(?<=package: \S+/provider-cloud-storage\n    kind: Provider\n    version: )v1\.0\.0")]
    private static partial Regex Version();
}
