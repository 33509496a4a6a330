using GitOpsGen.Lockfile;
using GitOpsGen.Tests.Packages;
using Xunit;

namespace GitOpsGen.Tests.Lockfile;

/// <summary>Where entries appear that the file does not have yet.</summary>
public sealed class EntryOrderTests
{
    [Fact]
    public void Another_version_of_a_package_follows_the_one_that_is_there() =>
        Assert.Equal("a/x 1, a/x 2, a/y 1", Order(["a/x 1", "a/y 1"], ["a/x 2"]));

    [Fact]
    public void A_dependency_follows_the_last_entry_that_needs_it() =>
        Assert.Equal("a/x 1, a/y 1, b/d 1, a/z 1", Order(["a/x 1 b/d", "a/y 1 b/d", "a/z 1"], ["b/d 1"]));

    [Fact]
    public void What_nothing_in_the_file_needs_is_last() => Assert.Equal("b/x 1, b/y 1, a/d 1", Order(["b/x 1", "b/y 1"], ["a/d 1"]));

    [Fact]
    public void New_entries_at_one_place_are_ordered_by_package_and_version() =>
        Assert.Equal("a/x 1, b/d 1, b/d 2, b/e 1, b/f 1, a/z 1", Order(["a/x 1 b/f b/d b/e", "a/z 1"], ["b/f 1", "b/d 2", "b/e 1", "b/d 1"]));

    [Fact]
    public void New_entries_behind_the_last_one_of_the_file_are_ordered_too() =>
        Assert.Equal("a/x 1, b/d 1, b/e 1", Order(["a/x 1 b/d b/e"], ["b/e 1", "b/d 1"]));

    [Fact]
    public void Of_new_entries_the_one_that_needs_another_comes_first() =>
        Assert.Equal("a/x 1, d/d 1, c/c 1, b/b 1, a/z 1", Order(["a/x 1 d/d", "a/z 1"], ["b/b 1", "c/c 1 b/b", "d/d 1 c/c"]));

    [Fact]
    public void A_new_entry_waits_for_all_new_ones_that_need_it() =>
        Assert.Equal("a/x 1, a/z 1, c/c 1, b/d 1", Order(["a/x 1 b/d", "a/z 1"], ["b/d 1", "c/c 1 b/d"]));

    [Fact]
    public void New_entries_that_need_each_other_are_ordered_by_package() =>
        Assert.Equal("a/x 1, b/b 1, c/c 1", Order(["a/x 1"], ["c/c 1 b/b", "b/b 1 c/c"]));

    // Entries as "PACKAGE MAJOR NEEDS…".
    private static string Order(string[] file, string[] added)
    {
        var entries = Locks.Read([.. file.Concat(added).Select(Entry)]).Packages;
        var wanted = entries.Select(entry => entry.Index < file.Length ? entry : entry with { Index = null }).Reverse();
        return string.Join(", ", EntryOrder.Of([.. wanted]).Select(entry => $"{entry.Package.Value.Path} {entry.Version.Value.Major}"));
    }

    private static string Entry(string text) =>
        text.Split(' ') is [var path, var major, .. var needs]
            ? Locks.Entry("Provider", path, $"v{major}.0.0", needs)
            : throw new ArgumentException(text);
}
