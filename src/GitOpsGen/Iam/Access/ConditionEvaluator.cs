using System.Collections.Immutable;

namespace GitOpsGen.Iam.Access;

/// <summary>Whether conditions hold for a request (IAM User Guide, "IAM JSON policy elements: Condition operators").</summary>
internal static class ConditionEvaluator
{
    /// <summary>Whether all hold.</summary>
    public static Certainty Hold(IEnumerable<PolicyCondition> conditions, RequestContext context) =>
        Certain.All(conditions, condition => Holds(condition, context));

    private static Certainty Holds(PolicyCondition condition, RequestContext context)
    {
        var test = condition.Operator.Test;
        if (test == ConditionTest.Unknown)
        {
            return Certainty.Maybe;
        }

        var lacks = context.Lacks(condition.Key);
        if (test == ConditionTest.Absence)
        {
            return Certain.Any(condition.Values, value => IsAbsent(value, lacks));
        }

        return lacks switch
        {
            Certainty.Yes => WithoutKey(condition.Operator),
            Certainty.Maybe => Certainty.Maybe,
            _ => WithValues(condition, context[condition.Key]!.Value),
        };
    }

    private static Certainty IsAbsent(string expected, Certainty lacks) =>
        expected.ToLowerInvariant() switch
        {
            "true" => lacks,
            "false" => Certain.Not(lacks),
            _ => Certainty.Maybe,
        };

    // What a negated operator with ForAnyValue, or IfExists behind ForAnyValue, does without the key, AWS does not say.
    private static Certainty WithoutKey(ConditionOperator asked) =>
        asked.Set switch
        {
            ConditionSet.All => Certainty.Yes,
            ConditionSet.Any => asked.IfExists || asked.IsNegated ? Certainty.Maybe : Certainty.No,
            _ => Certain.Of(asked.IfExists || asked.IsNegated),
        };

    private static Certainty WithValues(PolicyCondition condition, ImmutableArray<string> values) =>
        condition.Operator.Set switch
        {
            ConditionSet.All => Certain.All(values, value => Passes(condition, value)),
            ConditionSet.Any => Certain.Any(values, value => Passes(condition, value)),
            // An operator for one value on a key with several: AWS says not to.
            _ => values is [var single] ? Passes(condition, single) : Certainty.Maybe,
        };

    private static Certainty Passes(PolicyCondition condition, string value) =>
        Certain.Not(Certain.Any(condition.Values, listed => Matches(condition.Operator.Test, listed, value)), condition.Operator.IsNegated);

    private static Certainty Matches(ConditionTest test, string listed, string value)
    {
        if (PolicyText.HasVariable(listed))
        {
            return Certainty.Maybe;
        }

        return test switch
        {
            ConditionTest.Text => Certain.Of(listed == value),
            ConditionTest.TextIgnoringCase => Certain.Of(string.Equals(listed, value, StringComparison.OrdinalIgnoreCase)),
            ConditionTest.Pattern => Certain.Of(Wildcard.Matches(listed, value)),
            ConditionTest.Arn => PolicyText.ArnMatches(listed, value),
            _ => IsBoolean(listed) && IsBoolean(value)
                ? Certain.Of(string.Equals(listed, value, StringComparison.OrdinalIgnoreCase))
                : Certainty.Maybe,
        };
    }

    private static bool IsBoolean(string text) => bool.TryParse(text, out _);
}
