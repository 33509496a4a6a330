using System.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Packages.Locking;
using GitOpsGen.Packages.Updating;
using Xunit;

namespace GitOpsGen.Tests.Packages.Updating;

public sealed class LockUseTests
{
    // Far above what it takes on any machine: only what grows with the square of the number exceeds it.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    [Fact]
    public void What_needs_a_package_is_asked_of_the_environments_where_both_apply()
    {
        var lockfile = Locks.Read(
            Locks.Entry("Provider", "a/late", needs: ["a/base"], more: "environments: [prod]"),
            Locks.Entry("Provider", "a/early", needs: ["a/base", "a/other"]),
            Locks.Provider("a/base"),
            Locks.Provider("a/other")
        );
        var use = new LockUse(lockfile, new([.. Environments]));

        Assert.Equal(["a/late", "a/early"], Dependents(use, "a/base", "dev", "prod"));
        Assert.Equal(["a/early"], Dependents(use, "a/base", "dev"));
        Assert.Empty(Dependents(use, "a/late", "dev", "prod"));
        Assert.Empty(Dependents(use, "a/base"));
    }

    [Fact]
    public void Every_package_of_a_long_lockfile_can_ask()
    {
        const int Count = 6_000;
        var lockfile = Locks.Read(Enumerable.Range(0, Count).Select(i => i == 0 ? Locks.Provider("a/p0") : Locks.Provider($"a/p{i}", $"a/p{i - 1}")));
        var use = new LockUse(lockfile, new([.. Environments]));

        var clock = Stopwatch.StartNew();
        var demands = lockfile.Packages.Sum(entry => use.DemandsOn(entry.Package.Value, use.Of(entry)).Length);

        Assert.Equal(Count - 1, demands);
        Assert.True(clock.Elapsed < Bound, $"{clock.Elapsed}");
    }

    [Fact]
    public void An_entry_for_environments_that_may_come_is_worked_on_only_without_a_selection()
    {
        var lockfile = Locks.Read(Locks.Entry("Provider", "a/p", needs: [], more: "environments: ['future-*']"));
        var selected = new LockScope([.. Environments]) { IsSelected = name => name.Value == "dev", Patterns = [new("dev")] };

        Assert.True(new LockUse(lockfile, new([.. Environments])).IsSelected(lockfile.Packages[0]));
        Assert.False(new LockUse(lockfile, selected).IsSelected(lockfile.Packages[0]));
    }

    private static EnvironmentName[] Environments => Locks.Names("dev", "prod");

    private static string[] Dependents(LockUse use, string path, params string[] where)
    {
        var package = use.Lockfile.Packages.Single(entry => entry.Package.Value.Path == path).Package.Value;
        return [.. use.DemandsOn(package, Locks.Names(where).ToHashSet()).Select(demand => demand.Dependent.Package.Value.Path)];
    }
}
