using System.Globalization;
using GitOpsGen.Cli.Reporting;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary><c>gitopsgen status</c>: packages × environments.</summary>
public sealed class StatusTests : IDisposable
{
    private const string Today = "2026-11-27";
    private const string Long = "xpkg.upbound.io/upbound/provider-aws-elasticbeanstalk";

    private static readonly string Digest = $"sha256:{new string('a', 64)}";

    private readonly WorkFolder folder = new();

    public StatusTests()
    {
        Environments(["dev", "a-staging", .. Enumerable.Range(0, 41).Select(i => string.Create(CultureInfo.InvariantCulture, $"prod-{i}"))]);
        folder.Write(
            WorkFolder.Lockfile,
            $$"""
            lockfileVersion: 1
            packages:
              - { package: xpkg.crossplane.io/crossplane/crossplane, kind: Crossplane, version: v2.3.4, locked: v2.3.4@{{Digest}}, published: 2020-01-01 }
              - { package: {{Long}}, kind: Provider, version: v2.2.0, locked: v2.2.0@{{Digest}}, published: 2025-11-05, dependsOn: [] }
              - { package: {{Long}}, kind: Provider, version: v2.3.0, locked: v2.2.0@{{Digest}}, dependsOn: [], environments: [dev] }
              - { package: ghcr.io/acme/new, kind: Function, version: v0.1.0, environments: [dev, a-staging] }

            """
        );
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Environments_are_in_the_order_of_the_settings_and_equal_ones_share_a_column()
    {
        var lines = Status().Output.Split('\n');

        Assert.Matches("^package +dev +a-staging +prod-0 \\+40 +note$", lines[0]);
        Assert.Matches("^xpkg.crossplane.io/crossplane/crossplane +v2.3.4 +v2.3.4 +v2.3.4$", lines[1]);
        Assert.Matches($"^{Long} +v2.3.0 +v2.2.0 +v2.2.0 +2 versions; v2.3.0 stale; v2.2.0 may be gone$", lines[2]);
        Assert.Matches("^ghcr.io/acme/new +v0.1.0 +v0.1.0 +- +not locked$", lines[3]);
        Assert.StartsWith("prod-0 +40: prod-0, prod-1, prod-2,", lines[5], StringComparison.Ordinal);
        Assert.Equal("3 packages in 43 environments: 1 in several versions, 1 stale, 1 not locked, 1 may be gone.", lines[^2]);
    }

    [Fact]
    public void Where_all_environments_are_equal_there_is_one_column()
    {
        var text = Status("--env", "prod-*").Output;

        Assert.Matches("^package +all 41 +note\n", text);
        Assert.DoesNotContain("ghcr.io/acme/new", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_line_of_the_table_fits_the_width()
    {
        for (var width = 40; width <= 160; width += 7)
        {
            using var output = new StringWriter { NewLine = "\n" };
            var streams = new StandardStreams(output, TextWriter.Null) { OutputWidth = () => width };

            Assert.Equal(0, new CommandLine(streams, CancellationToken.None).Run(["status", "--today", Today, "--quiet", "-C", folder.Path]));

            Assert.All(output.ToString().Split('\n'), line => Assert.InRange(line.Length, 0, width));
            foreach (var version in new[] { "v2.3.4", "v2.3.0", "v2.2.0", "v0.1.0" })
                Assert.Contains($" {version}", output.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Json_has_every_environment_and_lists_of_versions()
    {
        var result = Status("--format", "json").Exits(0).Json.GetProperty("status");

        Assert.Equal(43, result.GetProperty("environments").GetArrayLength());
        Assert.Equal("dev", result.GetProperty("environments")[0].GetString());
        var package = result.GetProperty("packages")[1];
        Assert.Equal(Long, package.GetProperty("package").GetString());
        Assert.Equal("Provider", package.GetProperty("kind").GetString());
        Assert.Equal(("v2.3.0", "v2.2.0"), (Version("dev"), Version("prod-40")));
        Assert.Equal(("v2.3.0", "v2.2.0"), (Only("stale"), Only("mayBeGone")));
        Assert.Equal(0, package.GetProperty("unlocked").GetArrayLength());
        Assert.False(result.GetProperty("packages")[2].GetProperty("versions").TryGetProperty("prod-0", out _));

        string? Version(string environment) => package.GetProperty("versions").GetProperty(environment).GetString();
        string? Only(string list) => Assert.Single(package.GetProperty(list).EnumerateArray()).GetString();
    }

    [Fact]
    public void Markdown_is_a_table_with_what_it_would_take_for_its_own_escaped()
    {
        folder.Edit(WorkFolder.Lockfile, "ghcr.io/acme/new", "ghcr.io/acme/a__b");

        var lines = Status("--format", "markdown").Exits(0).Output.Split('\n');

        Assert.Equal("| package | dev | a-staging | prod-0 +40 | note |", lines[0]);
        Assert.Equal("|---|---|---|---|---|", lines[1]);
        Assert.Equal(@"| ghcr.io/acme/a\_\_b | v0.1.0 | v0.1.0 | - | not locked |", lines[4]);
    }

    [Fact]
    public void Status_and_lint_count_from_the_day_that_they_are_given()
    {
        Assert.Contains("1 may be gone soon.", Run("status", "--today", "2026-10-01").Exits(0).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("gone", Run("status", "--today", "2025-12-01").Exits(0).Output, StringComparison.Ordinal);
        Assert.Contains("GOG2115", Run("lint", "--today", Today).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("GOG2115", Run("lint", "--today", "2025-12-01").Error, StringComparison.Ordinal);
        Run("lint", "--today", "2026-02-30").Exits(64);
        Run("render", "--today", Today).Exits(64);
    }

    [Fact]
    public void Commands_that_render_never_speak_of_the_age()
    {
        folder.Edit(WorkFolder.Lockfile, $"version: v2.3.0, locked: v2.2.0@{Digest}", $"version: v2.3.0, locked: v2.3.0@{Digest}");

        foreach (var command in new[] { "check", "render", "validate" })
            Assert.DoesNotContain("GOG2115", Run(command).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lockfile_that_cannot_be_read_is_an_error()
    {
        folder.Write(WorkFolder.Lockfile, "packages: [");

        Status().Exits(1);
    }

    private void Environments(IEnumerable<string> names) =>
        folder.Write(
            WorkFolder.Settings,
            "settingsVersion: 1\ndefaults: { registry: { host: harbor.example.com }, gitops: { engine: none } }\nenvironments:\n"
                + string.Concat(names.Select(name => $"  {name}: {{}}\n"))
        );

    private Finished Status(params string[] arguments) => Run(["status", "--today", Today, .. arguments]);

    private Finished Run(params string[] arguments) => InProcess.Run(folder.Path, arguments);
}
