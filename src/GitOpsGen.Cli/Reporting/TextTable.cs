using System.Text;

namespace GitOpsGen.Cli.Reporting;

/// <summary>Rows in aligned columns, two spaces between them.</summary>
internal static class TextTable
{
    /// <summary>The rows, each ended by a line feed and without trailing spaces; all have as many cells as the first.</summary>
    public static string Of(IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows is [var first, ..] ? first.Length : 0).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(string.Join("  ", row.Zip(widths, (cell, width) => cell.PadRight(width))).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
