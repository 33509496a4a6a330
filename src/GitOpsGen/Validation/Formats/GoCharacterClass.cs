using System.Globalization;
using System.Text;

namespace GitOpsGen.Validation.Formats;

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
