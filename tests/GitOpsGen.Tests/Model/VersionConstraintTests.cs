using CsCheck;
using GitOpsGen.Model;
using Xunit;

namespace GitOpsGen.Tests.Model;

public sealed class VersionConstraintTests
{
    private static readonly Gen<string> Written = Gen.Select(
        Gen.OneOf("", "=", "!=", ">", "<", ">=", "<=", "~", "^"),
        Gen.OneOf<string>(
            Versions.Any.Select(v => v.Text),
            Gen.OneOf("*", "0", "1", "1.x", "v2", "0.0", "0.1", "1.2", "1.2.X", "3.3.*", "1-0", "1.2-rc", "*-0")
        ),
        (comparison, version) => comparison + version
    );

    private static readonly Gen<string> Groups = Written.Array[1, 3].Select(comparators => string.Join(", ", comparators));

    [Theory]
    // No operator or "=": exact when complete, a range when partial.
    [InlineData("v0.24.0", "v0.24.0 0.24.0", "v0.24.1 v0.23.9 v0.24.0-rc.1")]
    [InlineData("=v0.3.1", "v0.3.1", "v0.3.2")]
    [InlineData("v1", "v1.0.0 v1.9.9", "v0.9.9 v2.0.0 v1.1.0-rc.1")]
    [InlineData("v0", "v0.0.0 v0.9.0", "v1.0.0")]
    [InlineData("1.2", "1.2.0 1.2.9", "1.1.9 1.3.0")]
    [InlineData("=1.2.x", "1.2.0 1.2.9", "1.1.9 1.3.0")]
    [InlineData("1.x.3", "1.0.0 1.9.9", "2.0.3 0.1.3")]
    [InlineData("*", "0.0.0 4.5.6", "1.2.3-alpha.1")]
    [InlineData("*-0", "0.0.0-0 1.2.3-alpha.1 4.5.6", "")]
    [InlineData("1.2.3-rc.1", "1.2.3-rc.1", "1.2.3 1.2.3-rc.2 1.2.3-RC.1")]
    [InlineData("1.2.3+build", "1.2.3", "1.2.4")]
    // "!="
    [InlineData("!=4.1.0", "4.1.1 5.0.0", "4.1.0 4.1.1-rc")]
    [InlineData("!=4.1", "4.2.0 5.1.0", "4.1.0 4.1.9 5.1.0-alpha.1")]
    [InlineData("!=4.x", "5.1.0 3.9.9", "4.0.0 4.1.0")]
    [InlineData("!=4.1-alpha", "4.1.0 4.1.0-beta 4.2.0-alpha", "4.1.0-alpha 4.1.1-alpha")]
    [InlineData("!=*", "0.0.1 1.0.0", "0.0.0")]
    // ">" and ">="
    [InlineData(">11", "12.0.0", "11.0.0 11.1.0 10.9.9")]
    [InlineData(">11.1", "11.2.0 12.0.0", "11.1.0 11.1.9 11.0.0")]
    [InlineData(">0.0-0", "0.1.0-alpha 0.1.0", "0.0.1-alpha 0.0.1")]
    [InlineData(">1.2.3-alpha.1", "1.2.3-alpha.2 1.3.3-alpha.2 1.2.3", "1.2.3-alpha.1 1.2.3-ALPHA.2")]
    [InlineData(">*", "0.0.1 1.0.0", "0.0.0")]
    [InlineData(">=11.1", "11.1.0 12.0.0", "11.0.9 12.0.0-rc.1")]
    [InlineData(">= 0.0.0", "0.0.0 9.9.9", "0.0.1-rc.0")]
    [InlineData(">= 0.0.0-0", "0.0.0-0 0.0.0-alpha 1.2.3 3.4.5-beta.1", "")]
    [InlineData(">=v1.14.1-0", "v1.14.1-0 v1.14.1-rc.0 v1.14.1 v2.0.0-rc.1 v2.3.4", "v1.14.0 v1.14.0-rc.1")]
    [InlineData("=>1.2.3-BETA", "1.2.3-alpha 1.2.3-BETA", "1.2.3-ALPHA")]
    // "<" and "<="
    [InlineData("<11", "0.1.0 10.9.9", "11.0.0 11.1.0")]
    [InlineData("<1.1.x", "1.0.500", "1.1.0 1.1.500 1.2.1")]
    [InlineData("<0-z", "0.0.0-alpha", "0.0.0 0.0.1-alpha")]
    [InlineData("<=11", "11.9.9 1.0.0", "12.0.0")]
    [InlineData("<=1.1", "1.1.0 1.1.9 0.1.0", "1.2.0 2.0.0 0.1.0-alpha")]
    [InlineData("=<1.1-a", "0.1.0-alpha 1.1.0 1.1.9", "1.2.0-a")]
    [InlineData("<=2.x", "2.9.9", "3.0.0")]
    [InlineData("<=1.2.3", "1.2.3 1.2.2", "1.2.4")]
    [InlineData("<=*", "0.0.0 0.0.9", "0.1.0 1.0.0")]
    // "~"
    [InlineData("~1.2.3", "1.2.3 1.2.9", "1.2.2 1.3.0 2.2.3")]
    [InlineData("~1.2", "1.2.0 1.2.9", "1.3.0 1.1.0")]
    [InlineData("~>1", "1.0.0 1.9.9", "2.0.0 0.9.9")]
    [InlineData("~0.0.x", "0.0.0 0.0.9", "0.1.0 1.0.0")]
    [InlineData("~0.0.0", "0.0.0 0.3.0 1.2.3", "0.0.1-rc")]
    [InlineData("~0.0.0-rc", "0.0.0-rc 0.0.0 7.0.0", "0.0.0-alpha")]
    [InlineData("~*", "0.0.0 2.1.1", "2.1.1-rc")]
    [InlineData("~1.2.3-beta.2", "1.2.3-beta.4 1.2.4-beta.2 1.2.3", "1.2.3-beta.1 1.3.4-beta.2")]
    [InlineData("~1.1-alpha", "1.1.1-beta 1.1.0-alpha", "1.2.0-alpha 1.1.0-ALPHA")]
    // "^"
    [InlineData("^1.2.3", "1.2.3 1.9.0", "1.2.2 2.0.0 1.3.0-alpha")]
    [InlineData("^1.2", "1.2.0 1.9.0", "1.1.9 2.0.0")]
    [InlineData("^1.x", "1.0.0 1.9.0", "2.0.0 0.9.9")]
    [InlineData("^0.2.3", "0.2.3 0.2.9", "0.2.2 0.3.0 1.2.3")]
    [InlineData("^0.2", "0.2.0 0.2.9", "0.1.9 0.3.0")]
    [InlineData("^0.0.3", "0.0.3", "0.0.2 0.0.4 0.1.3")]
    [InlineData("^0.0", "0.0.0 0.0.9", "0.1.0 1.0.0")]
    [InlineData("^0", "0.0.0 0.9.9", "1.0.0")]
    [InlineData("^0.0.0", "0.0.0", "0.0.1 1.2.3")]
    [InlineData("^*", "0.0.0", "0.0.1 1.0.0")]
    [InlineData("^1.2.0-alpha.2", "1.2.0-alpha.2 1.2.1-alpha.1 1.9.0", "1.2.0-alpha.1 2.0.0-alpha.3")]
    [InlineData("^0.2.3-beta.2", "0.2.3-beta.2 0.2.4-beta.2", "0.2.3-beta.1 0.3.0-beta.2")]
    // Groups.
    [InlineData(">=1.1, <2, !=1.2.3 || > 3", "1.1.0 1.9.9 4.0.0", "1.2.3 2.0.0 3.0.0 3.1.2")]
    [InlineData(">=1.1    <2    !=1.2.3", "1.1.0", "1.2.3 2.0.0")]
    [InlineData(">=1.0.0-0 <2", "1.0.0-rc 1.5.0-rc 2.0.0-rc", "2.0.0 2.1.0-rc")]
    [InlineData(">=1.0.0-0, <2 || 3", "1.5.0-rc 3.1.0", "3.1.0-rc")]
    [InlineData("1.2 - 1.4.5", "1.2.0 1.4.5", "1.1.9 1.4.6")]
    [InlineData("1.2 - 2", "1.2.0 2.9.9", "3.0.0 1.1.0")]
    [InlineData("v1.0.0-0 - v2.0.0", "1.0.0-0 1.5.0-rc 2.0.0-rc 2.0.0", "2.0.1 2.0.1-rc")]
    [InlineData("1.1-3", "1.1.0-3 1.1.0-4 1.1.9", "1.1.0-2 1.2.0 2.0.0")]
    public void A_constraint_accepts_what_Masterminds_accepts(string text, string accepted, string refused)
    {
        var constraint = Parse(text);
        Assert.All(accepted.Split(' ', StringSplitOptions.RemoveEmptyEntries), v => Assert.True(constraint.Accepts(PackageVersion.Parse(v)), v));
        Assert.All(refused.Split(' ', StringSplitOptions.RemoveEmptyEntries), v => Assert.False(constraint.Accepts(PackageVersion.Parse(v)), v));
    }

    [Theory]
    [InlineData("{0}.x", ">= {0}.0.0, < {3}.0.0")]
    [InlineData("{0}.{1}.x", ">= {0}.{1}.0, < {0}.{4}.0")]
    [InlineData("~{0}.{1}.{2}-0", ">= {0}.{1}.{2}-0, < {0}.{4}.0-0", "0.0.0")]
    [InlineData("~{0}.{1}.{2}", ">= {0}.{1}.{2}, < {0}.{4}.0", "0.0.0")]
    [InlineData("^{3}.{1}.{2}", ">= {3}.{1}.{2}, < {6}.0.0")]
    [InlineData("^0.{4}.{2}", ">= 0.{4}.{2}, < 0.{7}.0")]
    [InlineData("^0.0.{2}", ">= 0.0.{2}, < 0.0.{5}")]
    [InlineData("> {0}", ">= {3}.0.0")]
    [InlineData("> {0}.{1}", ">= {0}.{4}.0")]
    [InlineData("<= {0}", "< {3}.0.0")]
    [InlineData("<= {0}.{1}", "< {0}.{4}.0")]
    [InlineData("!= {0}.{1}", "< {0}.{1}.0 || >= {0}.{4}.0")]
    [InlineData("!= {0}", "< {0}.0.0 || >= {3}.0.0")]
    [InlineData("{0}.{1} - {3}.{2}", ">= {0}.{1}.0, < {3}.{5}.0")]
    public void Shorthand_means_the_plain_comparisons(string shorthand, string plain, string except = "")
    {
        var numbers = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2]);
        Gen.Select(numbers, Versions.Any)
            .Sample(
                (n, version) =>
                {
                    object[] of = [n.Item1, n.Item2, n.Item3, n.Item1 + 1, n.Item2 + 1, n.Item3 + 1, n.Item1 + 2, n.Item2 + 2];
                    if ($"{n.Item1}.{n.Item2}.{n.Item3}" != except)
                    {
                        Assert.Equal(Accepts(Filled(plain, of), version), Accepts(Filled(shorthand, of), version));
                    }
                }
            );
    }

    [Fact]
    public void A_constraint_accepts_what_one_of_its_groups_accepts() =>
        Gen.Select(Groups.Array[1, 4], Versions.Any)
            .Sample((groups, version) => Assert.Equal(groups.Any(g => Accepts(g, version)), Accepts(string.Join(" || ", groups), version)));

    [Fact]
    public void A_group_accepts_releases_that_all_its_comparators_accept() =>
        Gen.Select(Written.Array[1, 4], Versions.Releases)
            .Sample(
                (comparators, version) => Assert.Equal(comparators.All(c => Accepts(c, version)), Accepts(string.Join(' ', comparators), version))
            );

    [Fact]
    public void A_prerelease_is_accepted_only_where_one_is_named() =>
        Gen.Select(Groups, Versions.Any)
            .Where((_, version) => version.IsPrerelease)
            .Sample((group, version) => Assert.True(group.Contains('-', StringComparison.Ordinal) || !Accepts(group, version)));

    [Fact]
    public void A_version_is_at_least_and_at_most_itself() =>
        Versions.Any.Sample(version =>
        {
            Assert.All((string[])["", ">=", "<=", "~", "^"], comparison => Assert.True(Accepts(comparison + version.Text, version)));
            Assert.All((string[])["!=", ">", "<"], comparison => Assert.False(Accepts(comparison + version.Text, version)));
        });

    [Fact]
    public void Comparisons_follow_precedence() =>
        Gen.Select(Versions.Any, Versions.Any)
            .Sample(
                (bound, version) =>
                {
                    var order = version.ComparePrecedence(bound);
                    // The second comparator lets pre-releases in and refuses nothing.
                    bool Passes(string comparison) => Accepts($"{comparison}{bound.Text}, >=0.0.0-0", version);
                    Assert.Equal((order > 0, order >= 0, order < 0), (Passes(">"), Passes(">="), Passes("<")));
                    Assert.Equal((order <= 0, order == 0, order != 0), (Passes("<="), Passes("="), Passes("!=")));
                }
            );

    [Fact]
    public void Equal_texts_are_equal_constraints()
    {
        Assert.Equal(Parse(">= 1"), Parse(">= 1"));
        Assert.Equal(Parse(">= 1").GetHashCode(), Parse(">= 1").GetHashCode());
        Assert.NotEqual(Parse(">= 1"), Parse(">=1"));
    }

    [Fact]
    public void Two_constraints_are_equal_when_their_texts_are()
    {
        Assert.True(Parse(">=1.0").Equals(Parse(">=1.0")));
        Assert.Equal(Parse(">=1.0").GetHashCode(), Parse(">=1.0").GetHashCode());
        Assert.False(Parse(">=1.0").Equals(Parse(">= 1.0")));
        Assert.False(Parse(">=1.0").Equals((object?)null));
    }

    private static VersionConstraint Parse(string text)
    {
        Assert.True(VersionConstraint.TryParse(text, out var constraint, out var error), error);
        return constraint;
    }

    private static bool Accepts(string constraint, PackageVersion version) => Parse(constraint).Accepts(version);

    private static string Filled(string template, object[] numbers) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, template, numbers);
}
