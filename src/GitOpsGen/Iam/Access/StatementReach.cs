namespace GitOpsGen.Iam.Access;

/// <summary>Which of a grant's actions, resources and principals a statement is about, conditions aside.</summary>
internal sealed class StatementReach
{
    private readonly bool[] actions;
    private readonly bool[] resources;
    private readonly bool[] principals;

    /// <param name="statement">The statement.</param>
    /// <param name="grant">What is asked for.</param>
    /// <param name="isSure">Whether only what it surely reaches counts (to allow), or all that it may reach (to deny).</param>
    public StatementReach(AccessStatement statement, AccessGrant grant, bool isSure)
    {
        actions =
        [
            .. grant.Actions.Select(action => Reaches(statement.Actions, action, isSure, PolicyText.ActionContains, PolicyText.ActionsMayOverlap)),
        ];
        resources = Resources(statement.Resources, grant, isSure);
        principals = [.. grant.Principals.Select(principal => statement.Principals is not { } named || Reaches(named, principal, isSure))];
    }

    /// <summary>By their places in the grant; where the grant has none of a kind, the place is not looked at.</summary>
    public bool Reaches(int action, int resource, int principal) =>
        actions[action] && (resources.Length == 0 || resources[resource]) && (principals.Length == 0 || principals[principal]);

    private static bool[] Resources(Selection<string>? selection, AccessGrant grant, bool isSure)
    {
        if (selection is null)
            return [.. grant.Resources.Select(_ => true)];

        if (!isSure || selection.IsExcept)
        {
            // Where an action has no resource, "*" is what a request asks for, and not all resources.
            Func<string, string, bool> mayOverlap = grant.Actions.All(action => action == EcrActions.Authorize)
                ? (listed, asked) => PolicyText.ResourceMatches(listed, asked) != Certainty.No
                : PolicyText.ResourcesMayOverlap;
            return [.. grant.Resources.Select(resource => Reaches(selection, resource, isSure, PolicyText.ResourceContains, mayOverlap))];
        }

        // The usual case, and hundreds of ARNs: what is no pattern contains itself only.
        var exact = selection.Items.Select(item => item.Value).Where(value => !PolicyText.HasVariable(value)).ToHashSet(StringComparer.Ordinal);
        var patterns = exact.Where(Wildcard.IsPattern).ToList();
        return
        [
            .. grant.Resources.Select(resource =>
                exact.Contains(resource) || patterns.Exists(pattern => PolicyText.ResourceContains(pattern, resource))
            ),
        ];
    }

    private static bool Reaches(
        Selection<string> selection,
        string item,
        bool isSure,
        Func<string, string, bool> contains,
        Func<string, string, bool> mayOverlap
    )
    {
        // What is surely excluded is not reached; what may be excluded is not surely reached.
        var matches = isSure != selection.IsExcept ? contains : mayOverlap;
        return selection.Items.Any(listed => matches(listed.Value, item)) != selection.IsExcept;
    }

    private static bool Reaches(Selection<PolicyPrincipal> selection, PolicyPrincipal principal, bool isSure)
    {
        var (directly, byAccount) = Principals(selection, principal);
        return Certain.Or(directly, byAccount) >= (isSure ? Certainty.Yes : Certainty.Maybe);
    }

    /// <summary>Whether a principal is among those of a statement.</summary>
    public static (Certainty Directly, Certainty ByAccount) Principals(Selection<PolicyPrincipal> selection, PolicyPrincipal principal)
    {
        var directly = Certain.Any(selection.Items, item => Matches(item.Value, principal));
        var byAccount = Certain.Of(
            principal.Account is { } account && selection.Items.Any(item => item.Value.IsAccount && item.Value.Account == account)
        );
        if (!selection.IsExcept)
            return (directly, byAccount);

        // AWS asks to list account and principal both in NotPrincipal; what one of them alone excludes is not said.
        var excluded =
            Certain.Any(selection.Items, item => Certain.Of(item.Value.IsAnyone)) == Certainty.Yes ? Certainty.Yes
            : directly == byAccount ? directly
            : Certainty.Maybe;
        return (Certain.Not(excluded), Certainty.No);
    }

    // What is no principal that AWS knows (a pattern, an id such as AROA…) may be anybody of its kind.
    private static Certainty Matches(PolicyPrincipal listed, PolicyPrincipal principal)
    {
        if (listed.IsAnyone || listed.Includes(principal))
            return Certainty.Yes;

        var mayBe =
            listed.Kind == principal.Kind
            && (
                Wildcard.IsPattern(listed.Value)
                || PolicyText.HasVariable(listed.Value)
                || (listed.Kind == PrincipalKind.Aws && listed.Account is null)
            );
        return mayBe ? Certainty.Maybe : Certainty.No;
    }
}
