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
        var actionCovers = AccessBlocks.Answers(relevant, actions, (grant, claim) => grant.HasAction(claim.Pattern));
        var resourceCovers = AccessBlocks.Answers(relevant, resources, (grant, claim) => grant.HasResource(claim.Pattern));
        var principalCovers = AccessBlocks.Answers(relevant, principals, (grant, claim) => grant.HasPrincipal(claim.Principal));
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

        return [.. choices.Select(chosen => new RequestContext(chosen))];
    }
}

/// <summary>The combinations of some actions, resources and principals, and those of them that were found, put together into few.</summary>
/// <param name="actions">The actions.</param>
/// <param name="resources">The resources; none where a document is attached to its resource.</param>
/// <param name="principals">The principals; none in an identity policy.</param>
/// <param name="isIdentity">Whether principals are left out.</param>
internal sealed class AccessBlocks(
    ImmutableArray<string> actions,
    ImmutableArray<string> resources,
    ImmutableArray<string> principals,
    bool isIdentity
)
{
    /// <summary>The combinations for which something holds, by places in the three lists (0 for an empty one).</summary>
    public IEnumerable<AccessDifference> Where(Func<int, int, int, bool> holds) =>
        from byAction in Range(actions)
            .GroupBy(action => Key(Range(principals).Select(principal => Key(Resources(action, principal, holds)))), StringComparer.Ordinal)
        from byPrincipal in Range(principals).GroupBy(principal => Key(Resources(byAction.First(), principal, holds)), StringComparer.Ordinal)
        let found = Resources(byAction.First(), byPrincipal.First(), holds).ToList()
        where found.Count > 0
        select new AccessDifference(null, null, Pick(actions, byAction), Pick(resources, found), isIdentity ? [] : Pick(principals, byPrincipal));

    /// <summary>
    /// Whether a cover has a claim, by their places; each has the one of an empty list. A statement has few covers but perhaps a thousand
    /// combinations, so every question is asked once.
    /// </summary>
    public static Func<int, int, bool> Answers<TCover, TClaim>(
        IReadOnlyCollection<TCover> covers,
        IReadOnlyCollection<TClaim> claims,
        Func<TCover, TClaim, bool> has
    )
    {
        var answers = covers.Select(cover => claims.Select(claim => has(cover, claim)).ToArray()).ToArray();
        var isEmpty = claims.Count == 0;
        return (cover, claim) => isEmpty || answers[cover][claim];
    }

    private IEnumerable<int> Resources(int action, int principal, Func<int, int, int, bool> holds) =>
        Range(resources).Where(resource => holds(action, resource, principal));

    private static IEnumerable<int> Range(ImmutableArray<string> items) => Enumerable.Range(0, Math.Max(items.Length, 1));

    private static string Key<T>(IEnumerable<T> items) => string.Join(';', items);

    private static ImmutableArray<string> Pick(ImmutableArray<string> items, IEnumerable<int> places) =>
        items.IsEmpty ? [] : [.. places.Select(place => items[place])];
}

/// <summary>What a document and the plan differ in: each of the actions on each of the resources for each of the principals.</summary>
/// <param name="Span">The statement that grants more; <see langword="null"/> for access that is lost.</param>
/// <param name="Sid">Its id.</param>
/// <param name="Actions">As they are written.</param>
/// <param name="Resources">As they are written; empty where the document is attached to its resource.</param>
/// <param name="Principals">As they are written; empty in an identity policy.</param>
internal sealed record AccessDifference(
    SourceSpan? Span,
    string? Sid,
    ImmutableArray<string> Actions,
    ImmutableArray<string> Resources,
    ImmutableArray<string> Principals
)
{
    private const int Shown = 3;

    /// <summary>As it stands in a sentence: <c>ecr:* on arn:… and 11 more for arn:…</c>.</summary>
    public override string ToString() => $"{Text(Actions)}{Text(" on ", Resources)}{Text(" for ", Principals)}";

    private static string Text(string word, ImmutableArray<string> items) => items.IsEmpty ? "" : word + Text(items);

    private static string Text(ImmutableArray<string> items) => Excerpt.Names([.. items.Select(item => Excerpt.Of(item, 200))], Shown);
}
