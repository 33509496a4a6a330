using System.Buffers;

namespace GitOpsGen.Yaml;

/// <summary>Prints strings so that every reader of YAML 1.1 and 1.2 reads the same string back.</summary>
internal static class ScalarQuoting
{
    private static readonly SearchValues<char> Harmless = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!\"$%&'()*+,-./;<=>?@[\\]^_`{|}~"
    );

    private static readonly SearchValues<char> NumberLike = SearchValues.Create("0123456789_.,:+-eE");

    /// <summary>
    /// The string as a plain scalar if every reader reads this string back, otherwise in double quotes. One line, for a key, a value or a
    /// sequence item in block style; not for flow style (<c>[a, b]</c>).
    /// </summary>
    /// <exception cref="ArgumentException">The string holds half a surrogate pair, which no YAML file can hold.</exception>
    public static string Quote(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (IsPlain(value))
            return value;
        var quoted = new StringBuilder(value.Length + 8);
        CharacterEscapes.AppendQuoted(quoted, value, EscapeStyle.Yaml);
        return quoted.ToString();
    }

    private static bool IsPlain(string value) =>
        value.Length > 0 && StartsPlain(value) && value[^1] is not (' ' or ':') && ContinuesPlain(value) && !IsKeyword(value) && !IsNumberLike(value);

    // Fewer than the specification allows. A dash is allowed for command line flags; "---" and "..." end documents.
    private static bool StartsPlain(string value)
    {
        var first = value[0];
        return first switch
        {
            '-' => value.Length > 1 && char.IsAsciiLetter(value[value[1] == '-' && value.Length > 2 ? 2 : 1]),
            '.' => !value.StartsWith("...", StringComparison.Ordinal),
            '_' or '/' or '$' or '(' or '^' or '+' or '\\' => true,
            _ => char.IsAsciiLetterOrDigit(first) || first > '\x7f',
        };
    }

    private static bool ContinuesPlain(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            var skipped = value.AsSpan(i).IndexOfAnyExcept(Harmless);
            if (skipped < 0)
                return true;
            i += skipped;
            switch (value[i])
            {
                case ':' when value[i + 1] != ' ':
                // YamlDotNet does not find the colon of a key behind " *".
                case ' ' when value[i + 1] is not ('#' or '*'):
                case '#':
                    break;
                case > '\x7f' when CharacterEscapes.IsRaw(value, i, out var length):
                    i += length - 1;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    // In any casing: readers differ in which ones they know.
    private static bool IsKeyword(string value) =>
        value.Length <= 5 && value.ToUpperInvariant() is "Y" or "N" or "ON" or "NO" or "YES" or "OFF" or "NULL" or "TRUE" or "FALSE";

    // More than any single reader treats as a number or a date. Versions and addresses such as 2.3.4 have two dots and stay plain.
    private static bool IsNumberLike(string value)
    {
        if (!char.IsAsciiDigit(value[0]) && value[0] is not ('+' or '-' or '.'))
            return false;
        if (CoreSchema.KindOf(value) != ScalarKind.String || CoreSchema.IsAmbiguousIn11(value))
            return true;
        return !value.AsSpan().ContainsAnyExcept(NumberLike) && (value.AsSpan().Count('.') < 2 || value.AsSpan().ContainsAny('_', ',', ':'));
    }
}
