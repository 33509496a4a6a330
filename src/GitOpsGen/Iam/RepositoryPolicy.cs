namespace GitOpsGen.Iam;

/// <summary>
/// The policy of ECR repositories that roles of other accounts pull from: across accounts, both the caller's policy and the
/// repository's have to allow the pull. It names no resource, because ECR refuses one, and no role of the registry's own account,
/// because that role could then pull without a policy of its own.
/// </summary>
internal static class RepositoryPolicy
{
    /// <summary>Pull for roles.</summary>
    /// <param name="roleArns">Roles of other accounts and what decides them, in the order of the document.</param>
    public static PolicyDocument Pull(IReadOnlyCollection<KeyValuePair<string, HashSet<Origin>>> roleArns) =>
        new([
            new("PullFromOtherAccounts", EcrActions.Pull)
            {
                Principals = new(PrincipalKind.Aws, [.. roleArns.Select(role => role.Key)])
                {
                    Origins = [.. roleArns.Select(role => role.Value.ToImmutableArray())],
                },
            },
        ]);
}
