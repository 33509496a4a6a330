namespace GitOpsGen.Validation.Schemas;

/// <summary>One of <c>x-kubernetes-validations</c>: a rule in CEL that must be true for a value. It is parsed when a value first needs it.</summary>
internal sealed class SchemaRule
{
    private const int LongestMessage = 300;

    private readonly string rule;
    private readonly string? message;
    private readonly Lazy<(CelExpression? Expression, string? Problem)> parsed;

    private SchemaRule(string rule, string? message)
    {
        this.rule = rule;
        this.message = message;
        parsed = new(() => CelParser.Parse(rule));
    }

    /// <summary>The rules of a schema that apply to an object that is created; rules about a change do not.</summary>
    public static IEnumerable<SchemaRule> ReadAll(YamlNode? node, Action<YamlNode, string> problem)
    {
        foreach (var item in node is YamlSequence list ? list.Items : [])
        {
            if (item is not YamlMapping mapping || mapping["rule"] is not YamlScalar { Kind: ScalarKind.String } rule)
                problem(item, "A validation has no 'rule'");
            else if (!CelParser.IsTransition(rule.Text) || mapping["optionalOldSelf"] is YamlScalar { Text: "true" })
                yield return new(rule.Text, (mapping["message"] as YamlScalar)?.Text);
        }
    }

    public void Check(SchemaSlot slot, YamlNode value, Inspection inspection)
    {
        var result = parsed.Value.Expression?.Evaluate(CelValue.Of(value, slot)) ?? CelValue.Unsupported(parsed.Value.Problem!);
        if (result.Kind == CelKind.Unsupported)
        {
            inspection.Leave(
                Rules.NotEvaluated,
                value,
                $"is not checked against the rule {Excerpt.Of(rule)}: {result.Text}",
                "Check it on a cluster."
            );
        }
        else if (result is not { Kind: CelKind.Boolean, Truth: true })
        {
            var why = result.Kind == CelKind.Error ? $" ({Excerpt.Of(result.Text)})" : "";
            inspection.Report(
                Rules.SchemaRule,
                value,
                $"breaks a rule of its schema{why}: {Excerpt.Of(message ?? rule, LongestMessage).TrimEnd('.')}",
                $"Make this true: {Excerpt.Of(rule, LongestMessage)}."
            );
        }
    }
}
