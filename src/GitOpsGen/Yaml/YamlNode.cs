namespace GitOpsGen.Yaml;

/// <summary>
/// A YAML value and its place in a file. Immutable. Values that GitOpsGen composes carry the place of the setting or entry that they
/// come from.
/// </summary>
internal abstract class YamlNode(SourceSpan span)
{
    /// <summary>From the first character of the value to behind the last one, quotes included.</summary>
    public SourceSpan Span { get; } = span;

    /// <summary>Every scalar that is a value, in the order of the text.</summary>
    public IEnumerable<YamlScalar> Scalars() =>
        this switch
        {
            YamlScalar scalar => [scalar],
            YamlSequence list => list.Items.SelectMany(item => item.Scalars()),
            YamlMapping mapping => mapping.Entries.SelectMany(entry => entry.Value.Scalars()),
            _ => [],
        };

    /// <summary>The same with the keys of mappings, each before its value.</summary>
    public IEnumerable<YamlScalar> KeysAndScalars() =>
        this switch
        {
            YamlScalar scalar => [scalar],
            YamlSequence list => list.Items.SelectMany(item => item.KeysAndScalars()),
            YamlMapping mapping => mapping.Entries.SelectMany(entry => entry.Value.KeysAndScalars().Prepend(entry.Key)),
            _ => [],
        };

    /// <summary>The same with one place for all of it: a text inside of a document has lines of its own, and is shown where it begins.</summary>
    public YamlNode MovedTo(SourceSpan place) =>
        this switch
        {
            YamlScalar scalar => new YamlScalar(scalar.Kind, scalar.Text, place) { IsPlain = scalar.IsPlain },
            YamlSequence list => new YamlSequence([.. list.Items.Select(item => item.MovedTo(place))], place),
            YamlMapping mapping => new YamlMapping(
                [.. mapping.Entries.Select(entry => new YamlEntry((YamlScalar)entry.Key.MovedTo(place), entry.Value.MovedTo(place)))],
                place
            ),
            _ => this,
        };
}

/// <summary>A scalar, typed by the YAML 1.2 core schema.</summary>
internal sealed class YamlScalar(ScalarKind kind, string text, SourceSpan span) : YamlNode(span)
{
    public ScalarKind Kind { get; } = kind;

    /// <summary>The value's characters, unquoted and unescaped; for a number, a boolean or null exactly as written.</summary>
    public string Text { get; } = text;

    /// <summary>Whether it was written without quotes and not as a block.</summary>
    public bool IsPlain { get; init; }

    /// <summary>The whole number that this is, as JSON Schema's <c>integer</c> counts (1.0 is one); else <see langword="null"/>.</summary>
    public long? ToInteger() =>
        Kind switch
        {
            ScalarKind.Integer => long.TryParse(NumberText.Integer(Text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                ? whole
                : null,
            ScalarKind.Float
                when double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    && number == Math.Truncate(number)
                    && Math.Abs(number) < 1L << 53 => (long)number,
            _ => null,
        };

    /// <summary>Whether this is the boolean true, in any of its spellings.</summary>
    public bool IsTrue => Kind == ScalarKind.Boolean && Text.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The text of a string; <see langword="null"/> for any other node.</summary>
    public static string? TextOf(YamlNode? node) => node is YamlScalar { Kind: ScalarKind.String } text ? text.Text : null;

    public static YamlScalar String(string text, SourceSpan span) => new(ScalarKind.String, text, span);

    public static YamlScalar Boolean(bool value, SourceSpan span) => new(ScalarKind.Boolean, value ? "true" : "false", span);

    public static YamlScalar Null(SourceSpan span) => new(ScalarKind.Null, "null", span);
}

/// <summary>What a scalar means under the YAML 1.2 core schema.</summary>
internal enum ScalarKind
{
    String,
    Integer,
    Float,
    Boolean,
    Null,
}

internal sealed class YamlSequence(ImmutableArray<YamlNode> items, SourceSpan span) : YamlNode(span)
{
    public ImmutableArray<YamlNode> Items { get; } = items;
}

/// <summary>A mapping with string keys, in the order of the text. Keys are unique.</summary>
internal sealed class YamlMapping(ImmutableArray<YamlEntry> entries, SourceSpan span) : YamlNode(span)
{
    private const int Few = 16;

    // A search is as quick for the few keys of most mappings, but a merge of two with a hundred thousand keys must not be quadratic.
    private readonly Lazy<Dictionary<string, YamlNode>>? index =
        entries.Length > Few ? new(() => entries.ToDictionary(e => e.Key.Text, e => e.Value, StringComparer.Ordinal)) : null;

    public ImmutableArray<YamlEntry> Entries { get; } = entries;

    /// <summary>The value under <paramref name="key"/>, or <see langword="null"/> if the key is absent.</summary>
    public YamlNode? this[string key]
    {
        get
        {
            if (index is not null)
                return index.Value.GetValueOrDefault(key);

            foreach (var entry in Entries)
            {
                if (entry.Key.Text == key)
                    return entry.Value;
            }

            return null;
        }
    }

    /// <summary>The same with a value under <paramref name="key"/>, in the place of the one that is there or as the last.</summary>
    public YamlMapping With(string key, YamlNode value) =>
        new(
            this[key] is null
                ? Entries.Add(new(YamlScalar.String(key, value.Span), value))
                : [.. Entries.Select(entry => entry.Key.Text == key ? new(entry.Key, value) : entry)],
            Span
        );

    /// <summary>The same values with the keys of every mapping in ordinal order, so that the output does not depend on the input's order.</summary>
    public YamlMapping Sorted() =>
        new([.. Entries.Select(e => new YamlEntry(e.Key, Sorted(e.Value))).OrderBy(e => e.Key.Text, StringComparer.Ordinal)], Span);

    /// <inheritdoc cref="Sorted()"/>
    public static YamlNode Sorted(YamlNode node) =>
        node switch
        {
            YamlMapping mapping => mapping.Sorted(),
            YamlSequence list => new YamlSequence([.. list.Items.Select(Sorted)], list.Span),
            _ => node,
        };
}

/// <summary>One key of a mapping and its value.</summary>
internal readonly record struct YamlEntry(YamlScalar Key, YamlNode Value);

/// <summary>The documents of one file, in the order of the text.</summary>
internal sealed record YamlStream(ImmutableArray<YamlNode> Documents);

/// <summary>Replaces a value that was refused and reported, such as an alias, so that nothing else is reported about it.</summary>
internal sealed class YamlUnreadable(SourceSpan span) : YamlNode(span);

/// <summary>Values inside of values.</summary>
internal static class YamlNodes
{
    /// <summary>The value that keys lead to; <see langword="null"/> where one of them is not there, or not in a mapping.</summary>
    public static YamlNode? At(this YamlNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var key in path)
            node = (node as YamlMapping)?[key];

        return node;
    }

    /// <summary>The text of the scalar that keys lead to, if it is not null.</summary>
    public static string? TextAt(this YamlNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is YamlScalar { Kind: not ScalarKind.Null } scalar ? scalar.Text : null;

    /// <summary>The text of the string that keys lead to.</summary>
    public static string? StringAt(this YamlNode? node, params ReadOnlySpan<string> path) => YamlScalar.TextOf(node.At(path));

    /// <summary>The items of the list that keys lead to.</summary>
    public static ImmutableArray<YamlNode> ItemsAt(this YamlNode? node, params ReadOnlySpan<string> path) =>
        (node.At(path) as YamlSequence)?.Items ?? [];
}
