using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Iam.Access;

namespace GitOpsGen.Iam;

/// <summary>
/// The policy of ECR repositories that principals of other accounts pull from: across accounts, both the caller's policy and the
/// repository's have to allow. It names no resource, for ECR refuses one, and nobody of the registry's own account, who would
/// need no policy of their own any more.
/// </summary>
internal static class RepositoryPolicy
{
    /// <summary>Pull for roles.</summary>
    /// <param name="roleArns">Roles of other accounts with where they come from, in the order in which they are written.</param>
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
