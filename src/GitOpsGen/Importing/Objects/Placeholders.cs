namespace GitOpsGen.Importing.Objects;

/// <summary>
/// What stands in a value for another one: <c>${NAME}</c> of Flux and shells, with or without a default, <c>$(NAME)</c>, and <c>&lt;NAME&gt;</c> of
/// manuals.
/// </summary>
internal static partial class Placeholders
{
    /// <summary>The node with the placeholders that are known replaced.</summary>
    /// <param name="node">The node.</param>
    /// <param name="values">The values, by name.</param>
    /// <param name="takesDefaults">Whether the defaults of Flux's variables count where there is no value.</param>
    public static YamlNode Fill(YamlNode node, ImmutableDictionary<string, string> values, bool takesDefaults = false) =>
        values.IsEmpty && !takesDefaults
            ? node
            : node switch
            {
                YamlScalar scalar when scalar.Text.AsSpan().ContainsAny('$', '<') => Filled(scalar, values, takesDefaults),
                YamlSequence list => FillAll(list.Items, values, takesDefaults) is { } items ? new YamlSequence(items, list.Span) : list,
                YamlMapping mapping => FillAll(mapping.Entries.Select(entry => entry.Value), values, takesDefaults) is { } filled
                    ? new YamlMapping([.. mapping.Entries.Zip(filled, (entry, value) => new YamlEntry(entry.Key, value))], mapping.Span)
                    : mapping,
                _ => node,
            };

    // Nothing where nothing changes.
    private static ImmutableArray<YamlNode>? FillAll(IEnumerable<YamlNode> nodes, ImmutableDictionary<string, string> values, bool takesDefaults)
    {
        var changes = false;
        ImmutableArray<YamlNode> filled =
        [
            .. nodes.Select(node =>
            {
                var result = Fill(node, values, takesDefaults);
                changes |= result != node;
                return result;
            }),
        ];
        return changes ? filled : null;
    }

    /// <summary>The first placeholder of a text; <see langword="null"/> where there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="inParentheses">Whether <c>$(NAME)</c> is one: in arguments and variables of containers, Kubernetes replaces it.</param>
    public static string? First(string text, bool inParentheses) =>
        Form().Matches(text).Select(match => match.Value).FirstOrDefault(found => inParentheses || !found.StartsWith("$(", StringComparison.Ordinal));

    private static YamlScalar Filled(YamlScalar scalar, ImmutableDictionary<string, string> values, bool takesDefaults)
    {
        var text = Form()
            .Replace(
                scalar.Text,
                match =>
                    values.TryGetValue(match.Groups["name"].Value, out var value) ? value
                    : takesDefaults && match.Groups["default"] is { Success: true } @default ? @default.Value
                    : match.Value
            );
        return text == scalar.Text
            ? scalar
            : new(scalar.IsPlain ? CoreSchema.KubernetesKindOf(text) : ScalarKind.String, text, scalar.Span) { IsPlain = scalar.IsPlain };
    }

    [GeneratedRegex(
        @"\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::?[-=](?<default>[^}]*))?\}|\$\((?<name>[A-Za-z_][A-Za-z0-9_]*)\)|<(?<name>[A-Z][A-Z0-9_-]*)>"
    )]
    private static partial Regex Form();
}
