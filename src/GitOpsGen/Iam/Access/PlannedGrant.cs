using System.Collections.Immutable;

namespace GitOpsGen.Iam.Access;

/// <summary>A grant of the plan, ready to be asked whether a claim of a document is within it.</summary>
internal sealed class PlannedGrant(AccessGrant grant)
{
    private readonly HashSet<string> exactResources = grant.Resources.ToHashSet(StringComparer.Ordinal);
    private readonly ImmutableArray<string> resourcePatterns = [.. grant.Resources.Where(Wildcard.IsPattern)];
    private readonly HashSet<PolicyPrincipal> principals = [.. grant.Principals];

    public bool HasAction(string pattern) => grant.Actions.Any(action => PolicyText.ActionContains(action, pattern));

    public bool HasResource(string pattern) =>
        exactResources.Contains(pattern) || resourcePatterns.Any(resource => PolicyText.ResourceContains(resource, pattern));

    public bool HasPrincipal(PolicyPrincipal principal) => principals.Contains(principal);

    /// <summary>Whether a statement's conditions hold only where the planned ones do.</summary>
    public bool IsLimitedBy(ImmutableArray<PolicyCondition> conditions) =>
        grant.Conditions.All(planned => conditions.Any(condition => Limits(condition, planned.Key, planned.Value)));

    private static bool Limits(PolicyCondition condition, string key, ImmutableArray<string> values) =>
        condition.Operator
            is { Set: ConditionSet.Single, IsNegated: false, IfExists: false, Test: ConditionTest.Text or ConditionTest.Pattern or ConditionTest.Arn }
        && string.Equals(condition.Key, key, StringComparison.OrdinalIgnoreCase)
        && condition.Values.All(value => values.Contains(value) && (condition.Operator.Test == ConditionTest.Text || !Wildcard.IsPattern(value)));
}
