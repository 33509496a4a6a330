namespace GitOpsGen.Iam.Access;

/// <summary>Whether conditions hold for a request (IAM User Guide, "IAM JSON policy elements: Condition operators").</summary>
internal static class ConditionEvaluator
{
    /// <summary>Whether all hold.</summary>
    public static Certainty Hold(IEnumerable<PolicyCondition> conditions, RequestContext context) =>
        Certain.All(conditions, condition => Holds(condition, context));

    // What is known of a request is never all: any other key may be there, with any value.
    private static Certainty Holds(PolicyCondition condition, RequestContext context) =>
        condition.Operator.Test == ConditionTest.Unknown || context[condition.Key] is not { } values ? Certainty.Maybe
        : condition.Operator.Test == ConditionTest.Absence ? Certain.Any(condition.Values, IsPresence)
        : WithValues(condition, values);

    private static Certainty IsPresence(string isAbsent) => bool.TryParse(isAbsent, out var absent) ? Certain.Of(!absent) : Certainty.Maybe;

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
            return Certainty.Maybe;

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

/// <summary>An operator of a condition, taken apart: <c>ForAnyValue:StringLikeIfExists</c>.</summary>
/// <param name="Set">How a key with several values is read.</param>
/// <param name="Test">What is asked of one value.</param>
/// <param name="IsNegated">Whether a value has to fail the test against all that is listed.</param>
/// <param name="IfExists">Whether the condition holds where the key is absent.</param>
internal sealed record ConditionOperator(ConditionSet Set, ConditionTest Test, bool IsNegated, bool IfExists)
{
    private static readonly Dictionary<string, (ConditionTest Test, bool IsNegated)> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["StringEquals"] = (ConditionTest.Text, false),
        ["StringNotEquals"] = (ConditionTest.Text, true),
        ["StringEqualsIgnoreCase"] = (ConditionTest.TextIgnoringCase, false),
        ["StringNotEqualsIgnoreCase"] = (ConditionTest.TextIgnoringCase, true),
        ["StringLike"] = (ConditionTest.Pattern, false),
        ["StringNotLike"] = (ConditionTest.Pattern, true),
        ["ArnEquals"] = (ConditionTest.Arn, false),
        ["ArnLike"] = (ConditionTest.Arn, false),
        ["ArnNotEquals"] = (ConditionTest.Arn, true),
        ["ArnNotLike"] = (ConditionTest.Arn, true),
        ["Bool"] = (ConditionTest.Boolean, false),
        ["Null"] = (ConditionTest.Absence, false),
    };

    /// <summary>Reads an operator. IAM compares the names without case.</summary>
    /// <returns>The operator; with the test <see cref="ConditionTest.Unknown"/> for numbers, dates, addresses, and what IAM may add.</returns>
    public static ConditionOperator Parse(string text)
    {
        var set =
            TakePrefix(ref text, "ForAnyValue:") ? ConditionSet.Any
            : TakePrefix(ref text, "ForAllValues:") ? ConditionSet.All
            : ConditionSet.Single;
        var ifExists = text.EndsWith("IfExists", StringComparison.OrdinalIgnoreCase);
        var name = ifExists ? text[..^"IfExists".Length] : text;
        var (test, isNegated) = Known.GetValueOrDefault(name, (ConditionTest.Unknown, false));
        var isSingular = test == ConditionTest.Absence && (ifExists || set != ConditionSet.Single);
        return new(set, isSingular ? ConditionTest.Unknown : test, isNegated, ifExists);
    }

    private static bool TakePrefix(ref string text, string prefix)
    {
        var has = text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
        text = has ? text[prefix.Length..] : text;
        return has;
    }
}

/// <summary>How a condition reads a key that may have several values.</summary>
internal enum ConditionSet
{
    /// <summary>The key has one value.</summary>
    Single,

    /// <summary><c>ForAnyValue:</c>, one of the request's values has to match; an absent key does not.</summary>
    Any,

    /// <summary><c>ForAllValues:</c>, each of the request's values has to match; an absent key does.</summary>
    All,
}

/// <summary>What a condition asks of one value.</summary>
internal enum ConditionTest
{
    /// <summary>Numbers, dates, addresses, binary, and whatever else is not looked into: it may hold or not.</summary>
    Unknown,

    /// <summary>The same characters.</summary>
    Text,

    /// <summary>The same characters but for case.</summary>
    TextIgnoringCase,

    /// <summary>A pattern with <c>*</c> and <c>?</c>.</summary>
    Pattern,

    /// <summary>A pattern per part of an ARN; <c>ArnEquals</c> and <c>ArnLike</c> are the same.</summary>
    Arn,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>Whether the key is absent.</summary>
    Absence,
}

/// <summary>What is known about a request besides who, what and where: the values of context keys, which have no case. Others may be there.</summary>
internal sealed class RequestContext(IEnumerable<KeyValuePair<string, ImmutableArray<string>>> values)
{
    private readonly ImmutableDictionary<string, ImmutableArray<string>> values = values.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The values of a key; <see langword="null"/> where it is not known.</summary>
    public ImmutableArray<string>? this[string key] => values.TryGetValue(key, out var found) ? found : null;
}
