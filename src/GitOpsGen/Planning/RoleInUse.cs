using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;

namespace GitOpsGen.Planning;

/// <summary>A role, completely named, and where the settings name it.</summary>
/// <param name="Arn">The role.</param>
/// <param name="Place">Where it is named.</param>
/// <param name="IsNamedByArn">Whether it is named with its account; else it lives in the cluster's.</param>
internal sealed record RoleInUse(IamRoleArn Arn, SourceSpan Place, bool IsNamedByArn)
{
    private static readonly Origin Account = Origin.OfAny("cluster/account", "registry/ecr/account", "registry/host");

    /// <summary>What the account comes from.</summary>
    public Origin AccountOrigin => IsNamedByArn ? Origin.At(Place) : Account;

    /// <summary>What the ARN comes from.</summary>
    public ImmutableArray<Origin> Origins => IsNamedByArn ? [Origin.At(Place)] : [Origin.At(Place), Account];

    /// <inheritdoc/>
    public override string ToString() => Arn.ToString();
}
