namespace GitOpsGen.Yaml;

/// <summary>Equality of values as in JSON: 1 equals 1.0; the order of keys and the style do not matter.</summary>
internal sealed class NodeEquality : IEqualityComparer<YamlNode>
{
    private NodeEquality() { }

    public static NodeEquality Instance { get; } = new();

    public bool Equals(YamlNode? x, YamlNode? y) =>
        (x, y) switch
        {
            (null, null) => true,
            (YamlScalar a, YamlScalar b) => Equal(a, b),
            (YamlSequence a, YamlSequence b) => a.Items.SequenceEqual(b.Items, this),
            (YamlMapping a, YamlMapping b) => a.Entries.Length == b.Entries.Length
                && a.Entries.All(entry => b[entry.Key.Text] is { } other && Equals(entry.Value, other)),
            _ => false,
        };

    public int GetHashCode(YamlNode node) =>
        node switch
        {
            YamlScalar scalar => Number(scalar) is { } number ? number.GetHashCode() : string.GetHashCode(scalar.Text, StringComparison.Ordinal),
            YamlSequence list => list.Items.Aggregate(list.Items.Length, (hash, item) => HashCode.Combine(hash, GetHashCode(item))),
            YamlMapping mapping => mapping.Entries.Aggregate(
                mapping.Entries.Length,
                (hash, entry) => unchecked(hash + HashCode.Combine(entry.Key.Text, GetHashCode(entry.Value)))
            ), // in any order
            _ => 0,
        };

    /// <summary>The value of a number; nothing for other scalars.</summary>
    public static double? Number(YamlScalar scalar) =>
        scalar.Kind switch
        {
            ScalarKind.Integer when scalar.ToInteger() is { } whole => whole,
            ScalarKind.Integer => double.Parse(NumberText.Integer(scalar.Text), CultureInfo.InvariantCulture),
            ScalarKind.Float when NumberText.IsFinite(scalar.Text) => double.Parse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture),
            _ => null,
        };

    private static bool Equal(YamlScalar a, YamlScalar b)
    {
        if (a.Kind == ScalarKind.Integer && b.Kind == ScalarKind.Integer)
            return NumberText.Integer(a.Text) == NumberText.Integer(b.Text);
        if (Number(a) is { } left && Number(b) is { } right)
            return left == right;
        return a.Kind == b.Kind
            && (
                a.Kind switch
                {
                    ScalarKind.Null => true,
                    ScalarKind.Boolean => string.Equals(a.Text, b.Text, StringComparison.OrdinalIgnoreCase),
                    _ => a.Text == b.Text,
                }
            );
    }
}
