namespace GitOpsGen.Yaml.Editing;

/// <summary>
/// How a file is written, so that additions look like the rest. For each key, the first example counts. Without an example, a list of
/// mappings is a block with each mapping in brackets, and any other collection is in brackets itself.
/// </summary>
internal sealed class EditStyle
{
    private const int DefaultStep = 2;

    private readonly EditedText text;
    private readonly Dictionary<string, char?> quotes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> flows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> flowItems = new(StringComparer.Ordinal);
    private char? keyQuote;
    private char? anyQuote;
    private int? step;
    private string? mappingPadding;
    private string? listPadding;

    /// <param name="text">The file.</param>
    /// <param name="root">Its document.</param>
    /// <param name="blockItems">The key of a list of large mappings: without an example, they have a line for each key.</param>
    public EditStyle(EditedText text, YamlNode root, string blockItems)
    {
        this.text = text;
        Learn(root, "", -1);
        flowItems.TryAdd(blockItems, false);
    }

    /// <summary>How much deeper than its key a block list is indented.</summary>
    public int Step => step ?? DefaultStep;

    /// <summary>The space inside the brackets of a flow mapping.</summary>
    public string MappingPadding => mappingPadding ?? " ";

    /// <summary>The space inside the brackets of a flow list.</summary>
    public string ListPadding => listPadding ?? "";

    /// <summary>Whether a collection under the key is written in brackets.</summary>
    public bool PrefersFlow(string key, YamlNode value) =>
        flows.TryGetValue(key, out var isFlow) ? isFlow : value is not YamlSequence { Items: [YamlMapping, ..] };

    /// <summary>Whether the mappings of a block list under the key are written in brackets.</summary>
    public bool HasFlowItems(string key) => !flowItems.TryGetValue(key, out var isFlow) || isFlow;

    public string Key(string key) => keyQuote is { } quote ? ScalarText.Quoted(key, quote) : key;

    /// <summary>A new scalar under a key.</summary>
    public string Scalar(string key, YamlScalar value, bool inFlow) =>
        Scalar(quotes.TryGetValue(key, out var quote) ? quote : keyQuote, value, inFlow);

    /// <summary>A scalar that replaces another: in the same quotes, if that had any.</summary>
    public string Scalar(char present, YamlScalar value, bool inFlow) => Scalar(present is '"' or '\'' ? present : (char?)null, value, inFlow);

    private string Scalar(char? quote, YamlScalar value, bool inFlow) =>
        value.Kind != ScalarKind.String || (value.IsPlain && quote is null) ? value.Text : ScalarText.Of(value.Text, quote, anyQuote ?? '"', inFlow);

    private void Learn(YamlNode node, string key, int keyColumn)
    {
        switch (node)
        {
            case YamlScalar { Kind: ScalarKind.String } scalar:
                LearnQuote(scalar, key);
                break;
            case YamlMapping { Entries: [var first, ..] } mapping:
                LearnCollection(mapping, key);
                keyQuote ??= QuoteOf(first.Key);
                foreach (var entry in mapping.Entries)
                    Learn(entry.Value, entry.Key.Text, entry.Key.Span.Start.Column);

                break;
            case YamlSequence { Items: [var first, ..] } list:
                LearnCollection(list, key);
                LearnItems(list, first, key, keyColumn);
                foreach (var item in list.Items)
                    Learn(item, key, -1);

                break;
        }
    }

    private void LearnQuote(YamlScalar scalar, string key)
    {
        var quote = QuoteOf(scalar);
        anyQuote ??= quote;

        // A string that needs quotes is not an example for one that does not.
        if (ScalarText.IsPlain(scalar.Text, inFlow: true))
            quotes.TryAdd(key, quote);
    }

    private void LearnCollection(YamlNode node, string key)
    {
        var open = text.OffsetOf(node.Span.Start);
        var isFlow = IsFlow(node);
        if (key.Length > 0)
            flows.TryAdd(key, isFlow);

        if (isFlow && node is YamlMapping)
        {
            mappingPadding ??=
                text[open + 1] == ' ' ? " "
                : text[open + 1] is '\r' or '\n' ? null
                : "";
        }
        else if (isFlow)
        {
            listPadding ??=
                text[open + 1] == ' ' ? " "
                : text[open + 1] is '\r' or '\n' ? null
                : "";
        }
    }

    private void LearnItems(YamlSequence list, YamlNode first, string key, int keyColumn)
    {
        if (first is YamlMapping)
            flowItems.TryAdd(key, IsFlow(first));

        if (!IsFlow(list) && keyColumn > 0)
        {
            step = list.Span.Start.Column - keyColumn; // the last, and so an inner one
        }
    }

    /// <summary>Whether a collection of the file is written in brackets.</summary>
    public bool IsFlow(YamlNode node) => text[text.OffsetOf(node.Span.Start)] is '{' or '[';

    private char? QuoteOf(YamlScalar scalar) => text[text.OffsetOf(scalar.Span.Start)] is '"' or '\'' ? text[text.OffsetOf(scalar.Span.Start)] : null;
}
