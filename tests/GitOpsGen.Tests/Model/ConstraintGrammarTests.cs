using System.Text.RegularExpressions;
using CsCheck;
using GitOpsGen.Model;
using GitOpsGen.Tests.Testing;
using Xunit;

namespace GitOpsGen.Tests.Model;

/// <summary>What is a constraint, against the regular expressions by which Masterminds semver decides it.</summary>
public sealed partial class ConstraintGrammarTests
{
    private const string Segment = @"[0-9xX*|]+";
    private const string Identifiers = @"[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*";
    private const string Version = $@"v?{Segment}(?:\.{Segment})?(?:\.{Segment})?(?:-{Identifiers})?(?:\+{Identifiers})?";
    private const string Comparator = $@"(?:=|!=|>|<|>=|=>|<=|=<|~|~>|\^|)[ \t\n\f\r]*{Version}";

    // Not RegexOptions.NonBacktracking, which misses the leftmost range in "=v || - x - 1".
    // Not \s, which knows more spaces in .NET than in Go; not $, which matches before a final line break.
    private static readonly Regex Group = new(
        $@"\A[ \t\n\f\r]*{Comparator}[ \t\n\f\r]*(?:(?:[ \t\n\f\r]+|,[ \t\n\f\r]*){Comparator}[ \t\n\f\r]*)*\z",
        RegexOptions.CultureInvariant
    );

    private static readonly Regex Range = new(
        $@"[ \t\n\f\r]*({Version})[ \t\n\f\r]+-[ \t\n\f\r]+({Version})[ \t\n\f\r]*",
        RegexOptions.CultureInvariant
    );

    private static readonly Gen<string> NearConstraints = Gen.Frequency<string>(
            (6, Gen.OneOf("1", "v1", "1.2", "1.2.3", "0.0.0", "v1.2.3-rc.1", "1.2.3+b", "x", "1.x", "*", "1.2.X", "1.x.3", "1-0", "01.2", "1|2")),
            (4, Gen.OneOf("=", "!=", ">", "<", ">=", "=>", "<=", "=<", "~", "~>", "^")),
            (6, Gen.OneOf(" ", "  ", ",", ", ", " , ", " || ", "||", " - ", " - ", "\t")),
            (1, Gen.OneOf("-", ".", "|", "+", "v", "\u00a0", "\v", "\n", "é", "=="))
        )
        .Array[0, 9]
        .Select(string.Concat);

    [Theory]
    [InlineData("1.2")]
    [InlineData(" 1.2\n")]
    [InlineData("v1.2.3-rc.1+build.5")]
    [InlineData(">= 1.2, < 2")]
    [InlineData(">=1.2 <2")]
    [InlineData(">=1.2 , <2")]
    [InlineData(">=1 || <2||3")]
    [InlineData("1.2 - 1.4.5")]
    [InlineData("1.0.0 - 2.0.0, <=2.0.0")]
    [InlineData("1.0.0 - 2.0.0 <=2.0.0")]
    [InlineData("2 - 3 4.0.0 - 5.1")]
    [InlineData("3 - 4 || => 3.0, < 4")]
    [InlineData("01.02.3")]
    [InlineData("x.1|2.99999999999999999999")]
    [InlineData("18446744073709551615.0.0")]
    public void These_are_constraints(string text)
    {
        Assert.True(VersionConstraint.TryParse(text, out var constraint, out var error), error);
        Assert.Null(error);
        Assert.Equal((text, text), (constraint.Text, constraint.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(">-v0.1.4")]
    [InlineData(">= bar")]
    [InlineData("BAR >= 1.2.3")]
    [InlineData("latest")]
    [InlineData("V1.2.3")]
    [InlineData("1.2.3.4")]
    [InlineData("12.3.34~ 1.2.3")]
    [InlineData(">1<2")]
    [InlineData("==1")]
    [InlineData("> = 1.2")]
    [InlineData(">=")]
    [InlineData(",1.0")]
    [InlineData("1.0,")]
    [InlineData("1.0,,2.0")]
    [InlineData("1 ||")]
    [InlineData("|| 1")]
    [InlineData("1 || || 2")]
    [InlineData("1.2.3-")]
    [InlineData("1.2.3+")]
    [InlineData("1.2.3-01")]
    [InlineData("1|2.3")]
    [InlineData("18446744073709551616.0.0")]
    [InlineData("1.0.0 -2.0.0")]
    [InlineData(">1 2 - 3")]
    [InlineData("1 - 2||3 - 4")]
    [InlineData("1\u00a02")]
    [InlineData("sha256:ecc25c121431dfc7058754427f97c034ecde26d4aafa0da16d258090e0443904")]
    public void These_are_not(string text)
    {
        Assert.False(VersionConstraint.TryParse(text, out var constraint, out var error));
        Assert.Null(constraint);
        Assert.NotEmpty(error);
    }

    [Theory]
    [InlineData("*-", 250)]
    [InlineData("1-", 250)]
    [InlineData("v12.x-", 249)]
    [InlineData("1.2-", 250)]
    [InlineData("v12.34.*-", 248)]
    [InlineData("1.2.3-", 250)]
    [InlineData("v1.2.3-", 249)]
    [InlineData("1.2.3+b-", 248)]
    public void A_version_has_at_most_256_characters_once_the_numbers_that_it_lacks_are_there(string start, int most)
    {
        Assert.True(VersionConstraint.TryParse(start + new string('a', most), out _, out _));
        Assert.False(VersionConstraint.TryParse(start + new string('a', most + 1), out _, out _));
    }

    [Fact]
    public void Operators_have_their_second_spellings()
    {
        string[][] spellings =
        [
            ["", "="],
            [">=", "=>"],
            ["<=", "=<"],
            ["~", "~>"],
        ];
        Assert.All(
            spellings,
            pair =>
            {
                var (first, second) = (Only(pair[0] + "1.2.3-rc"), Only(pair[1] + " 1.2.3-rc"));
                Assert.Equal(first, second);
            }
        );
    }

    [Fact]
    public void Text_is_taken_for_a_constraint_where_the_published_expressions_take_it() =>
        NearConstraints.Sample(text => Assert.Equal(IsConstraint(text), VersionConstraint.TryParse(text, out _, out _)), iter: 20_000);

    [Fact]
    public void Hyphen_ranges_are_rewritten_as_the_published_expression_does() =>
        NearConstraints
            .Where(text => text.Contains('-', StringComparison.Ordinal))
            .Sample(text => Assert.Equal(Rewrite(text), HyphenRange.Rewrite(text)), iter: 20_000);

    [Fact]
    public void Length_and_groups_are_limited()
    {
        Assert.True(VersionConstraint.TryParse(new string(' ', 511) + "1", out _, out _));
        Assert.False(VersionConstraint.TryParse(new string(' ', 512) + "1", out _, out var tooLong));
        Assert.Contains("too long", tooLong, StringComparison.Ordinal);
        Assert.False(VersionConstraint.TryParse("1" + new string('é', 256), out _, out tooLong));
        Assert.Contains("too long", tooLong, StringComparison.Ordinal);

        var groups = string.Join("||", Enumerable.Repeat("1", 32));
        Assert.True(VersionConstraint.TryParse(groups, out _, out _));
        Assert.False(VersionConstraint.TryParse(groups + "||1", out _, out var tooMany));
        Assert.Contains("too many", tooMany, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_inside_a_constraint_has_at_most_256_characters()
    {
        Assert.True(VersionConstraint.TryParse("1.2.3-" + new string('a', 250), out _, out _));
        Assert.False(VersionConstraint.TryParse("1.2.3-" + new string('a', 251), out _, out _));
        Assert.True(VersionConstraint.TryParse("v1-" + new string('a', 250), out _, out _));
        Assert.False(VersionConstraint.TryParse("v1-" + new string('a', 251), out _, out _));
        Assert.True(VersionConstraint.TryParse("1+" + new string('a', 500), out _, out _));
    }

    [Fact]
    public void Hostile_text_is_refused_at_once_and_nothing_throws()
    {
        string[] hostile =
        [
            new('>', 5_000_000),
            new(' ', 512),
            string.Concat(Enumerable.Repeat("1 ", 255)) + "_",
            string.Concat(Enumerable.Repeat("1  -", 128)),
            string.Concat(Enumerable.Repeat("1-", 255)) + "_",
            "\ud800\udfff\ud800",
            "1\0",
            "\"\u001b[31m",
        ];
        var start = TimeProvider.System.GetTimestamp();
        Assert.All(hostile, text => Assert.False(VersionConstraint.TryParse(text, out _, out _)));
        Gen.String.Sample(text => _ = DependencyConstraint.Parse(text));
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, HangGuard.Bound);
    }

    [Fact]
    public void An_error_quotes_control_characters_away()
    {
        Assert.False(VersionConstraint.TryParse("\u001b[31m\n", out _, out var error));
        Assert.DoesNotContain(error, char.IsControl);
    }

    [Fact]
    public void The_constraints_of_published_packages_are_read_but_for_the_one_known_to_be_wrong()
    {
        var folder = Path.Combine(Shared(), "data", "package-meta");
        Assert.SkipUnless(Directory.Exists(folder), "The package metadata beside the repository is not here.");
        var published = Directory
            .EnumerateFiles(folder, "*.yaml")
            .SelectMany(File.ReadLines)
            .Select(line => VersionLine().Match(line))
            .Where(m => m.Success)
            .Select(m => m.Groups[1].Value)
            .ToArray();
        Assert.InRange(published.Length, 40, int.MaxValue);
        var invalid = published.Select(DependencyConstraint.Parse).OfType<DependencyConstraint.Invalid>();
        Assert.Equal([">-v0.1.4"], invalid.Select(i => i.Text));
        Assert.Contains(published, p => DependencyConstraint.Parse(p) is DependencyConstraint.Exact);
    }

    private static VersionComparator Only(string text)
    {
        Assert.True(VersionConstraint.TryParse(text, out var constraint, out _));
        return Assert.Single(Assert.Single(constraint.Groups).Comparators);
    }

    // The steps as published; numbers and pre-releases are checked after the expressions have had their say.
    private static bool IsConstraint(string text) =>
        Rewrite(text).Split("||").All(part => Group.IsMatch(part) && Regex.Matches(part, Version, RegexOptions.CultureInvariant).All(IsRead));

    private static string Rewrite(string text)
    {
        var rewritten = text;
        foreach (Match range in Range.Matches(text))
        {
            var at = rewritten.IndexOf(range.Value, StringComparison.Ordinal);
            rewritten = $"{rewritten[..at]}>= {range.Groups[1].Value}, <= {range.Groups[2].Value} {rewritten[(at + range.Length)..]}";
        }
        return rewritten;
    }

    // In these texts numbers are short and pre-releases well-formed, except for a lone 01; only a bar that counts is refused.
    private static bool IsRead(Match version)
    {
        var core = version.Value.TrimStart('v').Split('-', '+')[0].Split('.').TakeWhile(s => s is not ("x" or "X" or "*"));
        var prerelease = version.Value.Split('+')[0].Split('-', 2).ElementAtOrDefault(1);
        return core.All(s => s.All(char.IsAsciiDigit) && s.TrimStart('0').Length < 20)
            && (prerelease is null || prerelease.Split('.').All(i => i.Length == 1 || i[0] != '0' || !i.All(char.IsAsciiDigit)));
    }

    private static string Shared()
    {
        if (Environment.GetEnvironmentVariable("GITOPSGEN_SHARED") is { Length: > 0 } configured)
        {
            return configured;
        }
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "GitOpsGen.sln")))
        {
            folder = folder.Parent;
        }
        return Path.Combine(folder?.Parent?.FullName ?? "", "shared");
    }

    [GeneratedRegex("""^\s+version: "?([^"]*)"?$""")]
    private static partial Regex VersionLine();
}
