namespace GitOpsGen.Review;

/// <summary>One value of an object that differs.</summary>
/// <param name="Path">Where: <c>spec.package</c>, <c>spec.env[name=LOG].value</c>.</param>
/// <param name="From">The value before, a text as it is and all else as JSON in one line; <see langword="null"/> where there was none.</param>
/// <param name="To">The value after; <see langword="null"/> where there is none.</param>
internal sealed record FieldChange(string Path, string? From, string? To);

/// <summary>
/// What differs between two values, by meaning: mappings by key, lists of mappings by their names, other lists by their longest common
/// part. A difference is told at the deepest place that both sides have.
/// </summary>
internal sealed class NodeDifference
{
    /// <summary>What is shown in place of a value that may be a secret.</summary>
    public const string Hidden = "(changed)";

    private readonly List<(FieldChange Field, YamlNode? Before)> changes = [];

    /// <summary>The differences of two objects, in the order of the text.</summary>
    public static ImmutableArray<FieldChange> Of(YamlNode? before, YamlNode? after) => [.. Placed(before, after).Select(change => change.Field)];

    /// <summary>The same with the value before, which knows its place; <see langword="null"/> where there was none.</summary>
    public static IEnumerable<(FieldChange Field, YamlNode? Before)> Placed(YamlNode? before, YamlNode? after)
    {
        var difference = new NodeDifference();
        difference.Compare(new("", Secrecy.Of(before, after)), before, after);
        return difference.changes;
    }

    private void Compare(Place place, YamlNode? before, YamlNode? after)
    {
        if (before is not null && after is not null && NodeEquality.Instance.Equals(before, after))
            return;

        switch (before, after)
        {
            case (YamlMapping old, YamlMapping current):
                CompareByKey(place, old, current);
                break;
            case (YamlSequence old, YamlSequence current) when Names(old) is { } names && Names(current) is { } others:
                CompareByName(place, names, others);
                break;
            case (YamlSequence old, YamlSequence current) when LongestCommonPart.IsBearable(old.Items.Length, current.Items.Length):
                CompareByOrder(place, old.Items, current.Items);
                break;
            default:
                // "1" and 1 differ in their quotes alone.
                var quotes = before is YamlScalar one && after is YamlScalar other && one.Text == other.Text;
                changes.Add((new(place.Path, Text(before, place, quotes), Text(after, place, quotes)), before));
                break;
        }
    }

    private void CompareByKey(Place place, YamlMapping before, YamlMapping after)
    {
        foreach (var (key, value) in before.Entries)
            Compare(Below(place, key.Text), value, after[key.Text]);

        foreach (var (key, value) in after.Entries.Where(entry => before[entry.Key.Text] is null))
            Compare(Below(place, key.Text), null, value);
    }

    private void CompareByName(Place place, OrderedDictionary<string, YamlNode> before, OrderedDictionary<string, YamlNode> after)
    {
        foreach (var (name, value) in before)
            Compare(Named(name), value, after.GetValueOrDefault(name));

        foreach (var (name, value) in after.Where(pair => !before.ContainsKey(pair.Key)))
            Compare(Named(name), null, value);

        Place Named(string name) => new($"{place.Path}[name={name}]", place.Secrecy.InItem(name));
    }

    // What is in both, in order, stays. Between two such items, the first that left is paired with the first that came.
    private void CompareByOrder(Place place, ImmutableArray<YamlNode> before, ImmutableArray<YamlNode> after)
    {
        var (i, j) = (0, 0);
        foreach (var (keptBefore, keptAfter) in LongestCommonPart.Of(before, after, NodeEquality.Instance).Append((before.Length, after.Length)))
        {
            while (i < keptBefore || j < keptAfter)
            {
                var (old, current) = (i < keptBefore ? before[i] : null, j < keptAfter ? after[j] : null);
                Compare(place with { Path = $"{place.Path}[{(current is null ? i : j)}]" }, old, current);
                i += old is null ? 0 : 1;
                j += current is null ? 0 : 1;
            }

            (i, j) = (keptBefore + 1, keptAfter + 1);
        }
    }

    private static OrderedDictionary<string, YamlNode>? Names(YamlSequence list)
    {
        var names = new OrderedDictionary<string, YamlNode>(StringComparer.Ordinal);
        return list.Items.All(item => item is YamlMapping mapping && YamlScalar.TextOf(mapping["name"]) is { } name && names.TryAdd(name, item))
            ? names
            : null;
    }

    private static string? Text(YamlNode? node, Place place, bool quotes)
    {
        if (node is null)
            return null;

        if (node is YamlScalar { Kind: ScalarKind.String } alone && !quotes && !place.Secrecy.Hides(alone))
            return alone.Text;

        var text = new StringBuilder();
        Write(text, node, place);
        return text.ToString();
    }

    private static void Write(StringBuilder text, YamlNode node, Place place)
    {
        switch (node)
        {
            case YamlMapping mapping:
                text.Append('{');
                foreach (var (key, value) in mapping.Entries)
                {
                    text.Append(text[^1] == '{' ? "" : ", ").Append(JsonWriter.Quote(key.Text)).Append(": ");
                    Write(text, value, Below(place, key.Text));
                }

                text.Append('}');
                break;
            case YamlSequence list:
                text.Append('[');
                foreach (var item in list.Items)
                {
                    text.Append(text[^1] == '[' ? "" : ", ");
                    Write(text, item, place with { Secrecy = place.Secrecy.InItem(item) });
                }

                text.Append(']');
                break;
            case YamlScalar scalar when !place.Secrecy.Hides(scalar):
                text.Append(scalar.Kind == ScalarKind.String ? JsonWriter.Quote(scalar.Text) : scalar.Text);
                break;
            default:
                text.Append(Hidden);
                break;
        }
    }

    private static Place Below(Place place, string key) =>
        new(
            !IsPlain(key) ? $"{place.Path}[{JsonWriter.Quote(key)}]"
                : place.Path.Length == 0 ? key
                : $"{place.Path}.{key}",
            place.Secrecy.Below(key)
        );

    private static bool IsPlain(string key) => key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>A place in the objects, and what is hidden there.</summary>
    private readonly record struct Place(string Path, Secrecy Secrecy);
}
