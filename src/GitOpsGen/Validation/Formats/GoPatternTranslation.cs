using System.Globalization;
using System.Text;

namespace GitOpsGen.Validation.Formats;

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
