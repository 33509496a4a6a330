using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Iam;
using GitOpsGen.Model;

namespace GitOpsGen.Planning;

/// <summary>What one ECR registry needs, over all environments that use it.</summary>
/// <param name="Ecr">The registry.</param>
/// <param name="MirrorPolicy">For whoever copies packages into it; in several documents where one would be over quota.</param>
/// <param name="RepositoryPolicies">For repositories of these classes, because roles of other accounts pull from them.</param>
internal sealed record RegistryPlan(
    EcrRegistry Ecr,
    ImmutableArray<PolicyDocument> MirrorPolicy,
    ImmutableSortedDictionary<ImageClass, PolicyDocument> RepositoryPolicies
)
{
    /// <summary>What makes it a registry of the plan.</summary>
    public required ImmutableArray<Origin> Origins { get; init; }

    /// <summary>The environments whose images lie there.</summary>
    public required ImmutableArray<EnvironmentName> Environments { get; init; }
}
