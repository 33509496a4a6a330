using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace GitOpsGen.Cli.Tests.Updating;

/// <summary><c>gitopsgen update</c>: where packages go, and where they do not.</summary>
public sealed partial class UpdateTests : IDisposable
{
    private const string Before = """
        lockfileVersion: 1
        packages:
          - package: x.io/acme/app
            kind: Configuration
            version: v1.0.0
          - package: x.io/acme/function
            kind: Function
            version: v1.0.0

        """;

    private readonly SmallRegistry registry = new SmallRegistry()
        .With("Configuration", "acme/app", ["v1.0.0", "v1.0.1"], "Function acme/function ~1.2 || 1.0.0")
        .With("Configuration", "acme/app", ["v2.0.0"], "Function acme/function >=2")
        .With("Function", "acme/function", ["v1.0.0", "v1.2.0", "v1.2.3", "v1.3.0", "v2.0.0", "v2.1.0-rc.1"])
        .WithEnvironments("dev", "prod");

    public UpdateTests()
    {
        registry.Lockfile = Before;
        registry.Run("lock").Exits(0);
    }

    public void Dispose() => registry.Dispose();

    [Theory]
    [InlineData("v1.2.3", "function")] // the highest that app accepts
    [InlineData("v1.2.0", "function", "--to", "1.2.0")]
    [InlineData("v1.2.0", "function", "--to", "[1.0,1.2.0]")]
    [InlineData("v1.2.3", "function", "--to", "1.*")]
    [InlineData("v1.2.3", "acme/function", "--minor")]
    [InlineData("v1.0.0", "x.io/acme/function", "--patch")]
    [InlineData("v1.2.3", "acme-func*", "--pre")]
    public void The_highest_version_within_all_limits_is_taken(string expected, params string[] arguments)
    {
        registry.Run(["update", .. arguments]).Exits(0);
        Assert.Contains($"locked: {expected}@acme/function@{expected}\n", registry.Lockfile, StringComparison.Ordinal);
        Assert.Contains("locked: v1.0.0@acme/app@v1.0.0\n", registry.Lockfile, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_names_everything_moves_as_far_as_it_goes()
    {
        registry.Run("update", "--patch").Exits(0);
        Assert.Contains("version: v1.0.1\n", registry.Lockfile, StringComparison.Ordinal);

        // The new app needs what no present dependent accepts: nothing is written, and it says so.
        var before = registry.Lockfile;
        var refused = registry.Run("update", "--major").Exits(1);
        Assert.Contains("GOG2102", refused.Error, StringComparison.Ordinal);
        Assert.Contains("The lockfile was not changed.", refused.Output, StringComparison.Ordinal);
        Assert.Equal(before, registry.Lockfile);
    }

    [Theory]
    [InlineData("GOG2303", "function", "--to", "v9.0.0")]
    [InlineData("GOG2304", "function", "--to", "v1.3.0")]
    [InlineData("GOG2304", "function", "--to", "^2")]
    [InlineData("GOG2303", "function", "--to", "v0.*")]
    [InlineData("GOG2303", "function", "--to", "1.2.*", "--patch")]
    [InlineData("GOG2301", "nothing")]
    public void What_cannot_be_had_says_why_and_changes_nothing(string code, params string[] arguments)
    {
        var before = registry.Folder.Snapshot();
        var failed = registry.Run(["update", .. arguments]).Exits(1);
        Assert.Contains($"error {code}:", failed.Error, StringComparison.Ordinal);
        Assert.Equal(before, registry.Folder.Snapshot());
    }

    [Theory]
    [InlineData("update", "--to", "v1.0.0")]
    [InlineData("update", "function", "--to", "latest")]
    [InlineData("update", "function", "--minor", "--patch")]
    [InlineData("add", "function")]
    [InlineData("add", "x.io/acme/app:latest")]
    [InlineData("add", "x.io/acme/app:v1.0.0@v1.0.0")]
    [InlineData("remove")]
    [InlineData("update", "--major", "--minor")]
    [InlineData("promote", "dev")]
    [InlineData("promote", "dev", "prod", "--env", "prod")]
    public void Wrong_usage_is_exit_code_64(params string[] arguments) => registry.Run(arguments).Exits(64);

    [Fact]
    public void A_name_that_two_packages_bear_asks_which()
    {
        registry.Lockfile += "  - package: y.io/other/function\n    kind: Function\n    version: v1.0.0\n    dependsOn: []\n    name: other\n";
        Assert.Contains("GOG2302", registry.Run("update", "function").Exits(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_registry_without_an_answer_is_exit_code_3_and_the_file_stays()
    {
        registry.With("Function", "acme/other", ["v1.0.0"]);
        var before = registry.Folder.Snapshot();
        Assert.Contains("GOG6001", registry.Run("add", "x.io/acme/absent").Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains("GOG6003", registry.Run("add", "127.0.0.1:1/acme/absent").Exits(3).Error, StringComparison.Ordinal);
        Assert.Equal(before, registry.Folder.Snapshot());
    }

    [Fact]
    public void The_core_takes_its_chart_along()
    {
        registry.With("Provider", "crossplane/crossplane", ["v2.3.4", "v2.4.0"]).Lockfile = """
            lockfileVersion: 1
            packages:
              - package: x.io/crossplane/crossplane
                kind: Crossplane
                version: v2.3.4
                chart: { repository: https://charts.crossplane.io/stable, version: 2.3.4 } # same

            """;
        // The core installs every package, so it moves only where a name says so.
        var before = registry.Lockfile;
        registry.Run("lock").Exits(0);
        foreach (var arguments in new string[][] { ["update"], ["update", "cross*"], ["update", "--major"] })
            Assert.Contains("is complete", registry.Run(arguments).Exits(0).Output, StringComparison.Ordinal);
        Assert.Contains(
            "The core moves only where it is named: 'gitopsgen update x.io/crossplane/crossplane'.\n1 entry of 1 could be newer; 'gitopsgen update' would move 0.\n",
            registry.Run("outdated", "--exit-code").Exits(0).Output,
            StringComparison.Ordinal
        );
        registry.Run("outdated", "crossplane", "--exit-code").Exits(2);

        registry.Lockfile = before;
        registry.Run("update", "crossplane").Exits(0);
        Assert.Contains("version: v2.4.0\n", registry.Lockfile, StringComparison.Ordinal);
        Assert.Contains("version: 2.4.0 } # same\n", registry.Lockfile, StringComparison.Ordinal);

        registry.Lockfile = registry.Lockfile.Replace("2.4.0 }", "2.4.0+acme.1 }", StringComparison.Ordinal);
        Assert.Contains("warning GOG2309", registry.Run("update", "crossplane", "--to", "v2.3.4").Exits(0).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Outdated_lists_where_things_could_go()
    {
        Assert.Equal(
            """
            package | current | compatible | newest | environments
            x.io/acme/app | v1.0.0 | v1.0.1 | v2.0.0 major | dev, prod
            x.io/acme/function | v1.0.0 | v1.2.3 | v2.0.0 major | dev, prod
            major: another major version, or of 0.x another minor one; 'gitopsgen update' goes there with --major or --to.
            2 entries of 2 could be newer; 'gitopsgen update' would move 2.

            """,
            Columns().Replace(registry.Run("outdated").Exits(0).Output, " | ")
        );

        registry.Run("outdated", "--exit-code").Exits(2);
        registry.Run("outdated", "function", "--patch", "--exit-code").Exits(0);
        var json = registry
            .Run("outdated", "function", "--env", "dev", "--pre", "--format", "json")
            .Exits(0)
            .Json.GetProperty("outdated")
            .GetProperty("packages")[0];
        Assert.EndsWith(
            """
            "environments":["dev"],"current":"v1.0.0","compatible":"v1.2.3","newest":"v2.1.0-rc.1","major":true,"gone":false}
            """,
            JsonSerializer.Serialize(json),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Environments_are_named_in_the_order_of_the_settings()
    {
        registry.WithEnvironments("staging", "prod", "dev");
        Assert.Contains("  staging, prod, dev\n", registry.Run("outdated").Exits(0).Output, StringComparison.Ordinal);
        var updated = registry.Run("update", "app", "--env", "dev", "--env", "staging", "--format", "json").Exits(0);
        Assert.Equal(
            """
            [{"package":"x.io/acme/app","kind":"Configuration","from":"v1.0.0","to":"v1.0.1","environments":["staging","dev"],"change":"changed","indirect":false}]
            """,
            JsonSerializer.Serialize(updated.Json.GetProperty("update").GetProperty("moves"))
        );
    }

    [Fact]
    public void Many_environments_are_a_number_where_they_are_all()
    {
        registry.WithEnvironments("a", "b", "c", "d", "e");
        Assert.Contains("  all 5\n", registry.Run("outdated").Exits(0).Output, StringComparison.Ordinal);
        Assert.Contains("\nfunction  all 5  v1.0.0 → v1.2.3\n", registry.Run("update").Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_the_registry_lost_is_said_to_be_gone()
    {
        registry.Lockfile = Before.Replace("v1.0.0", "v1.9.0", StringComparison.Ordinal);
        var outdated = registry.Run("outdated", "app").Exits(0).Output;
        Assert.Matches("x.io/acme/app +v1.9.0 gone +- +v2.0.0 major ", outdated);
        Assert.Contains("gone: the registry no longer has the current version", outdated, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v0.2.1", "zero")]
    [InlineData("v0.2.1", "zero", "--patch")]
    [InlineData("v0.3.0", "zero", "--minor")]
    [InlineData("v1.0.0", "zero", "--major")]
    [InlineData("v1.0.0", "zero", "--to", "*")]
    [InlineData("v0.3.0", "zero", "--to", "*", "--minor")]
    public void Of_0_x_a_minor_version_is_a_major_step(string expected, params string[] arguments)
    {
        registry.With("Function", "acme/zero", ["v0.2.0", "v0.2.1", "v0.3.0", "v1.0.0"]).Run("add", "x.io/acme/zero@v0.2.0").Exits(0);
        registry.Run(["update", .. arguments]).Exits(0);
        Assert.Contains($"locked: {expected}@acme/zero@{expected}\n", registry.Lockfile, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_says_what_would_happen_and_writes_nothing()
    {
        var before = registry.Folder.Snapshot();
        foreach (var arguments in new string[][] { ["update"], ["remove", "app"], ["add", "x.io/acme/app@v1.0.0", "x.io/acme/more"] })
        {
            var would = registry.With("Function", "acme/more", ["v1.0.0"]).Run([.. arguments, "--dry-run"]).Exits(0).Output;
            Assert.StartsWith(arguments[0] == "add" ? "more  dev, prod  added v1.0.0\n" : "app ", would, StringComparison.Ordinal);
            Assert.EndsWith("in all. Nothing was written.\n", would, StringComparison.Ordinal);
            Assert.Equal(before, registry.Folder.Snapshot());
        }
    }

    [Fact]
    public void An_edit_that_needs_nothing_new_asks_no_registry()
    {
        registry.Run("update", "function", "--env", "dev").Exits(0);
        registry.Fails = true;
        var asked = registry.RequestCount;

        registry.Run("update", "function", "--env", "prod", "--to", "v1.2.3").Exits(0);
        registry.Run("add", "x.io/acme/app@v1.0.0", "x.io/acme/function").Exits(0);
        registry.Run("remove", "app", "function", "--dry-run").Exits(0);
        registry.Run("remove", "app").Exits(0);
        Assert.DoesNotContain("acme/app", registry.Lockfile, StringComparison.Ordinal);
        Assert.Equal(asked, registry.RequestCount);
        registry.Run("update").Exits(3);
    }

    [GeneratedRegex(" {2,}")]
    private static partial Regex Columns();
}
