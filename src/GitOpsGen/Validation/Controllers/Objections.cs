namespace GitOpsGen.Validation.Controllers;

/// <summary>Objections that several controllers share.</summary>
internal static class Objections
{
    public static string? Empty(YamlNode node) => YamlScalar.TextOf(node) is { } text && string.IsNullOrWhiteSpace(text) ? "is empty" : null;

    public static Func<YamlNode, string?> Unless(params string[] allowed) =>
        node => YamlScalar.TextOf(node) is { } text && !allowed.Contains(text) ? $"is '{Excerpt.Of(text)}'" : null;

    public static string? Negative(YamlNode node) => node is YamlScalar scalar && NodeEquality.Number(scalar) < 0 ? "is negative" : null;

    /// <summary>A reference without a name: the default of the schema is an empty name.</summary>
    public static string? Nameless(YamlNode node) => node is YamlMapping mapping && IsAbsent(mapping, "name") ? "names nothing" : null;

    /// <summary>What to do about labels of which one is wrong.</summary>
    public const string UseLabels = "Use keys and values that are valid for labels.";

    /// <summary>Labels that a controller gives to its objects.</summary>
    public static string? WrongLabels(YamlNode node) =>
        node is YamlMapping labels
        && labels.Entries.Any(e =>
            !KubernetesNames.IsQualified(e.Key.Text, allowsCapitals: false)
            || (YamlScalar.TextOf(e.Value) is { } value && !KubernetesNames.IsLabelValue(value))
        )
            ? "have a key or value that is not valid for a label"
            : null;

    /// <summary>Whether a field is absent, or an empty string or list, which Go does not distinguish.</summary>
    public static bool IsAbsent(YamlMapping mapping, string field) =>
        mapping[field]
            is null
                or YamlScalar { Kind: ScalarKind.Null }
                or YamlScalar { Kind: ScalarKind.String, Text: "" }
                or YamlSequence { Items.Length: 0 };
}
