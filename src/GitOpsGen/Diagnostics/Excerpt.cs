using System.Globalization;
using System.Text;

namespace GitOpsGen.Diagnostics;

/// <summary>The user's text inside a message: short, on one line, without invisible characters.</summary>
internal static class Excerpt
{
    private const int MaximumLength = 80; // by default
    private const string Ellipsis = "...";

    public static string Of(string text, int maximumLength = MaximumLength)
    {
        var shown = new StringBuilder(Math.Min(text.Length, maximumLength));
        foreach (var rune in text.EnumerateRunes())
        {
            var next = IsVisible(rune) ? rune.ToString() : $"\\u{rune.Value:X4}";
            if (shown.Length + next.Length > maximumLength)
            {
                shown.Length = Math.Min(shown.Length, maximumLength - Ellipsis.Length);
                return (char.IsHighSurrogate(shown[^1]) ? shown.Remove(shown.Length - 1, 1) : shown).Append(Ellipsis).ToString();
            }

            shown.Append(next);
        }

        return shown.ToString();
    }

    private static bool IsVisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse
            );
}
