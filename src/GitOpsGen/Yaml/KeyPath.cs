namespace GitOpsGen.Yaml;

/// <summary>Where a place of a document is, in names that stay when lines move.</summary>
internal static class KeyPath
{
    /// <summary>
    /// The keys from the top to the innermost value that has the place. An item of a list goes by what identifies it, such as its
    /// <c>package</c>, or else by its number. Empty for a place in no key.
    /// </summary>
    public static string At(YamlNode root, SourcePosition place)
    {
        var path = "";
        for (var node = root; Step(node, place) is var (name, inner); node = inner)
            path += $"/{name}";

        return path;
    }

    private static (string Name, YamlNode Inner)? Step(YamlNode node, SourcePosition place)
    {
        switch (node)
        {
            case YamlMapping mapping:
                foreach (var (key, value) in mapping.Entries)
                {
                    if (Holds(key, place) || Holds(value, place))
                        return (key.Text, value);
                }

                break;
            case YamlSequence list:
                for (var i = 0; i < list.Items.Length; i++)
                {
                    if (Holds(list.Items[i], place))
                        return (NameOf(list.Items[i]) ?? i.ToString(CultureInfo.InvariantCulture), list.Items[i]);
                }

                break;
        }

        return null;
    }

    private static string? NameOf(YamlNode item) =>
        item is YamlMapping mapping ? YamlScalar.TextOf(mapping["package"] ?? mapping["name"]) : YamlScalar.TextOf(item);

    private static bool Holds(YamlNode node, SourcePosition place) => node.Span.Start.CompareTo(place) <= 0 && place.CompareTo(node.Span.End) < 0;
}
