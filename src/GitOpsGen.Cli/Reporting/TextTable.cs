namespace GitOpsGen.Cli.Reporting;

/// <summary>Rows in aligned columns, two spaces between them.</summary>
internal static class TextTable
{
    /// <summary>How many spaces there are between two columns.</summary>
    public const int Gap = 2;

    // Versions and short names stay whole. Of a name with this many characters, both ends still tell it from its neighbours.
    private const int Narrowest = 16;

    /// <summary>The rows, each ended by a line feed and without trailing spaces; all have as many cells as the first.</summary>
    /// <param name="rows">The cells.</param>
    /// <param name="width">
    /// How many characters a line may have: the widest columns are shortened, in the middle of their cells. <see langword="null"/>: all
    /// is shown. Where even that is too much, lines are longer.
    /// </param>
    public static string Of(IReadOnlyList<string[]> rows, int? width = null)
    {
        var widths = Widths(rows);
        if (width is { } limit)
            Narrow(widths, limit);

        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(string.Join(new string(' ', Gap), row.Zip(widths, (cell, column) => Shorten(cell, column).PadRight(column))).TrimEnd())
                .Append('\n');
        }

        return text.ToString();
    }

    /// <summary>How wide each column of rows is.</summary>
    public static int[] Widths(IReadOnlyList<string[]> rows) =>
        [.. Enumerable.Range(0, rows is [var first, ..] ? first.Length : 0).Select(column => rows.Max(row => row[column].Length))];

    /// <summary>The text in so many characters: what is too much is left out of the middle, because names differ at their ends.</summary>
    public static string Shorten(string text, int width)
    {
        if (text.Length <= width)
            return text;

        // No half of a pair of surrogates.
        var tail = width / 2;
        var head = width - 1 - tail;
        head -= head > 0 && char.IsHighSurrogate(text[head - 1]) ? 1 : 0;
        tail -= tail > 0 && char.IsLowSurrogate(text[^tail]) ? 1 : 0;
        return $"{text[..head]}…{text[^tail..]}";
    }

    private static void Narrow(int[] widths, int limit)
    {
        for (var excess = widths.Sum() + (Gap * (widths.Length - 1)) - limit; excess > 0; excess--)
        {
            var widest = Array.IndexOf(widths, widths.Max());
            if (widths[widest] <= Narrowest)
                return;

            widths[widest]--;
        }
    }
}
