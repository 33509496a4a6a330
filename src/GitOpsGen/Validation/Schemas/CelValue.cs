using System.Collections.Immutable;
using System.Globalization;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Schemas;

/// <summary>
/// A value while a rule is evaluated. Values of the object stay nodes, with the schema that says what is defaulted in them. Whole
/// numbers are exact as far as a decimal is.
/// </summary>
internal readonly record struct CelValue(CelKind Kind)
{
    public bool Truth { get; private init; }

    public decimal Amount { get; private init; }

    /// <summary>The text of a string; why, for an error or something unsupported.</summary>
    public string Text { get; private init; } = "";

    public YamlNode? Node { get; private init; }

    public SchemaSlot? Slot { get; private init; }

    /// <summary>A list that the rule itself writes down.</summary>
    public ImmutableArray<CelValue> Written { get; private init; }

    public static CelValue Null { get; } = new(CelKind.Null);

    public bool IsFailure => Kind is CelKind.Error or CelKind.Unsupported;

    public static CelValue Of(bool truth) => new(CelKind.Boolean) { Truth = truth };

    public static CelValue Of(decimal amount) => new(CelKind.Number) { Amount = amount };

    public static CelValue Of(string text) => new(CelKind.Text) { Text = text };

    public static CelValue Of(ImmutableArray<CelValue> items) => new(CelKind.List) { Written = items };

    public static CelValue Error(string why) => new(CelKind.Error) { Text = why };

    public static CelValue Unsupported(string why) => new(CelKind.Unsupported) { Text = why };

    /// <summary>A value of the object.</summary>
    public static CelValue Of(YamlNode node, SchemaSlot? slot)
    {
        switch (node)
        {
            case YamlMapping:
                return new(CelKind.Map) { Node = node, Slot = slot };
            case YamlSequence:
                return new(CelKind.List) { Node = node, Slot = slot };
            case YamlScalar scalar:
                return OfScalar(scalar, slot);
            default:
                return Unsupported("a value could not be read");
        }
    }

    /// <summary>The items of a list, the keys of a map; the caller has asked whether it is one.</summary>
    public IEnumerable<CelValue> Elements()
    {
        var items = Slot?.Schema.Items;
        return Node switch
        {
            YamlSequence list => list.Items.Select(item => Of(item, items)),
            YamlMapping mapping => mapping.Entries.Select(entry => Of(entry.Key.Text)),
            _ => Written,
        };
    }

    /// <summary>The number of characters, items or keys; nothing for other values.</summary>
    public int? Size() =>
        (Kind, Node) switch
        {
            (CelKind.Text, _) => LengthConstraint.CodePoints(Text),
            (_, YamlSequence list) => list.Items.Length,
            (_, YamlMapping mapping) => Slot is { } slot
                ? mapping.Entries.Count(e => slot.Schema.Effective(mapping, e.Key.Text) is not null)
                : mapping.Entries.Length,
            (CelKind.List, _) => Written.Length,
            _ => null,
        };

    /// <summary>A field, or the default in its place; nothing where it is absent.</summary>
    public CelValue? Field(string name)
    {
        var mapping = (YamlMapping)Node!;
        var value = Slot is null ? mapping[name] : Slot.Schema.Effective(mapping, name);
        return value is null ? null : Of(value, Slot?.Schema.Field(name));
    }

    public static bool AreEqual(CelValue a, CelValue b)
    {
        if (a.Kind != b.Kind)
            return false;
        return a.Kind switch
        {
            CelKind.Null => true,
            CelKind.Boolean => a.Truth == b.Truth,
            CelKind.Number => a.Amount == b.Amount,
            CelKind.Text => a.Text == b.Text,
            CelKind.List => a.Size() == b.Size() && a.Elements().Zip(b.Elements()).All(pair => AreEqual(pair.First, pair.Second)),
            _ => NodeEquality.Instance.Equals(a.Node, b.Node),
        };
    }

    private static CelValue OfScalar(YamlScalar scalar, SchemaSlot? slot)
    {
        if (slot?.Source is YamlMapping source && source["format"] is YamlScalar { Text: "date-time" or "date" or "duration" or "byte" })
            return Unsupported("times, durations and bytes are not supported");
        return scalar.Kind switch
        {
            ScalarKind.Null => Null,
            ScalarKind.Boolean => Of(scalar.Text[0] is 't' or 'T'),
            ScalarKind.String => Of(scalar.Text),
            ScalarKind.Integer
                when decimal.TryParse(NumberText.Integer(scalar.Text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
                Of(whole),
            ScalarKind.Float when decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => Of(number),
            _ => Unsupported("a number is too large"),
        };
    }
}

/// <summary>What a CEL expression came to.</summary>
internal enum CelKind
{
    /// <summary>The expression failed, as CEL has it: a key is absent, types do not fit. The API server refuses the object.</summary>
    Error,

    /// <summary>The expression needs something that is not in the subset.</summary>
    Unsupported,
    Null,
    Boolean,
    Number,
    Text,
    List,
    Map,
}
