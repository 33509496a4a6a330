using System.Diagnostics;
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
    public void A_pattern_means_what_it_means_in_Go(string pattern, string text, bool matches) =>
        Assert.Equal(matches, GoPattern.Translate(pattern).IsMatch(text));

    [Theory]
    [InlineData("(?i)a")]
    [InlineData("(?=a)")]
    [InlineData(@"(a)\1")]
    [InlineData(@"\pL")]
    [InlineData(@"\D")]
    [InlineData(@"\W")]
    [InlineData(@"[\S]")]
    [InlineData(@"\ba")]
    [InlineData(@"\x41")]
    [InlineData(@"\x{41}")]
    [InlineData(@"\101")]
    [InlineData(@"\Qa.b\E")]
    [InlineData(@"\é")]
    [InlineData("(?P<n>a)")]
    [InlineData("(?<n>a)")]
    [InlineData("[\U0001F600]")]
    [InlineData("é")]
    [InlineData("[[:alpha:]]")]
    [InlineData("((((a{1000}){1000}){1000}){1000})")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("[a")]
    [InlineData("[z-a]")]
    [InlineData("a**")]
    [InlineData(@"a\")]
    public void What_is_not_translated_is_said_and_not_guessed(string pattern)
    {
        var translated = GoPattern.Translate(pattern);

        Assert.NotNull(translated.Problem);
        Assert.Null(translated.IsMatch("a"));
    }

    /// <summary>What a pattern costs is its states times the text: beyond the bound nothing is known, and never guessed.</summary>
    [Theory]
    [InlineData("(a{1,900}){1,10}b", 400, false)]
    [InlineData("(a{1,900}){1,10}b", 60_000, null)]
    [InlineData("[a-z]([-a-z0-9]{0,61}[a-z0-9])?", 60_000, true)]
    [InlineData("^a{1,1000}$", 1000, true)]
    [InlineData("[]]{2}b", 1_000_000, false)]
    public void A_match_takes_a_bounded_number_of_steps(string pattern, int length, bool? expected) =>
        Assert.Equal(expected, GoPattern.Translate(pattern).IsMatch(new string('a', length)));

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
