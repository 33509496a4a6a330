namespace GitOpsGen.Validation.Schemas;

/// <summary>The kinds of values in CEL.</summary>
internal enum CelKind
{
    /// <summary>The expression failed as CEL defines it: a key is absent, types do not fit. The API server refuses the object.</summary>
    Error,

    /// <summary>The value depends on something that is not supported here.</summary>
    Unsupported,
    Null,
    Boolean,
    Number,
    Text,
    List,
    Map,
}

/// <summary>
/// A value while a rule is evaluated. Values of the object stay nodes, with the schema that knows their defaults. Whole numbers are as
/// exact as a decimal.
/// </summary>
internal readonly record struct CelValue(CelKind Kind)
{
    public bool Truth { get; private init; }

    public decimal Amount { get; private init; }

    /// <summary>The text of a string; the reason of an error or of something unsupported.</summary>
    public string Text { get; private init; } = "";

    private YamlNode? Node { get; init; }

    private SchemaSlot? Slot { get; init; }

    // A list that the rule itself writes down.
    private ImmutableArray<CelValue> Written { get; init; }

    public static CelValue Null { get; } = new(CelKind.Null);

    public bool IsFailure => Kind is CelKind.Error or CelKind.Unsupported;

    public static CelValue Of(bool truth) => new(CelKind.Boolean) { Truth = truth };

    public static CelValue Of(decimal amount) => new(CelKind.Number) { Amount = amount };

    public static CelValue Of(string text) => new(CelKind.Text) { Text = text };

    public static CelValue Of(ImmutableArray<CelValue> items) => new(CelKind.List) { Written = items };

    public static CelValue Error(string why) => new(CelKind.Error) { Text = why };

    public static CelValue Unsupported(string why) => new(CelKind.Unsupported) { Text = why };

    /// <summary>A value of the object.</summary>
    public static CelValue Of(YamlNode node, SchemaSlot? slot) =>
        node switch
        {
            YamlMapping => new(CelKind.Map) { Node = node, Slot = slot },
            YamlSequence => new(CelKind.List) { Node = node, Slot = slot },
            YamlScalar scalar => OfScalar(scalar, slot),
            _ => Unsupported("a value could not be read"),
        };

    /// <summary>True for false and false for true; fails for other values.</summary>
    public CelValue Not() =>
        Kind == CelKind.Boolean ? Of(!Truth)
        : IsFailure ? this
        : Error("! does not apply to this value");

    /// <summary>The number of characters, items or keys; nothing for other values.</summary>
    public int? Size() =>
        (Kind, Node) switch
        {
            (CelKind.Text, _) => LengthConstraint.CodePoints(Text),
            (CelKind.List, _) => Items().Count(),
            (_, YamlMapping mapping) => Slot?.Schema is { } schema
                ? mapping.Entries.Count(entry => schema.Effective(mapping, entry.Key.Text) is not null)
                : mapping.Entries.Length,
            _ => null,
        };

    /// <summary>A field of a map, or the default in its place; nothing where it is absent.</summary>
    public CelValue? Field(string name)
    {
        var mapping = (YamlMapping)Node!;
        var value = Slot is null ? mapping[name] : Slot.Schema.Effective(mapping, name);
        return value is null ? null : Of(value, Slot?.Schema.Field(name));
    }

    /// <summary>The field of a map, or the item of a list.</summary>
    public CelValue At(CelValue key) =>
        (Kind, key.Kind) switch
        {
            (CelKind.Map, CelKind.Text) => Field(key.Text) ?? Error($"no such key: {Excerpt.Of(key.Text)}"),
            (CelKind.List, CelKind.Number) => key.Amount >= 0 && key.Amount < Size()
                ? Items().ElementAt((int)key.Amount)
                : Error("index out of bounds"),
            _ => Error("a field or an index does not apply to this value"),
        };

    /// <summary>Whether a list has an item, or a map a key.</summary>
    public CelValue Contains(CelValue item)
    {
        if (Kind == CelKind.Map && item.Kind == CelKind.Text)
            return Of(Field(item.Text) is not null);

        if (Kind != CelKind.List)
            return Error("'in' does not apply to this value");

        foreach (var other in Items())
        {
            if (AreEqual(item, other) is var equal && (equal.Truth || equal.IsFailure))
                return equal;
        }

        return Of(false);
    }

    public static CelValue AreEqual(CelValue a, CelValue b)
    {
        if (a.IsFailure || b.IsFailure)
            return a.IsFailure ? a : b;

        return (a.Kind, b.Kind) switch
        {
            (CelKind.Map, CelKind.Map) => Unsupported("comparing objects is not supported"),
            (CelKind.List, CelKind.List) => AreListsEqual(a, b),
            _ => Of(a.Kind == b.Kind && a.Truth == b.Truth && a.Amount == b.Amount && a.Text == b.Text),
        };
    }

    private static CelValue AreListsEqual(CelValue a, CelValue b)
    {
        if (a.Size() != b.Size())
            return Of(false);

        foreach (var (x, y) in a.Items().Zip(b.Items()))
        {
            if (AreEqual(x, y) is { Truth: false } and var decided)
                return decided;
        }

        return Of(true);
    }

    private IEnumerable<CelValue> Items()
    {
        var slot = Slot?.Schema.Items;
        return Node is YamlSequence list ? list.Items.Select(item => Of(item, slot)) : Written;
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
