namespace GitOpsGen.Importing.Objects;

/// <summary>Values inside of values, by the keys that lead to them.</summary>
internal static class NodePaths
{
    /// <summary>The same without a value, and without the mappings that are empty then.</summary>
    public static YamlMapping Without(this YamlMapping mapping, params ReadOnlySpan<string> path)
    {
        if (mapping[path[0]] is not { } there)
            return mapping;

        var left =
            path.Length == 1 ? null
            : there is YamlMapping inner && inner.Without(path[1..]) is { Entries.IsEmpty: false } rest ? rest
            : there is YamlMapping ? null
            : there;
        var key = path[0];
        return left is null ? new([.. mapping.Entries.Where(entry => entry.Key.Text != key)], mapping.Span) : mapping.With(key, left);
    }

    /// <summary>The same with a value at a path.</summary>
    public static YamlMapping WithAt(this YamlMapping mapping, YamlNode value, params ReadOnlySpan<string> path) =>
        path.Length == 1
            ? mapping.With(path[0], value)
            : mapping.With(path[0], (mapping[path[0]] as YamlMapping ?? new YamlMapping([], value.Span)).WithAt(value, path[1..]));

    /// <summary>Both; of a value in both, the second counts.</summary>
    public static YamlMapping Merged(this YamlMapping? first, YamlMapping second)
    {
        var merged = first ?? new YamlMapping([], second.Span);
        foreach (var (key, value) in second.Entries)
            merged = merged.With(key.Text, merged[key.Text] is YamlMapping there && value is YamlMapping inner ? there.Merged(inner) : value);

        return merged;
    }

    /// <summary>What is left without nulls, empty mappings and empty lists; <see langword="null"/> where nothing is.</summary>
    public static YamlNode? Pruned(YamlNode node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                ImmutableArray<YamlEntry> entries =
                [
                    .. mapping
                        .Entries.Select(entry => (entry.Key, Value: Pruned(entry.Value)))
                        .Where(e => e.Value is not null)
                        .Select(e => new YamlEntry(e.Key, e.Value!)),
                ];
                return entries.IsEmpty ? null : new YamlMapping(entries, mapping.Span);
            case YamlSequence list:
                ImmutableArray<YamlNode> items = [.. list.Items.Select(Pruned).OfType<YamlNode>()];
                return items.IsEmpty ? null : new YamlSequence(items, list.Span);
            case YamlScalar { Kind: ScalarKind.Null }:
                return null;
            default:
                return node;
        }
    }

    /// <summary>A mapping that is a text inside of a document; its values have the place of the text.</summary>
    public static YamlMapping? Embedded(YamlScalar text)
    {
        var (stream, found) = YamlReader.ReadPublished(text.Span.File, Encoding.UTF8.GetBytes(text.Text));
        return found.IsEmpty && stream?.Documents is [YamlMapping mapping] ? (YamlMapping)mapping.MovedTo(text.Span) : null;
    }

    public static YamlMapping Empty(SourceSpan span) => new([], span);
}
