using System.Collections.Immutable;

namespace GitOpsGen.Iam;

/// <summary>
/// An IAM document as the plan wants it: attached to a principal (statements name resources), to a role as its trust policy, or to
/// a repository (statements name principals). White space does not count against any quota.
/// </summary>
internal sealed record PolicyDocument(ImmutableArray<PolicyStatement> Statements)
{
    /// <summary>IAM's quota for a customer managed policy.</summary>
    public const int ManagedPolicyQuota = 6144;

    /// <summary>IAM's default quota for a trust policy.</summary>
    public const int TrustPolicyQuota = 2048;

    /// <summary>ECR's quota for a repository policy.</summary>
    public const int RepositoryPolicyQuota = 10240;

    /// <summary>How many managed policies AWS attaches to a role unless the quota was raised.</summary>
    public const int PoliciesPerRole = 10;

    /// <summary>
    /// The characters that count against the quota, in the form of the built-in template: planning splits by it, before anything
    /// is rendered.
    /// </summary>
    public int Size => """{"Version":"2012-10-17","Statement":[]}""".Length + Statements.Sum(s => s.Size) + Math.Max(0, Statements.Length - 1);
}
