using System.Text.RegularExpressions;
using CsCheck;
using GitOpsGen.Model;
using GitOpsGen.Tests.Testing;
using Xunit;

namespace GitOpsGen.Tests.Model;

public sealed class PackageVersionTests
{
    // Texts near the grammar: most are almost a version, some are one.
    private static readonly Gen<string> NearVersions = Gen.OneOf<string>(
        Versions.Any.Select(v => v.Text),
        Gen.OneOf("v", "V", "0", "1", "01", "12", "999999999", "1000000000", ".", "-", "+", "rc", "x", " ", "\n", "²", "٣", "sha256:")
            .Array[0, 12]
            .Select(string.Concat),
        Gen.Select(Versions.Any, Gen.OneOf("\n", " ", "+a", ".", "-", ".4", "é", "\0"), (v, end) => v.Text + end)
    );

    [Theory]
    [InlineData("v1.2.3", 1, 2, 3, "")]
    [InlineData("0.0.0", 0, 0, 0, "")]
    [InlineData("v999999999.0.10", 999999999, 0, 10, "")]
    [InlineData("1.2.3-rc.1", 1, 2, 3, "rc.1")]
    [InlineData("v1.20.0-0", 1, 20, 0, "0")]
    [InlineData("v1.20.0-rc.0.12.g1a2b3c", 1, 20, 0, "rc.0.12.g1a2b3c")]
    [InlineData("1.0.0--", 1, 0, 0, "-")]
    [InlineData("1.0.0-0a", 1, 0, 0, "0a")]
    public void A_complete_version_is_read_and_its_tag_kept(string text, int major, int minor, int patch, string prerelease)
    {
        Assert.True(PackageVersion.TryParse(text, out var version));
        Assert.Equal((major, minor, patch, prerelease), (version.Major, version.Minor, version.Patch, version.Prerelease));
        Assert.Equal(prerelease.Length > 0, version.IsPrerelease);
        Assert.Equal((text, text), (version.Text, version.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("latest")]
    [InlineData("v2")]
    [InlineData("2.2")]
    [InlineData("1.2.3.4")]
    [InlineData("V1.2.3")]
    [InlineData("vv1.2.3")]
    [InlineData("v 1.2.3")]
    [InlineData(" 1.2.3")]
    [InlineData("1.2.3 ")]
    [InlineData("1.2.3\n")]
    [InlineData("1.2.3-rc\n")]
    [InlineData("\n1.2.3")]
    [InlineData("01.2.3")]
    [InlineData("1.2.03")]
    [InlineData("1.2.x")]
    [InlineData("-1.2.3")]
    [InlineData("1000000000.0.0")]
    [InlineData("1.2.3-")]
    [InlineData("1.2.3-01")]
    [InlineData("1.2.3-rc..1")]
    [InlineData("1.2.3-rc_1")]
    [InlineData("1.2.3-ä")]
    [InlineData("1.2.3+build")]
    [InlineData("1.2.3-rc+build")]
    [InlineData("٣.2.3")]
    [InlineData("sha256:ecc25c121431dfc7058754427f97c034ecde26d4aafa0da16d258090e0443904")]
    public void Anything_else_is_refused(string text) => Assert.False(PackageVersion.TryParse(text, out _));

    [Fact]
    public void A_tag_has_at_most_128_characters()
    {
        var longest = "1.2.3-" + new string('a', 122);
        Assert.True(PackageVersion.TryParse(longest, out _));
        Assert.False(PackageVersion.TryParse(longest + "a", out _));
        Assert.False(PackageVersion.TryParse(longest + "\n", out _));
    }

    [Fact]
    public void TryParse_accepts_exactly_what_the_pattern_matches_by_the_rules_of_ECMA_262()
    {
        var pattern = new Regex(PackageVersion.Pattern, RegexOptions.ECMAScript);
        NearVersions.Sample(text => Assert.Equal(pattern.IsMatch(text), PackageVersion.TryParse(text, out _)));
    }

    [Fact]
    public void TryParse_accepts_exactly_the_grammar_of_semver_without_build() =>
        NearVersions.Sample(text => Assert.Equal(IsVersion(text), PackageVersion.TryParse(text, out _)));

    [Fact]
    public void Hostile_text_is_refused_at_once()
    {
        string[] hostile =
        [
            new('1', 5_000_000),
            "1.2.3-" + new string('0', 5_000_000),
            "1.2.3-" + string.Concat(Enumerable.Repeat("1a.", 1_000_000)),
            "1.2.3-" + new string('1', 121) + "_",
            "\ud800.0.0",
            "1.2.3\0",
        ];
        var start = TimeProvider.System.GetTimestamp();
        Assert.All(hostile, text => Assert.False(PackageVersion.TryParse(text, out _)));
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, HangGuard.Bound);
    }

    [Fact]
    public void Versions_are_ordered_as_semver_says_with_upper_case_first()
    {
        string[] ascending =
        [
            "0.0.0-0",
            "0.0.0",
            "v0.0.1",
            "0.1.0",
            "1.0.0-0",
            "1.0.0-2",
            "1.0.0-10",
            "1.0.0--",
            "1.0.0-0a",
            "1.0.0-RC",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.1.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc",
            "1.0.0-rc.1",
            "1.0.0-rc-1",
            "1.0.0",
            "1.0.1",
            "1.2.0",
            "1.10.0",
            "2.0.0",
            "10.0.0",
        ];
        var shuffled = ascending.Select(PackageVersion.Parse).OrderBy(v => v.Text.Reverse().First()).ThenBy(v => v.Text.Length);
        Assert.Equal(ascending, shuffled.Order().Select(v => v.Text));
    }

    [Theory]
    [InlineData("v2.2.0", false, false)]
    [InlineData("v2.2.0-up.1", false, true)]
    [InlineData("v2.2.0-bb.0", false, true)]
    [InlineData("v2.1.9-up.1", true, true)]
    [InlineData("v2.2.0-rc.1", true, false)]
    [InlineData("v2.2.0-rc1", true, false)]
    [InlineData("v2.2.0-RC.0.88.gabcdef0", true, false)]
    [InlineData("v2.2.0-0", true, false)]
    [InlineData("v2.2.0-alpha", true, false)]
    [InlineData("v2.2.1-rc.1", false, false)]
    [InlineData("v2.3.0-rc.1", false, false)]
    [InlineData("v1.20.0", true, false)]
    public void A_forks_build_of_a_release_is_not_before_it(string text, bool isBefore, bool isFork)
    {
        Assert.Equal(isBefore, PackageVersion.Parse(text).IsBefore(2, 2));
        Assert.Equal(isFork, PackageVersion.Parse(text).IsForkOfRelease);
    }

    [Fact]
    public void Numeric_identifiers_above_64_bits_are_text_as_in_Masterminds()
    {
        Assert.Equal(-1, Compare("1.0.0-18446744073709551615", "1.0.0-18446744073709551616"));
        Assert.Equal(-1, Compare("1.0.0-100000000000000000000", "1.0.0-99999999999999999999"));
        Assert.Equal(1, Compare("1.0.0-99999999999999999999", "1.0.0-5"));
    }

    [Fact]
    public void A_leading_v_changes_the_tag_and_not_the_precedence()
    {
        var (bare, prefixed) = (PackageVersion.Parse("1.2.3-rc.1"), PackageVersion.Parse("v1.2.3-rc.1"));
        Assert.Equal(0, bare.ComparePrecedence(prefixed));
        Assert.NotEqual(bare, prefixed);
        Assert.True(bare.CompareTo(prefixed) < 0 && prefixed.CompareTo(bare) > 0);
        Assert.Equal(prefixed, PackageVersion.Parse("v1.2.3-rc.1"));
    }

    [Fact]
    public void The_order_is_total_antisymmetric_and_transitive()
    {
        Gen.Select(Versions.Any, Versions.Any, Versions.Any)
            .Sample(
                (a, b, c) =>
                {
                    Assert.Equal(Math.Sign(a.CompareTo(b)), -Math.Sign(b.CompareTo(a)));
                    Assert.Equal(Math.Sign(a.ComparePrecedence(b)), -Math.Sign(b.ComparePrecedence(a)));
                    Assert.Equal(a.CompareTo(b) == 0, a.Equals(b));
                    Assert.Equal(a.ComparePrecedence(b) == 0, a.Precedence == b.Precedence);
                    Assert.True(!(a.CompareTo(b) <= 0 && b.CompareTo(c) <= 0) || a.CompareTo(c) <= 0);
                    Assert.True(!(a.ComparePrecedence(b) <= 0 && b.ComparePrecedence(c) <= 0) || a.ComparePrecedence(c) <= 0);
                }
            );
    }

    private static int Compare(string left, string right) => PackageVersion.Parse(left).ComparePrecedence(PackageVersion.Parse(right));

    // The grammar again, without a regular expression.
    private static bool IsVersion(string text)
    {
        var version = text.StartsWith('v') ? text[1..] : text;
        var hyphen = version.IndexOf('-', StringComparison.Ordinal);
        var numbers = (hyphen < 0 ? version : version[..hyphen]).Split('.');
        return text.Length <= 128
            && numbers.Length == 3
            && numbers.All(n => n.Length is > 0 and <= 9 && n.All(char.IsAsciiDigit) && (n.Length == 1 || n[0] != '0'))
            && (
                hyphen < 0
                || version[(hyphen + 1)..]
                    .Split('.')
                    .All(i =>
                        i.Length > 0
                        && i.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
                        && (i.Length == 1 || i[0] != '0' || !i.All(char.IsAsciiDigit))
                    )
            );
    }
}
