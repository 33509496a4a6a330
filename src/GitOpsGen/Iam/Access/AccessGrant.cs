namespace GitOpsGen.Iam.Access;

/// <summary>
/// Something that the plan grants: each of the actions on each of the resources to each of the principals. Actions and resources may be
/// patterns.
/// </summary>
internal sealed record AccessGrant
{
    /// <summary>What may be done.</summary>
    public required ImmutableArray<string> Actions { get; init; }

    /// <summary>On what. Empty where the document is attached to its resource.</summary>
    public ImmutableArray<string> Resources { get; init; } = [];

    /// <summary>By whom. Empty in an identity policy, which is its principal's.</summary>
    public ImmutableArray<PolicyPrincipal> Principals { get; init; } = [];

    /// <summary>The context keys that must have one of these values; a document has to ask for that with an operator that cannot be evaded.</summary>
    public ImmutableArray<KeyValuePair<string, ImmutableArray<string>>> Conditions { get; init; } = [];

    /// <summary>What the documents of one principal, repository or role grant together.</summary>
    public static ImmutableArray<AccessGrant> Of(IEnumerable<PolicyDocument> documents) =>
        [.. documents.SelectMany(document => document.Statements).Select(Of)];

    private static AccessGrant Of(PolicyStatement statement) =>
        new()
        {
            Actions = statement.Actions,
            Resources = statement.Resources,
            Principals = statement.Principals is { } principals
                ? [.. principals.Names.Select(name => new PolicyPrincipal(principals.Kind, name))]
                : [],
            Conditions = [.. statement.Conditions.Select(condition => KeyValuePair.Create(condition.Key, condition.Values))],
        };
}

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
