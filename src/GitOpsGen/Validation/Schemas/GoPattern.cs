using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GitOpsGen.Validation.Schemas;

/// <summary>
/// A regular expression in Go's syntax (https://github.com/google/re2/wiki/Syntax), matched in linear time whatever the pattern. Where
/// a text has characters beyond the first plane, another translation takes each pair of UTF-16 units as one character.
/// </summary>
internal sealed class GoPattern
{
    /// <summary>Longer than any pattern of a real CRD.</summary>
    public const int LongestPattern = 4096;

    /// <summary>A hostile pattern times a hostile text would still be slow.</summary>
    public const int LongestText = 64 * 1024;

    private readonly string source;
    private readonly Regex? regex;
    private Regex? astral;

    private GoPattern(string source, Regex? regex, string? problem)
    {
        this.source = source;
        this.regex = regex;
        Problem = problem;
    }

    /// <summary>Why it cannot be evaluated, as the end of a sentence.</summary>
    public string? Problem { get; }

    public static GoPattern Translate(string pattern)
    {
        if (pattern.Length > LongestPattern)
            return new(pattern, null, $"the pattern has more than {LongestPattern} characters");
        try
        {
            return new(pattern, Build(pattern, isAstral: false), null);
        }
        catch (GoPatternException e)
        {
            return new(pattern, null, e.Message);
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException)
        {
            // Too many states for the non-backtracking engine, or a construct that the translation should have refused.
            return new(pattern, null, "the pattern is too large, or no pattern that .NET can read");
        }
    }

    /// <summary>Whether the pattern is found in the text; nothing where it cannot be known.</summary>
    public bool? IsMatch(string text)
    {
        if (regex is null || text.Length > LongestText)
            return null;
        return text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? IsAstralMatch(text) : regex.IsMatch(text);
    }

    private bool? IsAstralMatch(string text)
    {
        try
        {
            astral ??= Build(source, isAstral: true);
            return astral.IsMatch(text);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private static Regex Build(string pattern, bool isAstral) =>
        new(
            GoPatternTranslation.ToDotNet(pattern, isAstral),
            RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
        );
}

/// <summary>A pattern that Go does not take, or that this program does not translate.</summary>
internal sealed class GoPatternException(string reason) : Exception(reason);

/// <summary>
/// Rewrites a pattern of Go so that .NET reads the same into it: <c>$</c> is the end of the text only, <c>\d</c>, <c>\w</c> and
/// <c>\s</c> are ASCII. What is rare (flags, Unicode classes, look-around, which Go has not) is refused, not guessed.
/// </summary>
internal sealed class GoPatternTranslation
{
    private const int MostRepetitions = 1000; // Go's own limit
    private const int DeepestGroup = 100;
    private const string AnyPair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";

    private readonly string pattern;
    private readonly bool isAstral;
    private readonly StringBuilder output = new();
    private int at;
    private int depth;

    private GoPatternTranslation(string pattern, bool isAstral)
    {
        this.pattern = pattern;
        this.isAstral = isAstral;
    }

    /// <exception cref="GoPatternException">It cannot be translated.</exception>
    public static string ToDotNet(string pattern, bool isAstral)
    {
        var translation = new GoPatternTranslation(pattern, isAstral);
        while (translation.at < pattern.Length)
        {
            translation.Next();
        }

        return translation.depth == 0 ? translation.output.ToString() : throw new GoPatternException("a group of the pattern is not closed");
    }

    private void Next()
    {
        var c = pattern[at++];
        switch (c)
        {
            case '^':
                output.Append(@"\A");
                break;
            case '$':
                output.Append(@"\z");
                break;
            case '.':
                AppendNegated(@"\n");
                break;
            case '(':
                OpenGroup();
                break;
            case ')':
                depth--;
                output.Append(depth >= 0 ? ")" : throw new GoPatternException("a bracket of the pattern is not opened"));
                break;
            case '[':
                ReadClass();
                break;
            case '\\':
                ReadEscape();
                break;
            case '{':
                ReadRepetition();
                break;
            case '|' or '*' or '+' or '?':
                output.Append(c);
                break;
            default:
                AppendLiteral(c);
                break;
        }
    }

    private void OpenGroup()
    {
        if (++depth > DeepestGroup)
            throw new GoPatternException($"groups of the pattern are nested more than {DeepestGroup} levels deep");
        if (at < pattern.Length && pattern[at] == '?')
        {
            if (!pattern.AsSpan(at).StartsWith("?:"))
                throw new GoPatternException("the pattern has flags, a named group or look-around");
            at += 2;
        }

        output.Append("(?:");
    }

    private void ReadClass()
    {
        var read = GoCharacterClass.Read(pattern, at);
        at = read.End;
        if (read.IsNegated)
            AppendNegated(read.Members);
        else
            output.Append('[').Append(read.Members).Append(']');
    }

    // Everything but these members: without pairs of units it cannot be one of them, with pairs a pair is one character.
    private void AppendNegated(string members) => output.Append(isAstral ? $@"(?:[^{members}\uD800-\uDFFF]|{AnyPair})" : $"[^{members}]");

    private void ReadEscape()
    {
        var c = at < pattern.Length ? pattern[at++] : throw new GoPatternException("the pattern ends in a backslash");
        switch (c)
        {
            case 'd' or 'w' or 's':
                output.Append('[').Append(GoCharacterClass.Shorthand(c)).Append(']');
                break;
            case 'D' or 'W' or 'S':
                AppendNegated(GoCharacterClass.Shorthand(char.ToLowerInvariant(c))!);
                break;
            case 'A' or 'z':
                output.Append('\\').Append(c);
                break;
            default:
                AppendLiteral(GoCharacterClass.Escaped(pattern, c, ref at));
                break;
        }
    }

    // A brace that begins no repetition is a brace, in Go as in .NET.
    private void ReadRepetition()
    {
        var end = pattern.IndexOf('}', at);
        var parts = end < 0 ? [] : pattern[at..end].Split(',');
        if (parts.Length is not (1 or 2) || !IsCount(parts[0]) || (parts.Length == 2 && parts[1].Length > 0 && !IsCount(parts[1])))
        {
            AppendLiteral('{');
            return;
        }

        if (parts.Any(part => part.Length > 4 || (part.Length > 0 && int.Parse(part, CultureInfo.InvariantCulture) > MostRepetitions)))
            throw new GoPatternException($"the pattern repeats something more than {MostRepetitions} times");
        output.Append(pattern, at - 1, end - at + 2);
        at = end + 1;
    }

    private static bool IsCount(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    private void AppendLiteral(char c)
    {
        if (char.IsSurrogate(c))
            throw new GoPatternException("the pattern has a character beyond U+FFFF");
        output.Append(char.IsAsciiLetterOrDigit(c) ? $"{c}" : $@"\u{(int)c:X4}");
    }
}

/// <summary>A bracketed class of a Go pattern.</summary>
/// <param name="Members">What stands inside .NET's brackets.</param>
/// <param name="IsNegated">Whether everything else is meant.</param>
/// <param name="End">Behind the closing bracket.</param>
internal sealed record GoCharacterClass(string Members, bool IsNegated, int End)
{
    /// <param name="pattern">The whole pattern.</param>
    /// <param name="at">Behind the opening bracket.</param>
    /// <exception cref="GoPatternException">It cannot be translated.</exception>
    public static GoCharacterClass Read(string pattern, int at)
    {
        var isNegated = at < pattern.Length && pattern[at] == '^';
        at += isNegated ? 1 : 0;
        var members = new StringBuilder();
        for (var first = at; at < pattern.Length && (pattern[at] != ']' || at == first); )
        {
            if (Set(pattern, ref at) is { } set)
            {
                members.Append(set);
                continue;
            }

            var low = Character(pattern, ref at);
            var isRange = at + 1 < pattern.Length && pattern[at] == '-' && pattern[at + 1] != ']';
            at += isRange ? 1 : 0;
            var high = isRange ? Character(pattern, ref at) : low;
            if (high < low)
                throw new GoPatternException("a range of the pattern is the wrong way round");
            members.Append(CultureInfo.InvariantCulture, $@"\u{(int)low:X4}").Append(isRange ? $@"-\u{(int)high:X4}" : "");
        }

        return at < pattern.Length
            ? new(members.ToString(), isNegated, at + 1)
            : throw new GoPatternException("a class of the pattern is not closed");
    }

    /// <summary>The members of <c>\d</c>, <c>\w</c> or <c>\s</c>, which are ASCII in Go.</summary>
    public static string? Shorthand(char letter) =>
        letter switch
        {
            'd' => "0-9",
            'w' => "0-9A-Za-z_",
            's' => @"\t\n\f\r ",
            _ => null,
        };

    /// <summary>The character that an escape stands for.</summary>
    /// <param name="pattern">The whole pattern.</param>
    /// <param name="letter">Behind the backslash.</param>
    /// <param name="at">Behind <paramref name="letter"/>; moved past its digits.</param>
    public static char Escaped(string pattern, char letter, ref int at)
    {
        switch (letter)
        {
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case 'f':
                return '\f';
            case 'v':
                return '\v';
            case 'a':
                return '\a';
            case 'x'
                when at + 2 <= pattern.Length
                    && byte.TryParse(pattern.AsSpan(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                at += 2;
                return (char)code;
            default:
                return char.IsAscii(letter) && !char.IsAsciiLetterOrDigit(letter)
                    ? letter
                    : throw new GoPatternException($"the pattern has the escape \\{letter}, which is not supported");
        }
    }

    private static string? Set(string pattern, ref int at)
    {
        if (pattern[at] == '\\' && at + 1 < pattern.Length && Shorthand(pattern[at + 1]) is { } shorthand)
        {
            at += 2;
            return shorthand;
        }

        return pattern[at] == '[' && at + 1 < pattern.Length && pattern[at + 1] == ':'
            ? throw new GoPatternException("the pattern has a named class, which is not supported")
            : null;
    }

    private static char Character(string pattern, ref int at)
    {
        var c = pattern[at++];
        if (char.IsSurrogate(c))
            throw new GoPatternException("the pattern has a character beyond U+FFFF");
        if (c != '\\')
            return c;
        var letter = at < pattern.Length ? pattern[at++] : throw new GoPatternException("the pattern ends in a backslash");
        return Escaped(pattern, letter, ref at);
    }
}
