using System.Diagnostics;
using System.Text.RegularExpressions;
using CsCheck;
using GitOpsGen.Iam.Access;
using GitOpsGen.Tests.Testing;
using Xunit;

namespace GitOpsGen.Tests.Iam;

public sealed class WildcardTests
{
    private static readonly Gen<string> Pattern = Gen.String[Gen.Char["ab*?"], 0, 7];
    private static readonly string[] Fillers = ["", "c", "cc"];
    private static readonly string[] Texts = [.. Enumerable.Range(0, 7).SelectMany(Words)];

    [Fact]
    public void A_pattern_matches_what_the_regular_expression_does() =>
        Pattern.Sample(pattern => Texts.All(text => Wildcard.Matches(pattern, text) == Regex.IsMatch(text, AsRegex(pattern))));

    [Fact]
    public void A_pattern_that_contains_another_matches_all_of_its_texts() =>
        Gen.Select(Pattern, Pattern)
            .Sample(
                (outer, inner) =>
                    !Wildcard.Contains(outer, inner) || Texts.All(text => !Wildcard.Matches(inner, text) || Wildcard.Matches(outer, text)),
                iter: 3000
            );

    [Fact]
    public void Without_question_marks_containing_is_exact() =>
        Gen.Select(Gen.String[Gen.Char["ab*"], 0, 5], Gen.String[Gen.Char["ab*?"], 0, 3])
            .Sample(
                (outer, inner) =>
                    Wildcard.Contains(outer, inner)
                    || Texts.Concat(["c", "ccc", "acccb", "bccca"]).Any(text => Wildcard.Matches(inner, text) && !Wildcard.Matches(outer, text))
                    || HasWitness(outer, inner),
                iter: 3000
            );

    [Fact]
    public void Patterns_that_share_a_text_overlap() =>
        Gen.Select(Pattern, Pattern)
            .Sample(
                (one, other) => Wildcard.MayOverlap(one, other) || !Texts.Any(text => Wildcard.Matches(one, text) && Wildcard.Matches(other, text)),
                iter: 3000
            );

    [Theory]
    [InlineData("ecr:*", "ecr:Get*", true)]
    [InlineData("ecr:Get*", "ecr:*", false)]
    [InlineData("*", "ecr:?", true)]
    [InlineData("a?", "a*", false)]
    [InlineData("a?", "a?", true)]
    [InlineData("a?", "ab", true)]
    [InlineData("ab", "a?", false)]
    [InlineData("upbound/provider-*", "upbound/provider-aws-s3", true)]
    [InlineData("upbound/provider-*", "upbound/provider*", false)]
    public void Containing_is_as_people_read_it(string outer, string inner, bool expected) => Assert.Equal(expected, Wildcard.Contains(outer, inner));

    [Theory]
    [InlineData("a*", "b*", false)]
    [InlineData("*a", "*b", false)]
    [InlineData("a*c", "ab*d", false)]
    [InlineData("ab*", "a*", true)]
    [InlineData("a*", "ab*", true)]
    [InlineData("*ab", "*b", true)]
    [InlineData("*b", "*ab", true)]
    [InlineData("a?", "b*", false)]
    [InlineData("a", "b*", false)]
    [InlineData("b*", "a", false)]
    public void Patterns_overlap_unless_their_beginnings_or_ends_differ(string one, string other, bool expected) =>
        Assert.Equal(expected, Wildcard.MayOverlap(one, other));

    [Fact]
    public void Hostile_patterns_take_no_time()
    {
        var watch = Stopwatch.StartNew();
        var text = new string('a', 5000);

        Assert.False(Wildcard.Matches(string.Concat(Enumerable.Repeat("*a", 2500)) + "b", text));
        Assert.False(Wildcard.Matches("*" + new string('a', 2500) + "b", text));
        Assert.False(Wildcard.Contains(string.Concat(Enumerable.Repeat("a*?", 1500)) + "b", text));

        Assert.True(watch.Elapsed < HangGuard.Bound);
    }

    // A letter that neither pattern has, in every wildcard's place.
    private static bool HasWitness(string outer, string inner) =>
        Fillers.Any(filler =>
            inner.Replace("?", "c", StringComparison.Ordinal).Replace("*", filler, StringComparison.Ordinal) is var text
            && !Wildcard.Matches(outer, text)
        );

    private static string AsRegex(string pattern) => @"\A" + Regex.Escape(pattern).Replace(@"\*", ".*").Replace(@"\?", ".") + @"\z";

    private static IEnumerable<string> Words(int length) =>
        length == 0 ? [""] : Words(length - 1).SelectMany(word => new[] { word + "a", word + "b" });
}
