namespace GitOpsGen.Iam.Access;

/// <summary>Whether a statement is about a request.</summary>
/// <param name="Directly">Whether it names the principal itself, or everybody; an identity policy is its principal's.</param>
/// <param name="ByAccount">Whether it names the principal's account, which leaves the decision to that account's policies.</param>
internal readonly record struct StatementMatch(Certainty Directly, Certainty ByAccount)
{
    public static StatementMatch Of(AccessStatement statement, AccessRequest request)
    {
        var rest = Certain.And(
            Selected(statement.Actions, action => PolicyText.ActionMatches(action, request.Action)),
            statement.Resources is { } resources
                ? Selected(resources, resource => PolicyText.ResourceMatches(resource, request.Resource))
                : Certainty.Yes
        );
        rest = rest == Certainty.No ? rest : Certain.And(rest, ConditionEvaluator.Hold(statement.Conditions, request.Context));
        var (directly, byAccount) = statement.Principals is { } principals
            ? Principals(principals, request.Principal)
            : (Certainty.Yes, Certainty.No);
        return new(Certain.And(rest, directly), Certain.And(rest, byAccount));
    }

    private static Certainty Selected(Selection<string> selection, Func<string, Certainty> matches) =>
        Certain.Not(Certain.Any(selection.Items, item => matches(item.Value)), selection.IsExcept);

    /// <summary>Whether a principal is among those of a statement.</summary>
    public static (Certainty Directly, Certainty ByAccount) Principals(Selection<PolicyPrincipal> selection, PolicyPrincipal principal)
    {
        var directly = Certain.Any(selection.Items, item => Matches(item.Value, principal));
        var byAccount = Certain.Of(
            principal.Account is { } account && selection.Items.Any(item => item.Value.IsAccount && item.Value.Account == account)
        );
        if (!selection.IsExcept)
        {
            return (directly, byAccount);
        }

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
        {
            return Certainty.Yes;
        }

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
