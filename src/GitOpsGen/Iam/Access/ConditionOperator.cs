namespace GitOpsGen.Iam.Access;

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
