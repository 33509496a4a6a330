using System.Globalization;
using System.Text;

namespace GitOpsGen.Cli.Reporting;

/// <summary>Text from files without what cannot be seen: nothing hides in a report, and nothing turns its direction.</summary>
internal static class VisibleText
{
    /// <summary>In one line: a line break is shown as an arrow, and what is invisible as a replacement character.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            line.Append(
                rune.Value is '\n' or '\r' or 0x85 or 0x2028 or 0x2029 ? "⏎"
                : IsInvisible(rune) ? "\ufffd"
                : rune.ToString()
            );
        }

        return line.ToString();
    }

    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned
        || IsBlankLetter(rune.Value);

    // Letters and marks that are drawn as nothing: joiners, fillers, selectors of variants.
    private static bool IsBlankLetter(int value) =>
        value
            is 0x034F
                or 0x115F
                or 0x1160
                or 0x17B4
                or 0x17B5
                or (>= 0x180B and <= 0x180F)
                or 0x2800
                or 0x3164
                or (>= 0xFE00 and <= 0xFE0F)
                or 0xFFA0
                or (>= 0xE0100 and <= 0xE01EF);
}
