namespace GitOpsGen.Yaml;

/// <summary>
/// Double-quoted text for YAML and JSON. The escaped ranges are listed here rather than asked of Unicode categories, which change
/// with the runtime: the same string must give the same bytes on every machine.
/// </summary>
internal static class CharacterEscapes
{
    /// <summary>Appends the value between quotes, on one line.</summary>
    /// <exception cref="ArgumentException">The value holds half a surrogate pair.</exception>
    public static void AppendQuoted(StringBuilder output, string value, EscapeStyle style)
    {
        output.Append('"');
        var copied = 0;
        for (var i = 0; i < value.Length; )
        {
            var raw = IsRaw(value, i, out var length) && value[i] is not ('"' or '\\');
            if (!raw)
            {
                output.Append(value, copied, i - copied);
                AppendEscape(output, value, i, style);
                copied = i + length;
            }

            i += length;
        }

        output.Append(value, copied, value.Length - copied).Append('"');
    }

    /// <summary>Whether the character at the index, one or two UTF-16 units long, is visible and may be written as it is.</summary>
    public static bool IsRaw(string value, int index, out int length)
    {
        length = 1;
        var unit = value[index];
        if (unit < '\x7f')
            return unit >= ' ';
        if (!char.IsSurrogate(unit))
            return IsVisible(unit);
        if (index + 1 == value.Length || !char.IsSurrogatePair(unit, value[index + 1]))
            throw new ArgumentException($"The text holds half a surrogate pair (\\u{(int)unit:X4}) at index {index}.", nameof(value));
        length = 2;
        var point = char.ConvertToUtf32(unit, value[index + 1]);
        return (point & 0xFFFE) != 0xFFFE && point is not (>= 0xE0000 and <= 0xE0FFF);
    }

    // Not: controls, white space other than U+0020, line separators, joiners, bidirectional marks, non-characters.
    private static bool IsVisible(char unit) =>
        unit
            is not (
                <= '\u00A0'
                or '\u00AD'
                or '\u061C'
                or '\u1680'
                or '\u180E'
                or (>= '\u2000' and <= '\u200F')
                or (>= '\u2028' and <= '\u202F')
                or (>= '\u205F' and <= '\u206F')
                or '\u3000'
                or (>= '\uFDD0' and <= '\uFDEF')
                or '\uFEFF'
                or (>= '\uFFF0' and <= '\uFFFB')
                or >= '\uFFFE'
            );

    private static void AppendEscape(StringBuilder output, string value, int index, EscapeStyle style)
    {
        var unit = value[index];
        _ = unit switch
        {
            '"' => output.Append("\\\""),
            '\\' => output.Append("\\\\"),
            '\n' => output.Append("\\n"),
            '\r' => output.Append("\\r"),
            '\t' => output.Append("\\t"),
            _ when !char.IsSurrogate(unit) => output.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}"),
            _ when style == EscapeStyle.Json => output.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}\\u{(int)value[index + 1]:X4}"),
            _ => output.Append(CultureInfo.InvariantCulture, $"\\U{char.ConvertToUtf32(unit, value[index + 1]):X8}"),
        };
    }
}

/// <summary>How a character above U+FFFF is escaped.</summary>
internal enum EscapeStyle
{
    /// <summary>As <c>\UXXXXXXXX</c>: YAML readers refuse surrogates.</summary>
    Yaml,

    /// <summary>As two surrogates, <c>\uXXXX\uXXXX</c>.</summary>
    Json,
}
