namespace GitOpsGen.Validation.Controllers;

/// <summary>Selectors of labels (apimachinery pkg/apis/meta/v1/validation).</summary>
internal static class SelectorRules
{
    private static readonly string[] Operators = ["In", "NotIn", "Exists", "DoesNotExist"];

    /// <summary>What any selector must be.</summary>
    public static ControllerRule[] At(string path) =>
        [
            ServerRule.Labels($"{path}.matchLabels") with
            {
                Rule = Rules.SelectorRefused,
            },
            Rule($"{path}.matchExpressions[]", WrongExpression, "Use In or NotIn with values, or Exists or DoesNotExist without."),
        ];

    /// <summary>The selector of a workload, which must select the pods of its own template.</summary>
    public static ControllerRule[] OfWorkload { get; } =
    [
        .. At("spec.selector"),
        Rule("spec.selector", Nothing, "Give a label of the template under matchLabels."),
        Rule("spec", Stranger, "Give the template every label that the selector asks for.") with
        {
            At = "template.metadata.labels",
        },
    ];

    private static ControllerRule Rule(string path, Func<YamlNode, string?> objection, string fix) =>
        new(path, objection, fix) { Rule = Rules.SelectorRefused };

    private static string? Nothing(YamlNode node) =>
        node is YamlMapping selector && IsEmpty(selector["matchLabels"]) && IsEmpty(selector["matchExpressions"]) ? "is empty" : null;

    private static bool IsEmpty(YamlNode? node) =>
        node is null or YamlScalar { Kind: ScalarKind.Null } or YamlMapping { Entries.IsEmpty: true } or YamlSequence { Items.IsEmpty: true };

    private static string? WrongExpression(YamlNode node)
    {
        if (node is not YamlMapping expression || YamlScalar.TextOf(expression["operator"]) is not { } name)
            return null;

        if (!Operators.Contains(name))
            return $"has the operator '{Excerpt.Of(name)}'";

        var isEmpty = IsEmpty(expression["values"]);
        return (name is "In" or "NotIn", isEmpty) switch
        {
            (true, true) => $"has no values for {name}",
            (false, false) => $"has values for {name}",
            _ => null,
        };
    }

    private static string? Stranger(YamlNode node)
    {
        if (node is not YamlMapping spec || spec["selector"] is not YamlMapping selector || spec["template"] is not YamlMapping template)
            return null;

        var labels = template.At("metadata", "labels") as YamlMapping;
        var expected = (selector["matchLabels"] as YamlMapping)?.Entries.FirstOrDefault(entry => Value(labels, entry.Key.Text) != Text(entry.Value));
        return expected is { Key: { } key, Value: { } value } ? $"lacks '{Excerpt.Of($"{key.Text}: {Text(value)}")}', which the selector asks for"
            : ServerRule.Items(selector["matchExpressions"]).Any(expression => !Matches(expression, labels))
                ? "does not match an expression of the selector"
            : null;
    }

    private static bool Matches(YamlMapping expression, YamlMapping? labels)
    {
        var value = Value(labels, YamlScalar.TextOf(expression["key"]) ?? "");
        var isAmong = value is not null && expression["values"] is YamlSequence values && values.Items.Any(item => Text(item) == value);
        return YamlScalar.TextOf(expression["operator"]) switch
        {
            "In" => isAmong,
            "NotIn" => !isAmong,
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            _ => true,
        };
    }

    private static string? Value(YamlMapping? labels, string key) => labels?[key] is { } value ? Text(value) : null;

    private static string Text(YamlNode node) => YamlScalar.TextOf(node) ?? "";
}
