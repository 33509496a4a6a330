using GitOpsGen.Review;
using GitOpsGen.Tests.Packages;
using Xunit;

namespace GitOpsGen.Tests.Review;

/// <summary>How packages move between two plans.</summary>
public sealed class PackageChangeTests
{
    [Theory]
    [InlineData("v1.2.3", "v1.2.4", "patch")]
    [InlineData("v1.2.3", "v1.3.0", "minor")]
    [InlineData("v0.2.3", "v0.2.4", "patch")]
    [InlineData("v0.2.3", "v0.3.0", "breaking")]
    [InlineData("v1.2.3", "v2.2.3", "major")]
    [InlineData("v1.2.3", "v1.2.4-rc.1", "pre-release")]
    [InlineData("v1.2.3", "v2.0.0-rc.1", "major")]
    [InlineData("v1.2.3", "v1.2.2", "downgrade")]
    [InlineData("v1.2.3", "1.2.3", "patch")] // the same version, another tag
    [InlineData("v1.2.3", "v1.2.3", "")]
    public void A_step_is_named_after_the_most_severe_of_what_it_is(string from, string to, string step) =>
        Assert.Equal(
            step,
            string.Concat(Between([Locks.Entry("Provider", "a/p", from, [])], [Locks.Entry("Provider", "a/p", to, [])]).Select(c => c.Step.Word()))
        );

    [Fact]
    public void Another_digest_of_one_version_is_a_step_and_one_that_is_not_known_is_none()
    {
        var moved = Locks.Provider("a/p").Replace(":0000", ":1000", StringComparison.Ordinal);
        var unlocked = string.Concat(moved.Split('\n').Where(line => !line.Contains("locked", StringComparison.Ordinal)).Select(line => $"{line}\n"));

        Assert.Equal(PackageStep.Digest, Assert.Single(Between([Locks.Provider("a/p")], [moved])).Step);
        Assert.Empty(Between([Locks.Provider("a/p")], [unlocked]));
        Assert.Empty(Between([unlocked], [Locks.Provider("a/p")]));
    }

    [Fact]
    public void A_new_package_that_nobody_asked_for_names_those_that_need_it_and_no_others()
    {
        string[] before = [Locks.Provider("a/other", "a/p"), Locks.Provider("a/p")];
        string[] after =
        [
            Locks.Provider("a/other", "a/p"),
            Locks.Provider("a/p", "a/new"),
            Locks.Entry("Provider", "a/new", needs: [], more: "indirect: true"),
        ];

        var change = Assert.Single(Between(before, after));

        Assert.Equal((PackageStep.New, "a-new", "a-p"), (change.Step, change.Object, Assert.Single(change.NeededBy)));
    }

    [Fact]
    public void What_leaves_has_no_version_after_it()
    {
        var change = Assert.Single(Between([Locks.Provider("a/p"), Locks.Provider("a/q")], [Locks.Provider("a/q")]));

        Assert.Equal((PackageStep.Removed, "a-p", "v1.0.0", null), (change.Step, change.Object, change.From, change.To));
    }

    private static PackageChange[] Between(string[] before, string[] after)
    {
        var (name, old, current) = Plans.Pair(before, after);
        return [.. PackageChange.Between(name, old, current)];
    }
}
