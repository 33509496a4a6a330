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
        var refused = registry.Run("update").Exits(1);
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
        registry.Run("update").Exits(0);
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
            package | current | allowed | newest | environments
            x.io/acme/app | v1.0.0 | v2.0.0 | v2.0.0 | dev, prod
            x.io/acme/function | v1.0.0 | v1.2.3 | v2.0.0 | dev, prod
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
        Assert.Equal(
            ("v1.0.0", "v1.2.3", "v2.1.0-rc.1", 1),
            (
                json.GetProperty("current").GetString(),
                json.GetProperty("allowed").GetString(),
                json.GetProperty("newest").GetString(),
                json.GetProperty("environments").GetArrayLength()
            )
        );
    }

    [GeneratedRegex(" {2,}")]
    private static partial Regex Columns();
}
