using System.Text.Json;
using Xunit;

namespace GitOpsGen.Cli.Tests.Graphs;

/// <summary><c>gitopsgen why</c> on the files of <c>init</c>.</summary>
public sealed class WhyTests
{
    [Fact]
    public void A_way_is_told_with_versions_and_constraint()
    {
        var gitopsgen = Gitopsgen.Built;
        using var folder = WorkFolder.Started(gitopsgen);
        var run = gitopsgen.On(folder.Path, "why", "provider-family-aws").Exits(0);
        Assert.Empty(run.Error);
        Assert.Matches(
            @"\Axpkg\.upbound\.io/upbound/provider-family-aws\n\npackages\.lock\.yaml\([0-9]+,14\): v2\.2\.0, indirect, in environment dev\n"
                + @"  upbound-provider-aws-s3 v2\.2\.0 → upbound-provider-family-aws v2\.2\.0 \(>= 0\.0\.0\)\n\z",
            run.Output
        );
    }

    [Fact]
    public void The_core_is_told_with_who_asks_for_which_version()
    {
        using var folder = Started();
        Assert.Contains(
            "v2.3.4, the core, in environment dev\n  upbound-provider-aws-s3 v2.2.0 needs >=v1.12.1-0\n",
            InProcess.Run(folder.Path, "why", "crossplane").Exits(0).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_declared_package_says_so_with_its_place()
    {
        using var folder = Started();
        Assert.Matches(
            @"\npackages\.lock\.yaml\([0-9]+,14\): v2\.2\.0, declared, in environment dev\n  no other package needs it\n\z",
            InProcess.Run(folder.Path, "why", "provider-aws-s3").Exits(0).Output
        );
    }

    [Fact]
    public void A_missing_package_is_told_with_who_needs_it_beside_the_error()
    {
        using var folder = Started();
        folder.Edit(
            WorkFolder.Lockfile,
            "  - package: xpkg.upbound.io/upbound/provider-family-aws\n    kind: Provider\n",
            "  - package: xpkg.upbound.io/upbound/provider-other\n    kind: Provider\n"
        );
        var run = InProcess.Run(folder.Path, "why", "provider-family-aws").Exits(1);
        Assert.Contains("missing from environment dev", run.Output, StringComparison.Ordinal);
        Assert.Contains("(>= 0.0.0, missing)", run.Output, StringComparison.Ordinal);
        Assert.Contains("error GOG2101", run.Error, StringComparison.Ordinal);
        Assert.Contains(
            "  no declared package needs it",
            InProcess.Run(folder.Path, "why", "provider-other").Exits(1).Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("provider-famly-aws", "GOG2301")]
    [InlineData("provider-*", "GOG2302")]
    public void A_name_that_means_no_package_is_an_error(string name, string code)
    {
        using var folder = Started();
        var run = InProcess.Run(folder.Path, "why", name, "--format", "json").Exits(1);
        Assert.Equal([code], run.Codes);
        Assert.False(run.Json.TryGetProperty("why", out _));
    }

    [Fact]
    public void Only_as_many_ways_are_shown_as_the_limit_allows()
    {
        using var folder = Fleet.Create(1, 5);
        var lockfile = File.ReadAllText(folder[WorkFolder.Lockfile])
            .Replace(
                "dependsOn: []",
                "dependsOn: [{ package: xpkg.upbound.io/upbound/base, kind: Provider, constraint: \"\" }]",
                StringComparison.Ordinal
            );
        folder.Write(
            WorkFolder.Lockfile,
            $"{lockfile}  - {{ package: xpkg.upbound.io/upbound/base, kind: Provider, version: v1.0.0, dependsOn: [] }}\n"
        );
        Assert.Contains(
            "  … and 3 more; --limit shows more of them\n",
            InProcess.Run(folder.Path, "why", "base", "--limit", "2").Output,
            StringComparison.Ordinal
        );
        var answer = InProcess.Run(folder.Path, "why", "base", "--limit", "2", "--format", "json").Json.GetProperty("why").GetProperty("answers")[0];
        Assert.Equal((5, 2), (answer.GetProperty("pathCount").GetInt32(), answer.GetProperty("paths").GetArrayLength()));
        InProcess.Run(folder.Path, "why", "base", "--limit", "0").Exits(64);
    }

    [Fact]
    public void Json_has_places()
    {
        using var folder = Started();
        var why = InProcess.Run(folder.Path, "why", "provider-family-aws", "--format", "json").Exits(0).Json.GetProperty("why");
        Assert.Equal("xpkg.upbound.io/upbound/provider-family-aws", why.GetProperty("package").GetString());
        var answer = Assert.Single(why.GetProperty("answers").EnumerateArray());
        Assert.True(answer.GetProperty("entry").GetProperty("indirect").GetBoolean());
        var path = Assert.Single(answer.GetProperty("paths").EnumerateArray());
        var step = Assert.Single(path.GetProperty("steps").EnumerateArray());
        Assert.Equal("met", step.GetProperty("state").GetString());
        Assert.All(
            (JsonElement[])[answer.GetProperty("entry"), path.GetProperty("from"), step],
            place => Assert.Equal(("packages.lock.yaml", true), (place.GetProperty("file").GetString(), place.GetProperty("line").GetInt32() > 1))
        );
    }

    private static WorkFolder Started() => WorkFolder.Started(Gitopsgen.Built);
}
