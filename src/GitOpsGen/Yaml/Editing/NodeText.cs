using System.Buffers;

namespace GitOpsGen.Yaml.Editing;

/// <summary>Writes new nodes in the style of the file. No result ends with a line break.</summary>
internal sealed class NodeText(EditStyle style, string newLine)
{
    /// <summary><c>key: value</c> in brackets.</summary>
    public string FlowEntry(YamlEntry entry) => $"{style.Key(entry.Key.Text)}: {Flow(entry.Key.Text, entry.Value)}";

    /// <summary>A value in brackets, on one line.</summary>
    public string Flow(string key, YamlNode value) =>
        value switch
        {
            YamlScalar scalar => style.Scalar(key, scalar, inFlow: true),
            YamlMapping { Entries.IsEmpty: false } mapping =>
                $"{{{style.MappingPadding}{string.Join(", ", mapping.Entries.Select(FlowEntry))}{style.MappingPadding}}}",
            YamlSequence { Items.IsEmpty: false } list =>
                $"[{style.ListPadding}{string.Join(", ", list.Items.Select(item => Flow(key, item)))}{style.ListPadding}]",
            _ => value is YamlMapping ? "{}" : "[]",
        };

    /// <summary><c>key: value</c> as lines, of which the first is not indented.</summary>
    public string BlockEntry(YamlEntry entry, int indent)
    {
        var (key, value) = (entry.Key.Text, entry.Value);
        var head = $"{style.Key(key)}:";
        return value switch
        {
            YamlScalar scalar => $"{head} {style.Scalar(key, scalar, inFlow: false)}",
            YamlSequence { Items.IsEmpty: false } list when !style.PrefersFlow(key, list) => head + BlockItems(key, list, indent + style.Step),
            YamlMapping { Entries.IsEmpty: false } mapping when !style.PrefersFlow(key, mapping) =>
                $"{head}{Break(indent + 2)}{BlockEntries(mapping, indent + 2)}",
            _ => $"{head} {Flow(key, value)}",
        };
    }

    /// <summary>The items of a block list, each from the line break before it.</summary>
    public string BlockItems(string key, YamlSequence list, int indent) =>
        string.Concat(list.Items.Select(item => Break(indent) + BlockItem(key, item, style.HasFlowItems(key), (indent, indent + 2))));

    /// <summary>One item of a block list from its dash.</summary>
    /// <param name="key">The list's key.</param>
    /// <param name="item">The item.</param>
    /// <param name="inBrackets">Whether a mapping is written in brackets.</param>
    /// <param name="indents">How far the dash, and how far the item's keys are indented.</param>
    public string BlockItem(string key, YamlNode item, bool inBrackets, (int Dash, int Keys) indents)
    {
        var dash = "-".PadRight(indents.Keys - indents.Dash);
        return item switch
        {
            YamlMapping { Entries.IsEmpty: false } mapping when !inBrackets => dash + BlockEntries(mapping, indents.Keys),
            YamlScalar scalar => dash + style.Scalar(key, scalar, inFlow: false),
            _ => dash + Flow(key, item),
        };
    }

    private string BlockEntries(YamlMapping mapping, int indent) =>
        string.Join(Break(indent), mapping.Entries.Select(entry => BlockEntry(entry, indent)));

    private string Break(int indent) => newLine + new string(' ', indent);
}

/// <summary>A string as a scalar of a given style, if that style can hold it.</summary>
internal static class ScalarText
{
    // Brackets and commas have a meaning in flow style; other characters are quoted for the reader's sake.
    private static readonly SearchValues<char> PlainInFlow = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/:+-^~=@"
    );

    /// <param name="text">The string.</param>
    /// <param name="quote">The quotes to use; <see langword="null"/> for none if possible.</param>
    /// <param name="otherwise">The quotes for a string that needs some.</param>
    /// <param name="inFlow">Whether it is in brackets.</param>
    public static string Of(string text, char? quote, char otherwise, bool inFlow) =>
        quote is null && IsPlain(text, inFlow) ? text : Quoted(text, quote ?? otherwise);

    /// <summary>Whether every reader reads the text without quotes as this string.</summary>
    public static bool IsPlain(string text, bool inFlow) =>
        ScalarQuoting.Quote(text) == text && (!inFlow || !text.AsSpan().ContainsAnyExcept(PlainInFlow));

    public static string Quoted(string text, char quote)
    {
        if (quote == '\'' && IsVisible(text))
            return $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

        var quoted = new StringBuilder(text.Length + 2);
        CharacterEscapes.AppendQuoted(quoted, text, EscapeStyle.Yaml);
        return quoted.ToString();
    }

    // There are no escapes in single quotes.
    private static bool IsVisible(string text)
    {
        for (var i = 0; i < text.Length; )
        {
            if (!CharacterEscapes.IsRaw(text, i, out var length))
                return false;

            i += length;
        }

        return true;
    }
}
