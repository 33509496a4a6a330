using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages.Locking;
using GitOpsGen.Packages.Updating;
using GitOpsGen.Tests.Packages.Locking;
using Xunit;

namespace GitOpsGen.Tests.Packages.Updating;

/// <summary>Which entries change when environments follow another one.</summary>
public sealed class LockPromotionTests
{
    private static readonly Repository Package = new("x.io", "a/p");

    [Fact]
    public void What_an_environment_lacks_it_gets_from_the_entry_of_the_one_that_it_follows() =>
        Assert.Equal(
            ["a/p v1.0.0 [dev]", "a/p v2.0.0 [staging, prod]"],
            Lines(Promote("staging", "prod", Entry("v1.0.0", "dev"), Entry("v2.0.0", "staging")))
        );

    [Fact]
    public void A_declared_package_that_comes_to_all_environments_keeps_its_list_and_an_indirect_one_needs_none()
    {
        Assert.Equal(["a/p v1.0.0 [dev, prod, staging]"], Lines(Promote("dev", "*", Entry("v1.0.0", "dev"))));
        Assert.Equal(["a/p v1.0.0 indirect"], Lines(Promote("dev", "*", Entry("v1.0.0", "dev", "indirect: true\n    "))));
    }

    [Fact]
    public void What_is_declared_stays_declared_where_it_follows_an_indirect_entry() =>
        Assert.Equal(
            ["a/p v2.0.0 [dev, prod]"],
            Lines(Promote("dev", "prod", Entry("v2.0.0", "dev", "indirect: true\n    "), Entry("v1.0.0", "prod")))
        );

    [Fact]
    public void Where_nothing_has_to_follow_two_entries_that_say_the_same_stay_two() =>
        Assert.Equal(["a/p v1.0.0 [dev]", "a/p v1.0.0 [prod]"], Lines(Promote("dev", "prod", Entry("v1.0.0", "dev"), Entry("v1.0.0", "prod"))));

    [Fact]
    public void What_is_not_locked_is_not_promoted()
    {
        var (value, found) = Promote("dev", "prod", LockLines.Read("a/p v1.0.0 [dev]"));

        Assert.Null(value);
        Assert.Equal((Rules.NotInTheLock, 3), found.Select(d => (d.Rule, d.Span!.Value.Start.Line)).Single());
    }

    [Fact]
    public void What_only_a_registry_knows_is_told_at_the_entry_that_it_is_about()
    {
        var stale = Entry("v3.0.0", "staging").Replace("locked: v3", "locked: v2", StringComparison.Ordinal);
        var lockfile = Locks.Read(Entry("v1.0.0", "dev"), Entry("v2.0.0", "prod"), stale);

        var found = LockPromotion.Unknown(
            lockfile,
            [
                new RegistryLookup.TagDigest(Package, PackageVersion.Parse("v2.0.0")),
                new RegistryLookup.TagDigest(Package, PackageVersion.Parse("v3.0.0")),
                new RegistryLookup.Versions(Package),
            ]
        );

        Assert.Equal([(Rules.NotInTheLock, 9), (Rules.StaleEntry, 17), (Rules.NotInTheLock, null)], found.Select(d => (d.Rule, d.Span?.Start.Line)));
        Assert.StartsWith("x.io/a/p v2.0.0 is not locked", found[0].Message, StringComparison.Ordinal);
        Assert.StartsWith("x.io/a/p is not locked", found[2].Message, StringComparison.Ordinal);
    }

    private static string Entry(string version, string environment, string more = "") =>
        Locks.Entry("Provider", "a/p", version, [], $"{more}environments: [{environment}]");

    private static Result<PackageLock> Promote(string from, string to, params string[] entries) => Promote(from, to, Locks.Read(entries));

    private static Result<PackageLock> Promote(string from, string to, PackageLock lockfile)
    {
        var followed = Locks.Names(from)[0];
        var scope = LockPromotion.Scope(World.Scope("dev prod staging"), followed, new(to));
        return LockPromotion.Of(new(lockfile, scope), followed, []);
    }

    private static string[] Lines(Result<PackageLock> promoted) => [.. promoted.Value!.Packages.Select(LockLines.Of)];
}
