using GitOpsGen.Cli.Reporting;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary>Tables as wide as they need, or as they may be.</summary>
public sealed class TextTableTests
{
    private const string Long = "xpkg.upbound.io/upbound/provider-aws-elasticbeanstalk";

    private static readonly string[][] Rows =
    [
        ["package", "dev", "prod", "note"],
        [Long, "v2.3.0", "v2.2.0", "2 versions; v2.2.0 may be gone"],
        ["ghcr.io/acme/p", "v1.0.0-rc.1", "-", ""],
    ];

    [Fact]
    public void Without_a_width_nothing_is_cut()
    {
        var lines = TextTable.Of(Rows).TrimEnd('\n').Split('\n');

        Assert.StartsWith($"{Long}  v2.3.0       v2.2.0  2 versions", lines[1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public void Every_line_fits_the_width_and_versions_stay_whole()
    {
        for (var width = 65; width <= 130; width++)
        {
            var lines = TextTable.Of(Rows, width).TrimEnd('\n').Split('\n');

            Assert.All(lines, line => Assert.InRange(line.Length, 1, width));
            Assert.Contains("v2.3.0 ", lines[1], StringComparison.Ordinal);
            Assert.Contains("v1.0.0-rc.1", lines[2], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_table_that_fits_is_the_same_with_a_width() => Assert.Equal(TextTable.Of(Rows), TextTable.Of(Rows, 200));

    [Theory]
    [InlineData("provider-aws-s3", 15, "provider-aws-s3")]
    [InlineData("provider-aws-s3", 14, "provid…-aws-s3")]
    [InlineData("provider-aws-s3", 5, "pr…s3")]
    public void A_name_is_shortened_in_the_middle(string text, int width, string expected) => Assert.Equal(expected, TextTable.Shorten(text, width));

    [Fact]
    public void No_rows_are_no_text() => Assert.Equal("", TextTable.Of([], 80));
}
