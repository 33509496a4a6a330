using System.Buffers;
using System.Text;

namespace GitOpsGen.Yaml.Editing;

/// <summary>A string as one scalar of a given style, where that style can hold it.</summary>
internal static class ScalarText
{
    // Flow style gives meaning to brackets and commas; the rest are left to quotes for the reader's sake.
    private static readonly SearchValues<char> PlainInFlow = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/:+-^~="
    );

    /// <param name="text">The string.</param>
    /// <param name="quote">The quotes to use; <see langword="null"/> for none where it can be without.</param>
    /// <param name="otherwise">The quotes for what needs some.</param>
    /// <param name="inFlow">Whether it stands in brackets.</param>
    public static string Of(string text, char? quote, char otherwise, bool inFlow) =>
        quote is null && IsPlain(text, inFlow) ? text : Quoted(text, quote ?? otherwise);

    /// <summary>Whether every reader takes the text without quotes for this string.</summary>
    public static bool IsPlain(string text, bool inFlow) =>
        ScalarQuoting.Quote(text) == text && (!inFlow || !text.AsSpan().ContainsAnyExcept(PlainInFlow));

    public static string Quoted(string text, char quote)
    {
        if (quote == '\'' && IsVisible(text))
        {
            return $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
        }

        var quoted = new StringBuilder(text.Length + 2);
        CharacterEscapes.AppendQuoted(quoted, text, EscapeStyle.Yaml);
        return quoted.ToString();
    }

    // Single quotes know no escapes.
    private static bool IsVisible(string text)
    {
        for (var i = 0; i < text.Length; )
        {
            if (!CharacterEscapes.IsRaw(text, i, out var length))
            {
                return false;
            }

            i += length;
        }

        return true;
    }
}
