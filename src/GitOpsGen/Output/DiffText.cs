using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace GitOpsGen.Output;

/// <summary>One side of a difference: lines with their line feeds, and how a line is shown.</summary>
internal static class DiffText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text, or <see langword="null"/> where the bytes are none: not UTF-8, or with a NUL.</summary>
    public static string? TryDecode(ReadOnlySpan<byte> content)
    {
        try
        {
            return content.Contains((byte)0) ? null : StrictUtf8.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The lines, each with its line feed. A carriage return is part of its line, as it is for Git.</summary>
    public static ImmutableArray<string> Lines(string text)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        for (var start = 0; start < text.Length; )
        {
            var end = text.IndexOf('\n', start) + 1;
            end = end == 0 ? text.Length : end;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines.ToImmutable();
    }

    /// <summary>The line without its line feed; characters that a terminal would act upon, or nobody would see, are spelled out.</summary>
    public static string Shown(string line)
    {
        var visible = line.EndsWith('\n') ? line[..^1] : line;
        if (!visible.Any(NeedsSpelling))
            return visible;
        var shown = new StringBuilder();
        foreach (var c in visible)
            shown.Append(NeedsSpelling(c) ? Spelled(c) : c.ToString());
        return shown.ToString();
    }

    private static bool NeedsSpelling(char c) =>
        (char.IsControl(c) && c != '\t')
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    // ^M for a carriage return, as git and less show it.
    private static string Spelled(char c) =>
        c switch
        {
            < ' ' => $"^{(char)(c + '@')}",
            '\x7f' => "^?",
            _ => string.Create(CultureInfo.InvariantCulture, $"<U+{(int)c:X4}>"),
        };
}
