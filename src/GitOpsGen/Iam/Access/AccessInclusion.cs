namespace GitOpsGen.Iam.Access;

/// <summary>
/// Documents against other documents of the same principal, repository or role, over all requests at once: by inclusion of patterns, no
/// matter how statements are cut, ordered or named. A request that only the first allow is never missed; a difference may be reported
/// that no request could show.
/// </summary>
internal static class AccessInclusion
{
    /// <summary>What the documents allow and the others do not.</summary>
    public static ImmutableArray<AccessDifference> Beyond(IReadOnlyCollection<AccessPolicy> documents, IReadOnlyCollection<AccessPolicy> others)
    {
        var statements = documents.SelectMany(document => document.Statements).ToList();
        var known = others.SelectMany(document => document.Statements).ToList();
        var allowed = statements.Where(statement => statement.Allows).SelectMany(statement => NotCovered(statement, Select(known, allows: true)));
        // What was denied, and is no longer, may be allowed now.
        var noLongerDenied = known
            .Where(statement => !statement.Allows && statements.Exists(other => other.Allows))
            .SelectMany(statement => NotCovered(statement, Select(statements, allows: false)))
            .Select(difference => difference with { Span = null });
        return [.. allowed, .. noLongerDenied];
    }

    private static List<AccessStatement> Select(IEnumerable<AccessStatement> statements, bool allows) =>
        [.. statements.Where(statement => statement.Allows == allows)];

    private static IEnumerable<AccessDifference> NotCovered(AccessStatement statement, List<AccessStatement> covering)
    {
        var actions = Claims(statement.Actions, item => item);
        var resources = statement.Resources is { } named ? Claims(named, item => item) : [];
        var principals = statement.Principals is { } selected ? Claims(selected, item => item.ToString()) : [];
        var covers = covering.Where(other => IsImplied(other.Conditions, statement.Conditions)).Select(other => new Cover(other)).ToList();
        var byAction = AccessBlocks.Answers(covers, actions, (cover, claim) => cover.HasActions(claim));
        var byResource = AccessBlocks.Answers(covers, resources, (cover, claim) => cover.HasResources(claim));
        var byPrincipal = AccessBlocks.Answers(covers, principals, (cover, claim) => cover.HasPrincipals(claim));
        var blocks = new AccessBlocks(
            [.. actions.Select(claim => claim.Text)],
            [.. resources.Select(claim => claim.Text)],
            [.. principals.Select(claim => claim.Text)],
            isIdentity: statement.Principals is null
        );
        return blocks
            .Where(
                (action, resource, principal) =>
                    !covers.Where((_, cover) => byAction(cover, action) && byResource(cover, resource) && byPrincipal(cover, principal)).Any()
            )
            .Select(block => block with { Span = statement.Span, Sid = statement.Sid });
    }

    private static ImmutableArray<Claim<T>> Claims<T>(Selection<T> selection, Func<T, string> text)
    {
        ImmutableArray<T> items = [.. selection.Items.Select(item => item.Value)];
        return selection.IsExcept
            ? [new($"everything but {string.Join(", ", items.Select(text))}", items, IsExcept: true)]
            : [.. items.Select(item => new Claim<T>(text(item), [item], IsExcept: false))];
    }

    // Each condition of the one has its equal, or a narrower one, among those of the other.
    private static bool IsImplied(ImmutableArray<PolicyCondition> conditions, ImmutableArray<PolicyCondition> given) =>
        conditions.All(condition => given.Any(other => Implies(other, condition)));

    private static bool Implies(PolicyCondition given, PolicyCondition asked)
    {
        if (given.Operator != asked.Operator || !string.Equals(given.Key, asked.Key, StringComparison.OrdinalIgnoreCase))
            return false;

        var (narrow, wide) = given.Operator.IsNegated ? (asked.Values, given.Values) : (given.Values, asked.Values);
        return given.Operator.Test is ConditionTest.Unknown or ConditionTest.Absence
            ? narrow.ToHashSet(StringComparer.Ordinal).SetEquals(wide)
            : narrow.All(value => wide.Contains(value, StringComparer.Ordinal));
    }

    /// <summary>One thing that a statement names, or all but some.</summary>
    private sealed record Claim<T>(string Text, ImmutableArray<T> Items, bool IsExcept);

    /// <summary>A statement that is asked whether it has all of a claim.</summary>
    private sealed class Cover(AccessStatement statement)
    {
        // The usual case, and hundreds of ARNs: what is not a pattern contains itself only.
        private readonly HashSet<string> exact = statement.Resources is { IsExcept: false } resources
            ? [.. resources.Items.Select(item => item.Value)]
            : [];

        private readonly ImmutableArray<string> patterns = statement.Resources is { IsExcept: false } resources
            ? [.. resources.Items.Select(item => item.Value).Where(Wildcard.IsPattern)]
            : [];

        public bool HasActions(Claim<string> claim) => Has(statement.Actions, claim, PolicyText.ActionContains, PolicyText.ActionsMayOverlap);

        public bool HasResources(Claim<string> claim) =>
            statement.Resources is { } resources
            && (
                resources.IsExcept || claim.IsExcept
                    ? Has(resources, claim, ResourceContains, PolicyText.ResourcesMayOverlap)
                    : exact.Contains(claim.Items[0]) || patterns.Any(pattern => ResourceContains(pattern, claim.Items[0]))
            );

        public bool HasPrincipals(Claim<PolicyPrincipal> claim) =>
            statement.Principals is { } principals
            && Has(principals, claim, (outer, inner) => outer.IsAnyone || outer.Includes(inner), (_, _) => true);

        // A variable is replaced alike on both sides.
        private static bool ResourceContains(string outer, string inner) => outer == inner || PolicyText.ResourceContains(outer, inner);

        private static bool Has<T>(Selection<T> selection, Claim<T> claim, Func<T, T, bool> contains, Func<T, T, bool> mayOverlap)
        {
            var items = selection.Items.Select(item => item.Value);
            return (selection.IsExcept, claim.IsExcept) switch
            {
                (false, false) => items.Any(item => contains(item, claim.Items[0])),
                // All but nothing would be everything; only a pattern for everything has it.
                (false, true) => items.Any(item => item is "*" or PolicyPrincipal { IsAnyone: true }),
                (true, false) => !items.Any(item => mayOverlap(item, claim.Items[0])),
                (true, true) => items.All(item => claim.Items.Any(excluded => contains(excluded, item))),
            };
        }
    }
}
