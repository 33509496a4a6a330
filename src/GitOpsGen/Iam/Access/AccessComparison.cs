using System.Collections.Immutable;

namespace GitOpsGen.Iam.Access;

/// <summary>
/// Documents against the plan, over all requests at once. Nothing that a document grants beyond the plan is missed; a difference may be
/// reported that no request could show (a union of patterns that only together reach what the plan lists).
/// </summary>
internal static class AccessComparison
{
    /// <summary>What a document grants that the plan does not. Its denials are left aside: they take away only.</summary>
    public static ImmutableArray<AccessDifference> Extra(AccessPolicy document, IReadOnlyCollection<AccessGrant> grants)
    {
        var planned = grants.Select(grant => new PlannedGrant(grant)).ToList();
        return [.. document.Statements.Where(statement => statement.Allows).SelectMany(statement => Extra(document.Kind, statement, planned))];
    }

    /// <summary>What the plan grants that the documents of a principal, a repository or a role together do not, or may not.</summary>
    public static ImmutableArray<AccessDifference> Lost(IEnumerable<AccessPolicy> documents, IReadOnlyCollection<AccessGrant> grants)
    {
        var statements = documents.SelectMany(document => document.Statements).ToList();
        return [.. grants.SelectMany(grant => Lost(statements, grant))];
    }

    private static IEnumerable<AccessDifference> Extra(PolicyKind kind, AccessStatement statement, List<PlannedGrant> planned)
    {
        var relevant = planned.Where(grant => grant.IsLimitedBy(statement.Conditions)).ToList();
        var actions = Claims(statement.Actions);
        var resources = statement.Resources is { } named ? Claims(named) : [];
        var principals = statement.Principals is { } selected ? PrincipalClaims(selected) : [];
        var actionCovers = Covers(actions, relevant, (grant, claim) => grant.HasAction(claim.Pattern));
        var resourceCovers = Covers(resources, relevant, (grant, claim) => grant.HasResource(claim.Pattern));
        var principalCovers = Covers(principals, relevant, (grant, claim) => grant.HasPrincipal(claim.Principal));
        var extra = new AccessBlocks(
            [.. actions.Select(claim => claim.Text)],
            [.. resources.Select(claim => claim.Text)],
            [.. principals.Select(claim => claim.Text)],
            isIdentity: kind == PolicyKind.Identity
        );
        return extra
            .Where(
                (action, resource, principal) =>
                    !relevant
                        .Where((_, grant) => actionCovers(grant, action) && resourceCovers(grant, resource) && principalCovers(grant, principal))
                        .Any()
            )
            .Select(block => block with { Span = statement.Span, Sid = statement.Sid });
    }

    // Every question is asked once; a statement has few grants but perhaps a thousand combinations.
    private static Func<int, int, bool> Covers<T>(T[] claims, List<PlannedGrant> grants, Func<PlannedGrant, T, bool> has)
    {
        var answers = grants.Select(grant => claims.Select(claim => has(grant, claim)).ToArray()).ToArray();
        return (grant, claim) => claims.Length == 0 || answers[grant][claim];
    }

    // "All but" is read as all: the plan never grants by exclusion.
    private static (string Text, string Pattern)[] Claims(Selection<string> selection) =>
        selection.IsExcept
            ? [($"everything but {string.Join(", ", selection.Items)}", "*")]
            : [.. selection.Items.Select(item => (item.Value, item.Value))];

    private static (string Text, PolicyPrincipal Principal)[] PrincipalClaims(Selection<PolicyPrincipal> selection) =>
        selection.IsExcept
            ? [($"everybody but {string.Join(", ", selection.Items)}", PolicyPrincipal.Anyone)]
            : [.. selection.Items.Select(item => (item.Value.ToString(), item.Value))];

    private static IEnumerable<AccessDifference> Lost(List<AccessStatement> statements, AccessGrant grant)
    {
        var contexts = Contexts(grant.Conditions);
        var allowing = statements.Where(statement =>
            statement.Allows && contexts.All(context => ConditionEvaluator.Hold(statement.Conditions, context) == Certainty.Yes)
        );
        var denying = statements.Where(statement =>
            !statement.Allows && contexts.Exists(context => ConditionEvaluator.Hold(statement.Conditions, context) != Certainty.No)
        );
        var allows = allowing.Select(statement => new StatementReach(statement, grant, isSure: true)).ToList();
        var denies = denying.Select(statement => new StatementReach(statement, grant, isSure: false)).ToList();
        var lost = new AccessBlocks(
            grant.Actions,
            grant.Resources,
            [.. grant.Principals.Select(principal => principal.ToString())],
            grant.Principals.IsEmpty
        );
        return lost.Where(
            (action, resource, principal) =>
                !allows.Exists(statement => statement.Reaches(action, resource, principal))
                || denies.Exists(statement => statement.Reaches(action, resource, principal))
        );
    }

    // One context for each choice of planned values.
    private static List<RequestContext> Contexts(ImmutableArray<KeyValuePair<string, ImmutableArray<string>>> conditions)
    {
        IEnumerable<ImmutableArray<KeyValuePair<string, ImmutableArray<string>>>> choices =
        [
            [],
        ];
        foreach (var (key, values) in conditions)
        {
            choices = choices
                .SelectMany(chosen => values.Select(value => chosen.Add(KeyValuePair.Create<string, ImmutableArray<string>>(key, [value]))))
                .ToList();
        }

        return [.. choices.Select(chosen => RequestContext.AtLeast(chosen))];
    }
}
