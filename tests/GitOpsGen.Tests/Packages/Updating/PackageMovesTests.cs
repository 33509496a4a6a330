using System.Collections.Immutable;
using CsCheck;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages;
using GitOpsGen.Packages.Locking;
using GitOpsGen.Packages.Updating;
using GitOpsGen.Tests.Packages.Locking;
using Xunit;

namespace GitOpsGen.Tests.Packages.Updating;

/// <summary>A package moves between versions, environment by environment.</summary>
public class PackageMovesTests
{
    private static readonly ImmutableArray<EnvironmentName> Environments =
    [
        .. Locks.Names("dev", "preview-1", "preview-2", "prod-eu", "prod-us", "staging"),
    ];

    private static readonly string[] Lists =
    [
        "",
        "environments: [dev]",
        "environments: [\"preview-*\", staging]",
        "environments: [\"prod-*\"]",
        "environments: [\"*-1\", dev, prod-eu]",
        "environments: [\"future-*\"]",
    ];

    private static readonly Gen<(string Pattern, int Version)[]> Moves = Gen.Select(
        Gen.OneOf("dev", "staging", "preview-*", "preview-1", "prod-??", "*-1", "*"),
        Gen.Int[1, 4]
    ).Array[1, 8];

    [Fact]
    public void Wherever_a_package_is_moved_it_is_there_and_nowhere_else() =>
        Gen.Select(Gen.Int[0, Lists.Length - 1], Gen.Int[0, Lists.Length - 1], Moves)
            .Sample(
                (first, second, moves) =>
                {
                    var entries = new[] { Entry(1, Lists[first]), Entry(2, Lists[second]) };
                    var start = EntrySelection
                        .Select(Locks.Read(entries).Packages, Environments)
                        .Found.Any(found => found.Rule == Rules.OverlappingEntries)
                        ? [entries[0]]
                        : entries;
                    var lockfile = Locks.Read(start);
                    var expected = VersionsOf(lockfile);
                    foreach (var (pattern, version) in moves)
                    {
                        var scope = Scope(pattern);
                        foreach (var name in Environments.Where(name => scope.IsSelected(name) && expected.ContainsKey(name)))
                        {
                            expected[name] = Version(version);
                        }

                        lockfile = Moved(lockfile, scope, version);
                        Assert.DoesNotContain(
                            EntrySelection.Select(lockfile.Packages, Environments).Found,
                            found => found.Severity == Severity.Error
                        );
                        Assert.Equal(expected, VersionsOf(lockfile));
                        Assert.All(
                            lockfile.Packages.GroupBy(entry => entry.Version.Value),
                            same => Assert.True(same.Count() == 1 || start.Length > 1)
                        );
                    }
                },
                iter: 400
            );

    [Fact]
    public void In_the_end_one_entry_is_left_with_the_place_and_the_list_of_the_first()
    {
        foreach (
            var path in new string[][]
            {
                ["dev", "staging", "prod-*", "preview-*"],
                ["*-1", "prod-us", "*"],
                ["preview-*", "dev", "prod-eu", "prod-us", "staging"],
            }
        )
        {
            var start = Locks.Read(Entry(1, ""));
            var end = path.Aggregate(start, (lockfile, pattern) => Moved(lockfile, Scope(pattern), 2));
            var one = Assert.Single(end.Packages);
            Assert.Equal((0, null, "v2.0.0"), (one.Index, one.Environments, one.Version.Value.Text));
        }
    }

    [Fact]
    public void What_a_version_says_does_not_follow_to_another_but_comes_from_an_entry_that_has_it()
    {
        var lockfile = Locks.Read(Entry(1, ""), Entry(2, "environments: [dev]"));
        var moved = Moved(lockfile, Scope("staging"), 3).Packages.Single(entry => entry.Version.Value == Version(3));
        Assert.Equal((null, null, null), (moved.Index, moved.Digest, moved.DependsOn));

        var joined = Assert.Single(Moved(lockfile, Scope("*"), 2).Packages);
        Assert.Equal((0, lockfile.Packages[1].Digest, lockfile.Packages[1].DependsOn), (joined.Index, joined.Digest, joined.DependsOn));
    }

    [Fact]
    public void Entries_that_a_person_keeps_apart_stay_so_while_another_one_moves()
    {
        var lockfile = Locks.Read(Entry(1, "environments: [dev]"), Entry(1, "environments: [prod-eu]"), Entry(2, "environments: [staging]"));

        Assert.Equal(
            ["a/p v1.0.0 [dev]", "a/p v1.0.0 [prod-eu]", "a/p v3.0.0 [staging]"],
            Moved(lockfile, Scope("staging"), 3).Packages.Select(LockLines.Of)
        );
    }

    [Fact]
    public void An_entry_that_leaves_in_two_directions_is_gone()
    {
        var use = new LockUse(LockLines.Read("a/p v1.0.0 [dev, staging]"), Scope("*"));

        var after = PackageMoves.Apply(
            use,
            [
                new(use.Lockfile.Packages[0], Locks.Names("dev").ToHashSet(), Version(2)),
                new(use.Lockfile.Packages[0], Locks.Names("staging").ToHashSet(), Version(3)),
            ]
        );

        Assert.Equal(["a/p v3.0.0 [staging]", "a/p v2.0.0 [dev]"], after.Packages.Select(LockLines.Of));
    }

    [Fact]
    public void A_name_that_stays_is_listed_once_though_a_glob_had_it_too()
    {
        var lockfile = LockLines.Read("a/p v1.0.0 [prod-eu, prod-*]");

        Assert.Equal(["a/p v1.0.0 [prod-eu]", "a/p v2.0.0 [prod-us]"], Moved(lockfile, Scope("prod-us"), 2).Packages.Select(LockLines.Of));
    }

    [Fact]
    public void What_is_declared_stays_declared_where_it_joins_an_indirect_entry()
    {
        var lockfile = Locks.Read(Entry(1, "environments: [dev, staging]"), Entry(2, "indirect: true\n    environments: [prod-eu]"));

        Assert.Equal(["a/p v1.0.0 [dev]", "a/p v2.0.0 [prod-eu, staging]"], Moved(lockfile, Scope("staging"), 2).Packages.Select(LockLines.Of));
    }

    [Theory]
    [InlineData("1", "1", true)]
    [InlineData("1", null, true)]
    [InlineData(null, "1", true)]
    [InlineData("1", "2", false)]
    public void Two_entries_of_one_version_are_not_alike_with_two_digests(string? left, string? right, bool isLike)
    {
        Assert.Equal(isLike, PackageMoves.IsLike(Locked(left), Locked(right)));

        static LockEntry Locked(string? digit) =>
            digit is null
                ? LockLines.Read("a/p v1.0.0").Packages[0]
                : Locks.Read(Locks.Provider("a/p").Replace(":0000", $":{digit}000", StringComparison.Ordinal)).Packages[0];
    }

    private static PackageLock Moved(PackageLock lockfile, LockScope scope, int version)
    {
        var use = new LockUse(lockfile, scope);
        var moves = lockfile
            .Packages.Where(entry => use.SelectedOf(entry).Count > 0 && entry.Version.Value != Version(version))
            .Select(entry => new EntryMove(entry, use.SelectedOf(entry), Version(version)));
        return PackageMoves.Apply(use, [.. moves]);
    }

    private static LockScope Scope(string pattern) => World.About(new(Environments), pattern);

    private static Dictionary<EnvironmentName, PackageVersion> VersionsOf(PackageLock lockfile) =>
        EntrySelection
            .Select(lockfile.Packages, Environments)
            .Groups.SelectMany(group => group.Entries.SelectMany(entry => group.Environments.Select(name => (name, entry.Version.Value))))
            .ToDictionary(pair => pair.name, pair => pair.Value);

    private static string Entry(int version, string list) =>
        Locks.Entry("Provider", "a/p", $"v{version}.0.0", [], list).Replace("000\n", $"{version}00\n", StringComparison.Ordinal);

    private static PackageVersion Version(int version) => PackageVersion.Parse($"v{version}.0.0");
}
