using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Packages.Updating;
using GitOpsGen.Tests.Packages.Locking;
using Xunit;

namespace GitOpsGen.Tests.Packages.Updating;

/// <summary>What a removal says, and what it leaves of an entry.</summary>
public sealed class LockRemovalTests
{
    [Theory]
    [InlineData("")]
    [InlineData("indirect: true")]
    public void What_nothing_needs_goes_without_a_word(string more) =>
        Assert.Empty(Remove("*", Locks.Entry("Provider", "a/p", needs: [], more: more), Locks.Provider("a/q")).Diagnostics);

    [Theory]
    [InlineData(1, "a-d1 v1.0.0 needs it.")]
    [InlineData(4, "a-d1, a-d2, a-d3, a-d4 need it.")]
    [InlineData(5, "a-d1, a-d2, a-d3, a-d4 and 1 more need it.")]
    public void Who_needs_a_package_is_told_at_its_first_entry_and_of_many_the_number(int dependents, string text)
    {
        string[] needing = [.. Enumerable.Range(1, dependents).Select(i => Locks.Provider($"a/d{i}", "a/p"))];
        foreach (var (more, rule) in new[] { ("", Rules.StillNeeded), ("indirect: true\n    ", Rules.NotDeclared) })
        {
            string[] entries = [Entry(more, "dev"), Entry(more, "prod")];

            var found = Assert.Single(Remove("*", [.. entries, .. needing]).Diagnostics);

            Assert.Equal((rule, 3), (found.Rule, found.Span!.Value.Start.Line));
            Assert.EndsWith($" {text}", found.Message, StringComparison.Ordinal);
        }

        static string Entry(string more, string environment) =>
            Locks.Entry("Provider", "a/p", needs: [], more: $"{more}environments: [{environment}]");
    }

    [Fact]
    public void A_glob_stays_as_it_is_where_all_of_its_environments_stay() =>
        Assert.Equal(
            ["a/p v1.0.0 [p*]", "a/p v1.0.0 indirect [dev]"],
            Lines(Remove("dev", Locks.Entry("Provider", "a/p", needs: [], more: "environments: ['p*', dev]")))
        );

    [Fact]
    public void Of_an_entry_without_a_list_the_names_that_stay_are_in_order() =>
        Assert.Equal(["a/p v1.0.0 [dev, prod]", "a/p v1.0.0 indirect [staging]"], Lines(Remove("staging", Locks.Provider("a/p"))));

    private static Result<PackageLock> Remove(string pattern, params string[] entries)
    {
        var lockfile = Locks.Read(entries);
        var scope = World.About(World.Scope("prod dev staging"), pattern);
        return LockRemoval.Of([.. lockfile.Packages.Where(entry => entry.Package.Value.Path == "a/p")], new(lockfile, scope));
    }

    private static string[] Lines(Result<PackageLock> removed) => [.. removed.Value!.Packages.Select(LockLines.Of)];
}
