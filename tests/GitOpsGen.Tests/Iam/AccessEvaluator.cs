using GitOpsGen.Iam;
using GitOpsGen.Iam.Access;

namespace GitOpsGen.Tests.Iam;

/// <summary>
/// IAM's decision over the policies that GitOpsGen writes (IAM User Guide, "Policy evaluation logic"). Boundaries, session policies and
/// those of an organisation are not looked at: they only take away.
/// </summary>
internal static class AccessEvaluator
{
    /// <summary>Whether a request is allowed.</summary>
    /// <param name="request">Who wants to do what.</param>
    /// <param name="identity">The policies of the principal.</param>
    /// <param name="attached">The resource's own policy: a repository's, or a role's trust policy.</param>
    /// <param name="reading">How what is not known is read.</param>
    public static AccessAnswer Evaluate(
        AccessRequest request,
        IEnumerable<AccessPolicy> identity,
        AccessPolicy? attached = null,
        Reading reading = Reading.Widest
    )
    {
        var own = Vote.Of(identity.SelectMany(policy => policy.Statements), request, reading);
        // Nobody but the caller's own policies decides about an action without a resource (ECR User Guide, repository policy examples).
        var resource = request.Resource == "*" ? default : Vote.Of(attached?.Statements ?? [], request, reading);
        if (own.Denies || resource.Denies)
        {
            return AccessAnswer.ExplicitlyDenied;
        }

        return IsAllowed(request, own, resource, attached?.Kind == PolicyKind.Trust) ? AccessAnswer.Allowed : AccessAnswer.ImplicitlyDenied;
    }

    private static bool IsAllowed(AccessRequest request, Vote own, Vote resource, bool isRole)
    {
        // A service or an identity provider has no policies and no account.
        if (request.Principal.Kind != PrincipalKind.Aws)
        {
            return resource.AllowsDirectly;
        }

        var byBoth = own.AllowsDirectly && (resource.AllowsDirectly || resource.AllowsByAccount);
        return byBoth || (request.IsWithinAccount && (resource.AllowsDirectly || (own.AllowsDirectly && !isRole)));
    }

    /// <summary>What the statements of one side say.</summary>
    private readonly record struct Vote(bool AllowsDirectly, bool AllowsByAccount, bool Denies)
    {
        public static Vote Of(IEnumerable<AccessStatement> statements, AccessRequest request, Reading reading)
        {
            var vote = default(Vote);
            foreach (var statement in statements)
            {
                var match = StatementMatch.Of(statement, request);
                vote = statement.Allows
                    ? vote with
                    {
                        AllowsDirectly = vote.AllowsDirectly || Counts(match.Directly, reading == Reading.Widest),
                        AllowsByAccount = vote.AllowsByAccount || Counts(match.ByAccount, reading == Reading.Widest),
                    }
                    : vote with
                    {
                        Denies = vote.Denies || Counts(Certain.Or(match.Directly, match.ByAccount), reading == Reading.Narrowest),
                    };
            }

            return vote;
        }

        private static bool Counts(Certainty certainty, bool whenUnknown) =>
            certainty == Certainty.Yes || (whenUnknown && certainty == Certainty.Maybe);
    }
}

/// <summary>Somebody who wants to do something.</summary>
/// <param name="Principal">Who: a role, a service, an identity provider.</param>
/// <param name="Action">What, such as <c>ecr:BatchGetImage</c>.</param>
/// <param name="Resource">An ARN, or <c>*</c> for an action that has no resource.</param>
/// <param name="Context">What else is known.</param>
internal sealed record AccessRequest(PolicyPrincipal Principal, string Action, string Resource, RequestContext Context)
{
    /// <summary>Whether the request has no context keys but those that are known.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Whether a key is surely absent.</summary>
    public bool Lacks(string key) => IsComplete && Context[key] is null;

    /// <summary>The account of the resource; <see langword="null"/> where its ARN has none.</summary>
    public string? ResourceAccount => Resource.Split(':') is [_, _, _, _, { Length: > 0 } account, ..] ? account : null;

    /// <summary>Whether principal and resource are in one account. A resource without account is its owner's.</summary>
    public bool IsWithinAccount => ResourceAccount is not { } account || account == Principal.Account;
}

/// <summary>IAM's decision about a request.</summary>
internal enum AccessAnswer
{
    /// <summary>No statement allows it.</summary>
    ImplicitlyDenied,

    /// <summary>Some statement denies it, whatever others allow.</summary>
    ExplicitlyDenied,

    Allowed,
}

/// <summary>How what is not known about a policy is read.</summary>
internal enum Reading
{
    /// <summary>All that the policies could grant: what is not known allows and does not deny. Nothing beyond it is ever granted.</summary>
    Widest,

    /// <summary>What they grant in any case: what is not known does not allow and denies.</summary>
    Narrowest,
}

/// <summary>Whether a statement is about a request.</summary>
/// <param name="Directly">Whether it names the principal itself, or everybody; an identity policy is its principal's.</param>
/// <param name="ByAccount">Whether it names the principal's account, which leaves the decision to that account's policies.</param>
internal readonly record struct StatementMatch(Certainty Directly, Certainty ByAccount)
{
    public static StatementMatch Of(AccessStatement statement, AccessRequest request)
    {
        var rest = Certain.And(
            Selected(statement.Actions, action => ActionMatches(action, request.Action)),
            statement.Resources is { } resources
                ? Selected(resources, resource => PolicyText.ResourceMatches(resource, request.Resource))
                : Certainty.Yes
        );
        rest = rest == Certainty.No ? rest : Certain.And(rest, Certain.All(statement.Conditions, condition => Holds(condition, request)));
        var (directly, byAccount) = statement.Principals is { } principals
            ? StatementReach.Principals(principals, request.Principal)
            : (Certainty.Yes, Certainty.No);
        return new(Certain.And(rest, directly), Certain.And(rest, byAccount));
    }

    /// <summary>Actions are compared without case. No service's prefix has a wildcard in AWS's own examples: what one does is not known.</summary>
    public static Certainty ActionMatches(string pattern, string action)
    {
        var (folded, asked) = (PolicyText.Folded(pattern), PolicyText.Folded(action));
        return !Wildcard.Matches(folded, asked) ? Certainty.No
            : folded == "*" || (folded.IndexOf(':') is > 0 and var colon && !Wildcard.IsPattern(folded[..colon])) ? Certainty.Yes
            : Certainty.Maybe;
    }

    private static Certainty Holds(PolicyCondition condition, AccessRequest request) =>
        request.Lacks(condition.Key) && condition.Operator.Test != ConditionTest.Unknown
            ? WithoutKey(condition)
            : ConditionEvaluator.Hold([condition], request.Context);

    // What a negated operator with ForAnyValue, or IfExists behind ForAnyValue, does without the key, AWS does not say.
    private static Certainty WithoutKey(PolicyCondition condition) =>
        condition.Operator switch
        {
            { Test: ConditionTest.Absence } => Certain.Any(
                condition.Values,
                value => bool.TryParse(value, out var absent) ? Certain.Of(absent) : Certainty.Maybe
            ),
            { Set: ConditionSet.All } => Certainty.Yes,
            { Set: ConditionSet.Any } asked => asked.IfExists || asked.IsNegated ? Certainty.Maybe : Certainty.No,
            var asked => Certain.Of(asked.IfExists || asked.IsNegated),
        };

    private static Certainty Selected(Selection<string> selection, Func<string, Certainty> matches) =>
        Certain.Not(Certain.Any(selection.Items, item => matches(item.Value)), selection.IsExcept);
}
