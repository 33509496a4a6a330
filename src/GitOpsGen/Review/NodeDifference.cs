using System.Collections.Immutable;
using System.Text;
using GitOpsGen.Yaml;

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

    // The table of a longest common part has a cell for each pair.
    private const int MostCells = 1_000_000;

    private const int ShortSecret = 15;

    private static readonly string[] SecretWords = ["password", "passwd", "token", "secret", "key", "credential"];

    private readonly ImmutableArray<FieldChange>.Builder changes = ImmutableArray.CreateBuilder<FieldChange>();
    private readonly bool isSecret;

    private NodeDifference(bool isSecret) => this.isSecret = isSecret;

    /// <summary>The differences of two objects, in the order of the text.</summary>
    public static ImmutableArray<FieldChange> Of(YamlNode? before, YamlNode? after)
    {
        var difference = new NodeDifference(IsSecret(before) || IsSecret(after));
        difference.Compare(new(""), before, after);
        return difference.changes.ToImmutable();
    }

    private static bool IsSecret(YamlNode? node) => node is YamlMapping mapping && YamlScalar.TextOf(mapping["kind"]) == "Secret";

    private void Compare(Place place, YamlNode? before, YamlNode? after)
    {
        if (before is not null && after is not null && NodeEquality.Instance.Equals(before, after))
        {
            return;
        }

        switch (before, after)
        {
            case (YamlMapping old, YamlMapping current):
                CompareByKey(place, old, current);
                break;
            case (YamlSequence old, YamlSequence current) when Names(old) is { } names && Names(current) is { } others:
                CompareByName(place, names, others);
                break;
            case (YamlSequence old, YamlSequence current) when (long)old.Items.Length * current.Items.Length <= MostCells:
                CompareByOrder(place, old.Items, current.Items);
                break;
            default:
                // "1" and 1 differ in their quotes alone.
                var quotes = before is YamlScalar one && after is YamlScalar other && one.Text == other.Text;
                changes.Add(new(place.Path, Text(before, place, quotes), Text(after, place, quotes)));
                break;
        }
    }

    private void CompareByKey(Place place, YamlMapping before, YamlMapping after)
    {
        foreach (var (key, value) in before.Entries)
        {
            Compare(Below(place, key.Text), value, after[key.Text]);
        }

        foreach (var (key, value) in after.Entries.Where(entry => before[entry.Key.Text] is null))
        {
            Compare(Below(place, key.Text), null, value);
        }
    }

    private void CompareByName(Place place, OrderedDictionary<string, YamlNode> before, OrderedDictionary<string, YamlNode> after)
    {
        foreach (var (name, value) in before)
        {
            Compare(Named(name), value, after.GetValueOrDefault(name));
        }

        foreach (var (name, value) in after.Where(pair => !before.ContainsKey(pair.Key)))
        {
            Compare(Named(name), null, value);
        }

        // The name of an environment variable says what its value is.
        Place Named(string name) => place with { Path = $"{place.Path}[name={name}]", NamesSecret = SoundsSecret(name), IsItem = SoundsSecret(name) };
    }

    // What is in both, in order, stays. Between two such items, the first that left is paired with the first that came.
    private void CompareByOrder(Place place, ImmutableArray<YamlNode> before, ImmutableArray<YamlNode> after)
    {
        var (i, j) = (0, 0);
        foreach (var (keptBefore, keptAfter) in Common(before, after).Append((before.Length, after.Length)))
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

    private static List<(int Before, int After)> Common(ImmutableArray<YamlNode> before, ImmutableArray<YamlNode> after)
    {
        var longest = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                longest[i, j] = NodeEquality.Instance.Equals(before[i], after[j])
                    ? longest[i + 1, j + 1] + 1
                    : Math.Max(longest[i + 1, j], longest[i, j + 1]);
            }
        }

        var pairs = new List<(int, int)>();
        for (var (i, j) = (0, 0); i < before.Length && j < after.Length; )
        {
            if (NodeEquality.Instance.Equals(before[i], after[j]))
            {
                pairs.Add((i++, j++));
            }
            else if (longest[i + 1, j] >= longest[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return pairs;
    }

    private static OrderedDictionary<string, YamlNode>? Names(YamlSequence list)
    {
        var names = new OrderedDictionary<string, YamlNode>(StringComparer.Ordinal);
        return list.Items.All(item => item is YamlMapping mapping && YamlScalar.TextOf(mapping["name"]) is { } name && names.TryAdd(name, item))
            ? names
            : null;
    }

    private string? Text(YamlNode? node, Place place, bool quotes)
    {
        if (node is null)
        {
            return null;
        }

        if (node is YamlScalar { Kind: ScalarKind.String } alone && !quotes && !Hides(alone, place))
        {
            return alone.Text;
        }

        var text = new StringBuilder();
        Write(text, node, place);
        return text.ToString();
    }

    private static bool Hides(YamlScalar scalar, Place place) =>
        place.IsSecret || (place.NamesSecret && scalar is { Kind: ScalarKind.String, Text.Length: > ShortSecret });

    private void Write(StringBuilder text, YamlNode node, Place place)
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
                    Write(text, item, place);
                }

                text.Append(']');
                break;
            case YamlScalar scalar when !Hides(scalar, place):
                text.Append(scalar.Kind == ScalarKind.String ? JsonWriter.Quote(scalar.Text) : scalar.Text);
                break;
            default:
                text.Append(Hidden);
                break;
        }
    }

    private Place Below(Place place, string key) =>
        new(
            !IsPlain(key) ? $"{place.Path}[{JsonWriter.Quote(key)}]"
                : place.Path.Length == 0 ? key
                : $"{place.Path}.{key}",
            place.IsSecret || (isSecret && place.Path.Length == 0 && key is "data" or "stringData"),
            place.IsItem ? place.NamesSecret || SoundsSecret(key) : SoundsSecret(key),
            place.IsItem
        );

    private static bool IsPlain(string key) => key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool SoundsSecret(string name) => SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>A place in the objects.</summary>
    /// <param name="Path">Its path.</param>
    /// <param name="IsSecret">Whether everything here is hidden.</param>
    /// <param name="NamesSecret">Whether a long text here may be a secret, by its key.</param>
    /// <param name="IsItem">Whether it is so, too, below every key, because an item of a list has the name of a secret.</param>
    private readonly record struct Place(string Path, bool IsSecret = false, bool NamesSecret = false, bool IsItem = false);
}
