using GitOpsGen.Iam;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>Who pulls what in one environment, and which roles its pods have.</summary>
/// <param name="Registry">Who pulls images; <see langword="null"/> where the registry is not ECR or the settings name no role.</param>
/// <param name="Chart">Who pulls the chart; <see langword="null"/> where it is not in ECR or no engine pulls it.</param>
/// <param name="Pods">The roles that the settings give to pods of packages, by ARN.</param>
internal sealed record AccessPlan(RegistryAccess? Registry, ChartAccess? Chart, ImmutableArray<PodRole> Pods);

/// <summary>Who pulls images.</summary>
/// <param name="Ecr">The environment's own registry, or that of its first route in ECR.</param>
/// <param name="Registries">All that images are pulled from.</param>
/// <param name="PackageManager">The Crossplane pod's role; <see langword="null"/> where the user names none.</param>
/// <param name="Nodes">The kubelets' roles; <see langword="null"/> where the user names none.</param>
/// <param name="Shared">The repositories that need a policy of their own, because a role of another account pulls from them.</param>
internal sealed record RegistryAccess(
    EcrRegistry Ecr,
    ImmutableArray<PulledRegistry> Registries,
    PackageManagerAccess? PackageManager,
    NodeAccess? Nodes,
    ImmutableArray<SharedRepositories> Shared
);

/// <summary>The Crossplane pod's role.</summary>
/// <param name="Role">The role.</param>
/// <param name="ServiceAccount">The service account that may take it.</param>
/// <param name="Issuer">The cluster's OIDC issuer, with IRSA; <see langword="null"/> with EKS Pod Identity.</param>
/// <param name="Policy">What it may pull.</param>
/// <param name="Trust">Who may take it.</param>
internal sealed record PackageManagerAccess(
    RoleInUse Role,
    ServiceAccount ServiceAccount,
    OidcIssuer? Issuer,
    ImmutableArray<PolicyDocument> Policy,
    PolicyDocument Trust
)
{
    /// <summary>The cluster's account, where it is not the role's; EKS associates only roles of the cluster's own account.</summary>
    public AccountId? OtherCluster { get; init; }
}

/// <summary>The kubelets' roles.</summary>
/// <param name="Roles">By account and path, each once.</param>
/// <param name="Policy">What they may pull.</param>
internal sealed record NodeAccess(ImmutableArray<RoleInUse> Roles, ImmutableArray<PolicyDocument> Policy)
{
    /// <summary>The roles by account: a policy can be attached only in its own account.</summary>
    public ImmutableArray<AccountRoles> Accounts { get; } =
    [
        .. Roles
            .GroupBy(role => (role.Arn.Partition, role.Arn.Account))
            .Select(group => new AccountRoles(group.Key.Partition, group.Key.Account, [.. group])),
    ];
}

/// <summary>The roles of one account.</summary>
internal sealed record AccountRoles(string Partition, AccountId Account, ImmutableArray<RoleInUse> Roles);

/// <summary>A registry that images are pulled from.</summary>
/// <param name="Ecr">The registry.</param>
/// <param name="Routes">What leads there.</param>
/// <param name="HasCopies">Whether some of them have to be copied there.</param>
internal sealed record PulledRegistry(EcrRegistry Ecr, ImmutableArray<UpstreamRoute> Routes, bool HasCopies);

/// <summary>Repositories that share one policy.</summary>
/// <param name="Registry">Where they are.</param>
/// <param name="Class">What they hold.</param>
/// <param name="Names">Their names.</param>
internal sealed record SharedRepositories(PulledRegistry Registry, ImageClass Class, ImmutableArray<string> Names)
{
    /// <summary>For each of the names, the locked images that are stored there.</summary>
    public required ImmutableArray<ImmutableArray<RepositoryNeed>> NeededBy { get; init; }
}

/// <summary>What the engine's role may pull: the chart. The settings do not name the role.</summary>
/// <param name="Ecr">The registry that holds the chart.</param>
/// <param name="Chart">The chart.</param>
/// <param name="Policy">Its pull.</param>
internal sealed record ChartAccess(EcrRegistry Ecr, ChartPlan Chart, PolicyDocument Policy)
{
    /// <summary>The cluster's account, where it is known and not the registry's.</summary>
    public AccountId? OtherCluster { get; init; }
}

/// <summary>A role with its full name, and where the settings name it.</summary>
/// <param name="Arn">The role.</param>
/// <param name="Place">Where it is named.</param>
/// <param name="IsNamedByArn">Whether it is named with its account; otherwise it is in the cluster's.</param>
internal sealed record RoleInUse(IamRoleArn Arn, SourceSpan Place, bool IsNamedByArn)
{
    private static readonly Origin Account = Origin.OfAny("cluster/account", "registry/ecr/account", "registry/host");

    /// <summary>What decides the account.</summary>
    public Origin AccountOrigin => IsNamedByArn ? Origin.At(Place) : Account;

    /// <summary>What decides the ARN.</summary>
    public ImmutableArray<Origin> Origins => IsNamedByArn ? [Origin.At(Place)] : [Origin.At(Place), Account];

    public override string ToString() => Arn.ToString();
}
