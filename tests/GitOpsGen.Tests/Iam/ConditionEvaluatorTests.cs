using System.Collections.Immutable;
using GitOpsGen.Iam.Access;
using Xunit;

namespace GitOpsGen.Tests.Iam;

/// <summary>One condition and one key. Values are separated by <c>|</c>.</summary>
public sealed class ConditionEvaluatorTests
{
    [Theory]
    [InlineData("StringEquals", "a", "a", "Yes")]
    [InlineData("StringEquals", "a", "A", "No")]
    [InlineData("StringEquals", "a|b", "b", "Yes")]
    [InlineData("StringEquals", "${aws:username}", "a", "Maybe")]
    [InlineData("StringNotEquals", "a", "b", "Yes")]
    [InlineData("StringNotEquals", "a|b", "b", "No")]
    [InlineData("StringEqualsIgnoreCase", "A", "a", "Yes")]
    [InlineData("StringEqualsIgnoreCase", "A", "b", "No")]
    [InlineData("StringNotEqualsIgnoreCase", "A", "a", "No")]
    [InlineData("StringLike", "a*", "ab", "Yes")]
    [InlineData("StringLike", "a*", "ba", "No")]
    [InlineData("StringNotLike", "a*", "ba", "Yes")]
    [InlineData("ArnLike", "arn:aws:iam::1:role/*", "arn:aws:iam::1:role/a", "Yes")]
    [InlineData("ArnEquals", "arn:aws:iam::1:role/*", "arn:aws:iam::2:role/a", "No")]
    [InlineData("ArnNotLike", "arn:aws:iam::1:role/*", "arn:aws:iam::2:role/a", "Yes")]
    [InlineData("ArnLike", "role", "arn:aws:iam::1:role/a", "Maybe")]
    [InlineData("Bool", "true", "TRUE", "Yes")]
    [InlineData("Bool", "true", "false", "No")]
    [InlineData("Bool", "true", "yes", "Maybe")]
    [InlineData("Bool", "yes", "true", "Maybe")]
    [InlineData("Null", "true", "a", "No")]
    [InlineData("Null", "false", "a", "Yes")]
    [InlineData("Null", "yes", "a", "Maybe")]
    [InlineData("Null", "true", null, "Maybe")]
    [InlineData("NullIfExists", "true", "a", "Maybe")]
    [InlineData("NumericEquals", "1", "1", "Maybe")]
    [InlineData("StringEquals", "a", null, "Maybe")]
    [InlineData("StringEquals", "a", "a|b", "Maybe")]
    [InlineData("ForAnyValue:StringEquals", "a", "a|b", "Yes")]
    [InlineData("ForAnyValue:StringEquals", "c", "a|b", "No")]
    [InlineData("ForAllValues:StringEquals", "a", "a|b", "No")]
    [InlineData("ForAllValues:StringEquals", "b|a", "a|b", "Yes")]
    public void A_condition_holds_does_not_or_may(string operation, string listed, string? values, string expected)
    {
        var condition = new PolicyCondition(ConditionOperator.Parse(operation), "aws:Key", [.. listed.Split('|')]);
        var context = new RequestContext(values is null ? [] : [KeyValuePair.Create("AWS:key", values.Split('|').ToImmutableArray())]);

        Assert.Equal(expected, ConditionEvaluator.Hold([condition], context).ToString());
    }

    [Theory]
    [InlineData("ForAnyValue:StringLike", "Any Pattern")]
    [InlineData("forallvalues:stringnotequalsifexists", "All Text not IfExists")]
    [InlineData("ArnNotEquals", "Single Arn not")]
    [InlineData("BoolIfExists", "Single Boolean IfExists")]
    [InlineData("Null", "Single Absence")]
    [InlineData("NullIfExists", "Single Unknown IfExists")]
    [InlineData("ForAnyValue:Null", "Any Unknown")]
    [InlineData("DateLessThan", "Single Unknown")]
    public void An_operator_is_taken_apart(string text, string parts)
    {
        var parsed = ConditionOperator.Parse(text);

        Assert.Equal(parts, $"{parsed.Set} {parsed.Test}{(parsed.IsNegated ? " not" : "")}{(parsed.IfExists ? " IfExists" : "")}");
    }
}
