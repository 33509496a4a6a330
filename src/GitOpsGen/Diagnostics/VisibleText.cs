using System.Buffers;

namespace GitOpsGen.Diagnostics;

/// <summary>Text from files without what cannot be seen: nothing hides in a report, and nothing turns its direction.</summary>
internal static class VisibleText
{
    private const string Replacement = "\ufffd";

    // Nearly all text is of these, and a diff may have megabytes of it.
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c)]);
    private static readonly SearchValues<char> PlainLines = SearchValues.Create([
        '\n',
        '\t',
        .. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c),
    ]);

    /// <summary>In one line: a line break is shown as an arrow, and what is invisible as a replacement character.</summary>
    public static string OneLine(string text) => IsPlain(text) ? text : Shown(text, rune => IsLineBreak(rune) ? "⏎" : Replacement);

    /// <summary>In several lines, with tabs.</summary>
    public static string Lines(string text) =>
        !text.AsSpan().ContainsAnyExcept(PlainLines) ? text : Shown(text, rune => rune.Value is '\n' or '\t' ? null : Replacement);

    /// <summary>JSON without what cannot be seen, with the same meaning: inside its strings is the only place for it.</summary>
    public static string InJson(string json) =>
        !json.AsSpan().ContainsAnyExcept(PlainLines)
            ? json
            : Shown(json, rune => rune.Value is '\n' ? null : string.Concat($"{rune}".Select(unit => $@"\u{(int)unit:x4}")));

    private static string Shown(string text, Func<Rune, string?> invisible)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            _ = (IsLineBreak(rune) || IsInvisible(rune)) && invisible(rune) is { } instead ? shown.Append(instead) : shown.Append($"{rune}");

        return shown.ToString();
    }

    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExcept(Plain);

    private static bool IsLineBreak(Rune rune) => rune.Value is '\n' or '\r' or 0x85 or 0x2028 or 0x2029;

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
