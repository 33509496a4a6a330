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

    /// <summary>The first of some names, and how many there are beside them: <c>a, b and 12 more</c>.</summary>
    public static string Names<T>(IReadOnlyCollection<T> names, int most) =>
        string.Join(", ", names.Take(most))
        + (names.Count > most ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - most} more") : "");

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
