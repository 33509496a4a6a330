using GitOpsGen.Model;
using Xunit;

namespace GitOpsGen.Tests.Model;

/// <summary>What may follow <c>--to</c> and <c>@</c>.</summary>
public class VersionSelectionTests
{
    private static readonly string[] Published =
    [
        "v1.9.0",
        "v2.0.0",
        "v2.1.0-RC.1",
        "v2.1.0-rc.1",
        "v2.1.0",
        "2.1.1",
        "v2.3.0",
        "v2.10.0",
        "v3.0.0-beta.1",
        "v3.0.0",
    ];

    [Theory]
    [InlineData("v2.1.0", "v2.1.0")]
    [InlineData("2.1.0", "v2.1.0")] // with or without v
    [InlineData("v2.1.1", "2.1.1")]
    [InlineData("2.1.0-rc.1", "v2.1.0-rc.1")] // not RC, which NuGet takes for the same
    [InlineData("~2.1", "v2.1.0 2.1.1")]
    [InlineData("^2.1.1", "2.1.1 v2.3.0 v2.10.0")]
    [InlineData(">=2.1.1, <2.10", "2.1.1 v2.3.0")]
    [InlineData("2.1", "v2.1.0 2.1.1")]
    [InlineData("2.*", "v2.0.0 v2.1.0 2.1.1 v2.3.0 v2.10.0")]
    [InlineData("v2.1.*", "v2.1.0 2.1.1")]
    [InlineData("[2.1,3.0)", "v2.1.0 2.1.1 v2.3.0 v2.10.0")]
    [InlineData("[v2.1, v2.3]", "v2.1.0 2.1.1 v2.3.0")]
    [InlineData("(2.1.0,2.10.0)", "2.1.1 v2.3.0")]
    [InlineData("(,2.0]", "v1.9.0 v2.0.0")]
    [InlineData("[2.10,)", "v2.10.0 v3.0.0-beta.1 v3.0.0")]
    [InlineData("[2.1.0]", "v2.1.0")]
    [InlineData("[2.1.0-rc.1,2.1.0)", "v2.1.0-rc.1")]
    [InlineData("2.1.0-*", "v2.1.0-RC.1 v2.1.0-rc.1 v2.1.0")]
    [InlineData("2.1.0-rc*", "v2.1.0-rc.1 v2.1.0")]
    [InlineData("v3.*-*", "v3.0.0-beta.1 v3.0.0")]
    [InlineData("2.1.*-RC.*", "v2.1.0-RC.1 v2.1.0 2.1.1")]
    [InlineData("1.8", "")]
    [InlineData("(2.0,2.0)", "")]
    public void Each_notation_means_the_versions_that_its_owner_means(string text, string expected)
    {
        Assert.True(VersionSelection.TryParse(text, out var selection, out _));
        var among = Published.Select(PackageVersion.Parse).Where(version => selection.Accepts(version) && Counts(selection, version));
        Assert.Equal(expected, string.Join(' ', among.Select(version => version.Text)));
        Assert.Equal(text, selection.Text);

        // A range without pre-releases in its bounds lets some in, as in NuGet; they count only where they are asked for.
        static bool Counts(VersionSelection selection, PackageVersion version) =>
            !version.IsPrerelease || selection is VersionSelection.Range || selection.NamesPrerelease;
    }

    [Theory]
    [InlineData("v2.1.0-rc.1", true)]
    [InlineData("v2.1.0", false)]
    [InlineData(">=2.1.0-0", true)]
    [InlineData("^2", false)]
    [InlineData("[2.1,3.0)", false)]
    [InlineData("[2.1,3.0-beta)", true)]
    [InlineData("2.1.0-*", true)]
    public void A_pre_release_is_asked_for_by_name(string text, bool expected)
    {
        Assert.True(VersionSelection.TryParse(text, out var selection, out _));
        Assert.Equal(expected, selection.NamesPrerelease);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("latest")]
    [InlineData("sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("[2.1.0.4,3.0)")]
    [InlineData("[2.1,3.0")]
    [InlineData("[3.0,2.0]")]
    [InlineData("[2.*,3.0)")]
    [InlineData("2.1-*")]
    [InlineData(">-v0.1.4")]
    [InlineData("[99999999999.0,)")]
    public void What_means_nothing_says_why(string text)
    {
        Assert.False(VersionSelection.TryParse(text, out var selection, out var problem));
        Assert.Null(selection);
        Assert.NotEmpty(problem!);
    }

    [Fact]
    public void An_excluded_bound_excludes_its_pre_releases()
    {
        Assert.True(VersionSelection.TryParse("[2.1,3.0)", out var selection, out _));
        Assert.False(selection.Accepts(PackageVersion.Parse("v3.0.0-beta.1")));
        Assert.True(selection.Accepts(PackageVersion.Parse("v2.99.0-beta.1")));
    }
}
