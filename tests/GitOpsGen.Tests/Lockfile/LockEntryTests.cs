using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Tests.Packages;
using Xunit;

namespace GitOpsGen.Tests.Lockfile;

public sealed class LockEntryTests
{
    [Theory]
    [InlineData("", "package")]
    [InlineData("name: other", "name")]
    public void The_name_of_an_object_comes_from_the_key_that_gives_it(string more, string key) =>
        Assert.Equal(
            new Origin.LockKey(1, key),
            Locks.Read(Locks.Provider("a/p"), Locks.Entry("Provider", "a/q", needs: [], more: more)).Packages[1].FromName
        );

    [Fact]
    public void Entries_are_the_same_wherever_they_are_if_they_say_the_same()
    {
        var entries = Locks
            .Read(
                Locks.Provider("a/p"),
                Locks.Provider("a/q"),
                Locks.Provider("a/q"),
                Locks.Entry("Provider", "a/q", "v1.1.0", []),
                Locks.Provider("a/q", "a/p")
            )
            .Packages;

        Assert.Equal([false, true, true, false, false], entries.Select(entry => LockfileEditor.IsSame(entries[1], entry)));
    }
}
