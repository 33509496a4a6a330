namespace GitOpsGen.Iam.Access;

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
