namespace GitOpsGen.Yaml.Editing;

/// <summary>Finds the items that two lists share: strings by their text, mappings by their first value, which is a name.</summary>
internal static class ListAlignment
{
    /// <summary>The wanted items with their origins. An item that would have to move is a new item; a new string replaces a removed one.</summary>
    public static ImmutableArray<ListItem> Of(ImmutableArray<YamlNode> before, ImmutableArray<YamlNode> wanted)
    {
        var items = ImmutableArray.CreateBuilder<ListItem>(wanted.Length);
        var next = 0;
        foreach (var node in wanted)
        {
            var found = next;
            while (found < before.Length && Identity(before[found]) != Identity(node))
                found++;

            items.Add(new(found < before.Length ? found : null, node));
            next = found < before.Length ? found + 1 : next;
        }

        return [.. Reused(items.MoveToImmutable(), before.Length)];
    }

    private static string Identity(YamlNode node) =>
        node switch
        {
            YamlScalar scalar => scalar.Text,
            YamlMapping { Entries: [{ Value: YamlScalar first }, ..] } => first.Text,
            _ => "",
        };

    private static IEnumerable<ListItem> Reused(ImmutableArray<ListItem> items, int count)
    {
        var last = -1;
        for (var i = 0; i < items.Length; i++)
        {
            var limit = items.Skip(i).Select(item => item.Origin).FirstOrDefault(origin => origin is not null) ?? count;
            var origin = items[i].Origin ?? (items[i].Wanted is YamlScalar && last + 1 < limit ? last + 1 : null);
            last = origin ?? last;
            yield return items[i] with
            {
                Origin = origin,
            };
        }
    }
}

/// <summary>An item of the wanted list.</summary>
/// <param name="Origin">Its number in the present list; <see langword="null"/> for a new item.</param>
/// <param name="Wanted">Its wanted value.</param>
internal readonly record struct ListItem(int? Origin, YamlNode Wanted);
