using System.Diagnostics;
using System.Text.RegularExpressions;
using CsCheck;
using GitOpsGen.Tests.Testing;
using GitOpsGen.Validation.Schemas;
using Xunit;

namespace GitOpsGen.Tests.Validation;

public sealed class GoPatternTests
{
    [Theory]
    [InlineData("b", "abc", true)]
    [InlineData("^a$", "a\n", false)]
    [InlineData("^.$", "\U0001F600", true)]
    [InlineData("^[^a]$", "\U0001F600", true)]
    [InlineData("^..$", "\U0001F600", false)]
    [InlineData("^.{2}$", "\U0001F600\U0001F600", true)]
    [InlineData("^.$", "\n", false)]
    [InlineData(@"^\d$", "\u0661", false)]
    [InlineData(@"^\w$", "\u00e9", false)]
    [InlineData(@"^\s$", "\u00a0", false)]
    [InlineData(@"^[\d_-]+$", "1-_", true)]
    [InlineData("^[a-z-[aeiou]]$", "b]", true)]
    [InlineData("^[]a]$", "]", true)]
    [InlineData("^[^]a]$", "]", false)]
    [InlineData("^[^]a]$", "b", true)]
    [InlineData(@"^[\w-.]$", "-", true)]
    [InlineData(@"^[\w-.]$", ",", false)]
    [InlineData(@"^[\s-x]$", "-", true)]
    [InlineData(@"^[\s-x]$", "0", false)]
    [InlineData(@"^[\d$^(.]+$", "1$^(.", true)]
    [InlineData(@"^a\.\/\<\'\_\-$", "a./<'_-", true)]
    [InlineData(@"^a\.$", "ab", false)]
    [InlineData("^(?:a|b)+?$", "ab", true)]
    [InlineData("a$|b", "a\n", false)]
    [InlineData("^[a-z-[b]$", "-", true)]
    [InlineData("^a{2,3}$", "aaa", true)]
    [InlineData("^a{,2}$", "a{,2}", true)]
    [InlineData("^a{02}$", "a{02}", true)]
    [InlineData("^a{2}?$", "aa", true)]
    [InlineData("^a{2}$", "a", false)]
    [InlineData("^(ab){2,}$", "ababab", true)]
    [InlineData("^(ab){2,}$", "ab", false)]
    [InlineData("^a{0}b$", "b", true)]
    [InlineData("^(a{1000}){0}$", "", true)]
    [InlineData("^(a*)*$", "b", false)]
    [InlineData("^(|a)+$", "aaa", true)]
    [InlineData("^(?P<n>a)(?<m>b)$", "ab", true)]
    [InlineData(@"^\D\W\S$", "a-\u00e9", true)]
    [InlineData(@"^\D$", "1", false)]
    [InlineData(@"^[\S]$", "\t", false)]
    [InlineData(@"^[^\S]$", "\t", true)]
    [InlineData(@"^\s$", "\v", false)]
    [InlineData(@"\ba\b", "b a", true)]
    [InlineData(@"\ba\b", "ba", false)]
    [InlineData(@"\Ba", "ba", true)]
    [InlineData(@"\Ba", "a", false)]
    [InlineData(@"^\x41\x{1F600}\101\0$", "A\U0001F600A\0", true)]
    [InlineData("^[\U0001F600-\U0001F602]\u00e9$", "\U0001F601\u00e9", true)]
    [InlineData("^[^\u00e9]$", "\u00e9", false)]
    [InlineData("^[[:alpha:]_]+$", "a_", true)]
    [InlineData("^[[:^alpha:]]$", "1", true)]
    [InlineData("^[[:punct:]]+$", "!~", true)]
    [InlineData("^[[:space:]]$", "\v", true)]
    [InlineData("^[[:alpha]$", ":", true)]
    [InlineData(@"\Aa\z", "a", true)]
    [InlineData("b|^a|c$", "xc", true)]
    [InlineData("", "a", true)]
    public void A_pattern_means_what_it_means_in_Go(string pattern, string text, bool matches) =>
        Assert.Equal(matches, GoPattern.Translate(pattern).IsMatch(text));

    [Theory]
    [InlineData("(?i)a")]
    [InlineData("(?=a)")]
    [InlineData(@"(a)\1")]
    [InlineData(@"\pL")]
    [InlineData(@"\Qa.b\E")]
    [InlineData(@"\é")]
    [InlineData("((((a{1000}){1000}){1000}){1000})")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("[a")]
    [InlineData("[z-a]")]
    [InlineData("a**")]
    [InlineData(@"a\")]
    [InlineData("a{2}{3}")]
    [InlineData("a***")]
    [InlineData("*a")]
    [InlineData("(|{2})")]
    [InlineData("a{1001}")]
    [InlineData("a{99999999999}")]
    [InlineData("a{3,2}")]
    [InlineData("(a{2,500}b){3}")]
    [InlineData(@"[a-\d]")]
    [InlineData(@"[\")]
    [InlineData(@"\x4")]
    [InlineData(@"\x{110000}")]
    [InlineData(@"\x{41")]
    [InlineData("(?P<a-b>a)")]
    [InlineData("(?<n>a)(?<n>b)")]
    [InlineData("[[:letter:]]")]
    public void What_is_not_translated_is_said_and_not_guessed(string pattern)
    {
        var translated = GoPattern.Translate(pattern);

        Assert.NotNull(translated.Problem);
        Assert.Null(translated.IsMatch("a"));
    }

    /// <summary>What a match costs is the states of the pattern times the text: beyond the bound nothing is known, and never guessed.</summary>
    [Theory]
    [InlineData("[a]([-a]{0,61}[a]){9}b", 5_000, false)]
    [InlineData("[a]([-a]{0,61}[a]){9}b", 60_000, null)]
    [InlineData("(a{1,90}){1,10}b", 2_000, false)]
    [InlineData("(a{1,90}){1,10}b", 60_000, null)]
    [InlineData("[a-z]([-a-z0-9]{0,61}[a-z0-9])?", 60_000, true)]
    [InlineData("^a{1,1000}$", 1000, true)]
    [InlineData("[]]{2}b", 1_000_000, false)]
    public void A_match_takes_a_bounded_number_of_steps(string pattern, int length, bool? expected) =>
        Assert.Equal(expected, GoPattern.Translate(pattern).IsMatch(new string('a', length)));

    /// <summary>What .NET reads as Go does, it also matches as Go does.</summary>
    [Fact]
    public void Any_pattern_matches_as_in_another_implementation() =>
        Gen.Select(Patterns(depth: 3), Gen.String[Gen.Char["ab-c"], 0, 8])
            .Sample(
                (pattern, text) =>
                    Assert.Equal(
                        Regex.IsMatch(text, pattern.Replace("$", @"\z", StringComparison.Ordinal), RegexOptions.NonBacktracking),
                        GoPattern.Translate(pattern).IsMatch(text)
                    ),
                iter: 4_000
            );

    private static Gen<string> Patterns(int depth)
    {
        var one = Gen.OneOf("a", "b", "c", ".", "^", "$", @"\b", @"\B", "[ab]", "[^a]", "[-a]", @"\w", @"\W", "");
        if (depth == 0)
        {
            return one;
        }

        var part = Patterns(depth - 1);
        var times = Gen.OneOf("*", "+", "?", "{2}", "{0,2}", "{1,}", "{2,3}?", "*?");
        return Gen.OneOf(
            Gen.Select(part, part, (first, second) => first + second),
            Gen.Select(part, part, (first, second) => $"({first}|{second})"),
            Gen.Select(part, times, (inner, count) => $"(?:{inner}){count}"),
            one
        );
    }

    [Fact]
    public void Hostile_patterns_take_no_time()
    {
        var clock = Stopwatch.StartNew();
        foreach (
            var pattern in new[]
            {
                "^(a+)+$",
                "(a*)*b",
                new string('(', 3_000),
                new string('(', 2_000) + new string(')', 2_000),
                "((a{1000}){1000}){1000}",
                new string('a', 100_000),
                string.Concat(Enumerable.Repeat("(a|b|c)*", 400)),
                "(a{1,900}){1,10}b",
                "((a?){1,90}){1,90}b",
                "((((a{2,}){3,}){4,}){5,}){6,}c",
            }
        )
        {
            GoPattern.Translate(pattern).IsMatch(new string('a', 60_000));
            GoPattern.Translate(pattern).IsMatch(new string('a', 10_000_000));
        }

        Assert.True(clock.Elapsed < HangGuard.Bound, $"It took {clock.Elapsed}.");
    }
}
