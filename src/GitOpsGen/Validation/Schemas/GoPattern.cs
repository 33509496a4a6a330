using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Validation.Schemas;

/// <summary>
/// A regular expression in Go's syntax (https://github.com/google/re2/wiki/Syntax), matched in linear time. Supported is what .NET
/// reads alike, or after a simple rewrite: <c>$</c> is the end of the text, <c>\d</c>, <c>\w</c> and <c>\s</c> are ASCII. Flags, Unicode
/// classes and the like are reported, not guessed.
/// </summary>
internal sealed partial class GoPattern
{
    /// <summary>Longer than any pattern of a real CRD.</summary>
    public const int LongestPattern = 4096;

    /// <summary>The most steps of one match: the states of the pattern times the characters of the text; they take about a tenth of a second.</summary>
    public const long MostSteps = 8_000_000;

    private readonly Regex? regex;
    private readonly long states;

    private GoPattern(Regex? regex, string? problem, long states = 0)
    {
        this.regex = regex;
        this.states = states;
        Problem = problem;
    }

    /// <summary>Why it cannot be evaluated, as the end of a sentence.</summary>
    public string? Problem { get; }

    /// <summary>Why <see cref="IsMatch"/> did not know.</summary>
    public string WhyNotMatched => Problem ?? $"the pattern has too many states for a text of this length";

    public static GoPattern Translate(string pattern)
    {
        if (pattern.Length > LongestPattern)
        {
            return new(null, $"the pattern has more than {LongestPattern} characters");
        }

        if (!TryRewrite(pattern, out var rewritten, out var problem))
        {
            return new(null, problem);
        }

        try
        {
            return new(
                new(rewritten, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture),
                null,
                PatternSize.Of(rewritten)
            );
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException)
        {
            return new(null, "the pattern is too large, or is not a regular expression");
        }
    }

    /// <summary>Whether the pattern is found in the text; nothing where that cannot be known.</summary>
    public bool? IsMatch(string text)
    {
        if (regex is null || states * text.Length > MostSteps)
        {
            return null;
        }

        // For Go, two UTF-16 units are one character. To a pattern in ASCII it does not matter which.
        return regex.IsMatch(text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? Pairs().Replace(text, "\ue000") : text);
    }

    private static bool TryRewrite(string pattern, [NotNullWhen(true)] out string? rewritten, [NotNullWhen(false)] out string? problem)
    {
        var output = new StringBuilder(pattern.Length + 16);
        var inClass = false;
        (rewritten, problem) = (null, null);
        for (var i = 0; i < pattern.Length && problem is null; i++)
        {
            var rest = pattern.AsSpan(i);
            switch (pattern[i])
            {
                case '\\' when rest.Length > 1 && Escape(rest[1], inClass) is { } escape:
                    output.Append(escape);
                    i++;
                    break;
                case '\\':
                    problem =
                        rest.Length > 1
                            ? $"the pattern has the escape \\{Excerpt.Of(rest[1].ToString())}, which is not supported"
                            : "the pattern ends in a backslash";
                    break;
                case '(' when !inClass && rest.StartsWith("(?") && !rest.StartsWith("(?:"):
                    problem = "the pattern has flags, a named group or look-around, which are not supported";
                    break;
                case '$' when !inClass:
                    output.Append(@"\z");
                    break;
                case '[' when !inClass:
                    // A closing bracket directly behind the opening one is a member.
                    var start = rest.StartsWith("[^") ? 2 : 1;
                    var isMember = rest[start..].StartsWith("]");
                    output.Append(rest[..start]).Append(isMember ? @"\]" : "");
                    i += start - (isMember ? 0 : 1);
                    inClass = true;
                    break;
                case '[' when rest.StartsWith("[:"):
                    problem = "the pattern has a named class, which is not supported";
                    break;
                case '[':
                    output.Append(@"\["); // .NET would subtract a class
                    break;
                case ']':
                    output.Append(']');
                    inClass = false;
                    break;
                case > '\x7f':
                    problem = "the pattern has a character that is not ASCII, which is not supported";
                    break;
                default:
                    output.Append(pattern[i]);
                    break;
            }
        }

        rewritten = problem is null ? output.ToString() : null;
        return rewritten is not null;
    }

    // Each class ends in a range: a dash behind it is a dash.
    private static string? Escape(char letter, bool inClass) =>
        letter switch
        {
            'd' => inClass ? "0-9" : "[0-9]",
            'w' => inClass ? "_0-9A-Za-z" : "[_0-9A-Za-z]",
            's' => inClass ? @"\f\r \t-\n" : @"[\f\r \t-\n]",
            'n' or 't' or 'r' or 'f' or 'v' or 'a' => $@"\{letter}",
            'A' or 'z' when !inClass => $@"\{letter}",
            _ when char.IsAscii(letter) && !char.IsAsciiLetterOrDigit(letter) => string.Create(CultureInfo.InvariantCulture, $@"\x{(int)letter:X2}"),
            _ => null,
        };

    [GeneratedRegex(@"[\uD800-\uDBFF][\uDC00-\uDFFF]", RegexOptions.CultureInvariant)]
    private static partial Regex Pairs();
}
