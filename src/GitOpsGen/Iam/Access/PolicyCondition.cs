using System.Collections.Immutable;

namespace GitOpsGen.Iam.Access;

/// <summary>One key of one operator of a <c>Condition</c>: all of them have to hold.</summary>
/// <param name="Operator">The operator as written, its prefix and suffix included.</param>
/// <param name="Key">The context key; compared without case.</param>
/// <param name="Values">The values, never none: one of them has to match.</param>
internal sealed record PolicyCondition(ConditionOperator Operator, string Key, ImmutableArray<string> Values);
