using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Schemas;

/// <summary>One of <c>x-kubernetes-validations</c>: a rule in CEL that a value must fulfil. It is parsed when a value first needs it.</summary>
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
        parsed = new(() => Parse(rule));
    }

    /// <summary>Why it can never be evaluated, as the end of a sentence; usually it can.</summary>
    public string? WhyUnevaluable => parsed.Value.Problem;

    /// <summary>The rules of a schema that apply to an object that is created; those that compare with what was before do not.</summary>
    public static IEnumerable<SchemaRule> ReadAll(YamlNode? node, Action<YamlNode, string> problem)
    {
        foreach (var item in node is YamlSequence list ? list.Items : [])
        {
            if (item is not YamlMapping mapping || mapping["rule"] is not YamlScalar { Kind: ScalarKind.String } rule)
            {
                problem(item, "A validation has no 'rule'");
            }
            else if (!IsTransition(rule.Text) || mapping["optionalOldSelf"] is YamlScalar { Text: "true" })
            {
                yield return new(rule.Text, (mapping["message"] as YamlScalar)?.Text);
            }
        }
    }

    public void Check(SchemaSlot slot, YamlNode value, Inspection inspection)
    {
        if (parsed.Value.Expression is not { } expression)
        {
            Leave(value, parsed.Value.Problem!, inspection);
            return;
        }

        var result = expression.Evaluate(new(CelValue.Of(value, slot)));
        if (result is { Kind: CelKind.Boolean, Truth: true })
            return;
        if (result.Kind == CelKind.Unsupported)
        {
            Leave(value, result.Text, inspection);
            return;
        }

        var why = result.Kind == CelKind.Error ? $" ({Excerpt.Of(result.Text)})" : "";
        inspection.Report(
            Rules.SchemaRule,
            value,
            $"breaks a rule of its schema{why}: {Excerpt.Of(message ?? rule, LongestMessage).TrimEnd('.')}",
            $"Make this true: {Excerpt.Of(rule, LongestMessage)}."
        );
    }

    private void Leave(YamlNode value, string why, Inspection inspection) =>
        inspection.Leave(Rules.NotEvaluated, value, $"is not checked against the rule {Excerpt.Of(rule)}: {why}", "Check it on a cluster.");

    private static (CelExpression? Expression, string? Problem) Parse(string rule)
    {
        try
        {
            return (CelParser.Parse(rule), null);
        }
        catch (CelUnsupportedException e)
        {
            return (null, e.Message);
        }
    }

    private static bool IsTransition(string rule)
    {
        try
        {
            return CelLexer.Read(rule).Contains(new(CelTokenKind.Name, "oldSelf"));
        }
        catch (CelUnsupportedException)
        {
            return false; // it is reported when it is evaluated
        }
    }
}
