using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Packages.Locking;
using GitOpsGen.Packages.Updating;
using GitOpsGen.Tests.Packages.Locking;
using Xunit;

namespace GitOpsGen.Tests.Packages.Updating;

/// <summary>What an update says of the core, and what is outdated.</summary>
public sealed class LockUpdateTests
{
    private static readonly LockUse Core = Use(
        Locks.Entry("Crossplane", "c/c", "v2.3.4", more: "chart: { repository: https://charts.crossplane.io/stable, version: 1.0.0 }")
    );

    [Theory]
    [InlineData("v2.3.5", "GOG2309")]
    [InlineData("v2.3.4", "")]
    public void That_the_chart_stays_is_told_where_the_core_moves_and_only_there(string to, string codes)
    {
        Assert.True(VersionSelection.TryParse(to, out var selection, out _));

        var (value, found) = LockUpdate.Of(Core.Lockfile.Packages, Core, new() { To = selection }, Published(Core, "v2.3.4", "v2.3.5"));

        Assert.Equal(to, value!.Packages[0].Version.Value.Text);
        Assert.Equal(codes, string.Join(' ', found.Select(d => d.Rule.Code)));
    }

    [Theory]
    [InlineData(false, "v1.0.0", "v1.1.0")]
    [InlineData(true, "v1.0.0", "v1.1.0", "v2.0.0")]
    [InlineData(false, "v0.9.0")] // gone, and nothing is newer
    public void An_entry_is_a_major_step_behind_only_where_the_newest_version_is(bool isMajor, params string[] published)
    {
        var use = Use(Locks.Provider("a/p"));

        var row = Assert.Single(OutdatedEntry.Of(use.Lockfile.Packages, use, new(), Published(use, published)));

        Assert.Equal(isMajor, row.IsMajor);
    }

    [Fact]
    public void An_entry_at_the_newest_version_is_not_outdated()
    {
        var use = Use(Locks.Provider("a/p"));

        Assert.Empty(OutdatedEntry.Of(use.Lockfile.Packages, use, new(), Published(use, "v0.9.0", "v1.0.0")));
    }

    private static LockUse Use(string entry) => new(Locks.Read(entry), World.Scope("dev"));

    private static VersionCatalogue Published(LockUse use, params string[] versions)
    {
        var package = use.Lockfile.Packages[0].Package;
        var known = LookupResults.Nothing.With(new RegistryLookup.Versions(package.Value), new Result<PublishedVersions>(new(versions), []));
        return VersionCatalogue.Of([package], known).Value!;
    }
}
