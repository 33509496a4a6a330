using GitOpsGen.Iam;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>Decides who pulls what in one environment.</summary>
internal sealed class AccessPlanner(
    EnvironmentSettings settings,
    ImmutableArray<RegistryImage> images,
    ChartPlan? chart,
    RolePolicies policies,
    DiagnosticBag bag
)
{
    /// <summary>The access; <see langword="null"/> where no role has any.</summary>
    /// <param name="podRoles">What decides the roles of pods.</param>
    /// <param name="runtimes">The runtimes of the environment.</param>
    public AccessPlan? Plan(PodRoles podRoles, ImmutableArray<RuntimeConfigPlan> runtimes)
    {
        var (registry, chartAccess) = (PlanRegistry(), PlanChart());
        var pods = podRoles.Plan(runtimes, registry);
        return registry is null && chartAccess is null && pods.IsEmpty ? null : new(registry, chartAccess, pods);
    }

    private RegistryAccess? PlanRegistry()
    {
        if (settings is not { Routes.HomeEcr: { } home, Iam: { NamesPullers: true } iam })
            return null;

        ImmutableArray<PulledRegistry> registries =
        [
            .. images
                .Where(image => image.Ecr is not null)
                .Select(image => (Ecr: image.Ecr!, image.Place.Route))
                .Prepend((Ecr: home, Route: settings.Routes.Home!))
                .GroupBy(use => use.Ecr.FolderName)
                .Select(uses => new PulledRegistry(
                    uses.First().Ecr,
                    [.. uses.Select(use => use.Route).Distinct()],
                    images.Any(image => image.IsCopied && image.Ecr?.FolderName == uses.Key)
                )),
        ];
        foreach (var registry in registries)
            AccessRules.CheckPartitions(iam, registry.Ecr, bag);

        CheckCaches(iam);
        var nodes = iam.NodeRoles.IsEmpty ? null : PlanNodes(iam);
        var manager = iam.PackageManager is { } named ? PlanPackageManager(home, iam, named) : null;
        return new(home, registries, manager, nodes, [.. registries.SelectMany(registry => Shared(registry, iam))]);
    }

    // A repository of a cache is made at the first pull, so that no policy can be set on it before.
    private void CheckCaches(IamSettings iam)
    {
        foreach (var route in images.Where(image => image.IsCached && image.Ecr is not null).Select(image => image.Place.Route).Distinct())
        {
            if (settings.ForeignRoles(iam, route.Ecr!).Select(foreign => foreign.Role).FirstOrDefault() is { } role)
            {
                bag.Add(
                    Rules.CacheAcrossAccounts,
                    route.Span,
                    $"{role} of environment {settings.Name} fills a cache of another account, {route.Ecr!.Account}: no repository policy can be set before the repository is made.",
                    "Allow the role in the registry policy of that account, and give new repositories a policy by a repository creation template."
                );
            }
        }
    }

    private NodeAccess PlanNodes(IamSettings iam)
    {
        var policy = policies.OfNodes(images, iam.Resources);
        AccessRules.CheckCount(policy, "nodes", settings.Name, bag);
        return new(
            [
                .. iam
                    .NodeRoles.Select(role => settings.Complete(role))
                    .DistinctBy(role => role.Arn)
                    .OrderBy(role => role.ToString(), StringComparer.Ordinal),
            ],
            policy
        );
    }

    private PackageManagerAccess PlanPackageManager(EcrRegistry ecr, IamSettings iam, PackageManagerSettings manager)
    {
        var account = HelmValues.ServiceAccount(settings.Crossplane.Values);
        var policy = policies.OfPackageManager(images, iam.Resources);
        AccessRules.CheckCount(policy, "package manager", settings.Name, bag);
        var role = settings.Complete(manager.Role);
        var trust = TrustPolicy.Of(role.Arn, manager.OidcIssuer, settings.Crossplane.Namespace, account);
        if (trust.Size > PolicyDocument.TrustPolicyQuota)
        {
            bag.Add(
                Rules.PolicyOverQuota,
                manager.Role.Span,
                $"The trust policy of {manager.Role} has {trust.Size} characters, more than {PolicyDocument.TrustPolicyQuota}.",
                "Shorten the namespace or the service account's name."
            );
        }

        var cluster = settings.ClusterAccount ?? ecr.Account;
        return new(role, account, manager.OidcIssuer?.Value, policy, trust) { OtherCluster = cluster == role.Arn.Account ? null : cluster };
    }

    private IEnumerable<SharedRepositories> Shared(PulledRegistry registry, IamSettings iam)
    {
        var classes = settings.ForeignRoles(iam, registry.Ecr).Select(role => role.Class).ToHashSet();
        return images
            .Where(image =>
                image is { IsCached: false, Ecr: { } there } && there.FolderName == registry.Ecr.FolderName && classes.Contains(image.Class)
            )
            .GroupBy(image => image.Class)
            .OrderBy(group => group.Key)
            .Select(group => SharedOf(registry, group));
    }

    private static SharedRepositories SharedOf(PulledRegistry registry, IGrouping<ImageClass, RegistryImage> images)
    {
        var byName = images.GroupBy(image => image.Repository.Path, RepositoryNeed.Of).OrderBy(group => group.Key, StringComparer.Ordinal).ToArray();
        return new(registry, images.Key, [.. byName.Select(group => group.Key)]) { NeededBy = [.. byName.Select(group => group.ToImmutableArray())] };
    }

    // Flux's source-controller pulls the chart with its own role. Argo CD cannot log in to ECR by itself, but whatever refreshes its
    // token needs the same access. Without an engine, somebody runs Helm with their own access.
    private ChartAccess? PlanChart()
    {
        if (chart is not { Ecr: { } ecr, Image: { } image } || !settings.GitOps.HasEngine)
            return null;

        var cluster = settings.ClusterAccount ?? settings.Routes.HomeEcr?.Account;
        return new(ecr, chart, RolePolicies.OfChart(ecr, image, chart.Need)) { OtherCluster = cluster == ecr.Account ? null : cluster };
    }
}

/// <summary>The roles of an environment, completely named.</summary>
internal static class EnvironmentRoles
{
    /// <summary>A role with its account: a role given by name alone is in the cluster's account.</summary>
    public static RoleInUse Complete(this EnvironmentSettings settings, Located<IamRole> role) =>
        new(role.Value.ArnIn(settings.RoleAccount, settings.Partition), role.Span, IsNamedByArn: role.Value.Account is not null);

    /// <summary>The roles in other accounts than a registry's, once for each class of images that they pull.</summary>
    public static IEnumerable<(ImageClass Class, RoleInUse Role)> ForeignRoles(this EnvironmentSettings settings, IamSettings iam, EcrRegistry ecr)
    {
        if (settings.Routes.HomeEcr is null)
            return [];

        var manager = Foreign(iam.PackageManager is { } named ? [named.Role] : []);
        var nodes = Foreign(iam.NodeRoles);
        return
        [
            .. manager.SelectMany(role => new[] { (ImageClass.Runtime, role), (ImageClass.Configuration, role) }),
            .. nodes.SelectMany(role => new[] { (ImageClass.Core, role), (ImageClass.Runtime, role) }),
        ];

        IEnumerable<RoleInUse> Foreign(IEnumerable<Located<IamRole>> roles) =>
            roles.Select(role => settings.Complete(role)).Where(role => role.Arn.Account != ecr.Account);
    }
}

/// <summary>The rules about the access of one environment.</summary>
internal static class AccessRules
{
    /// <summary>AWS partitions are separate: no role, session or resource policy reaches from one into another.</summary>
    public static void CheckPartitions(IamSettings iam, EcrRegistry ecr, DiagnosticBag bag)
    {
        var roles = iam.PackageManager is { } named ? iam.NodeRoles.Insert(0, named.Role) : iam.NodeRoles;
        foreach (var role in roles)
            Check(role.Span, role.ToString(), role.Value.Partition, "Name a role of the registry's partition.");

        if (iam.PackageManager?.OidcIssuer is { } issuer)
            Check(issuer.Span, issuer.ToString(), issuer.Value.Partition?.Id, "Give the issuer of a cluster in the registry's partition.");

        void Check(SourceSpan span, string what, string? partition, string fix)
        {
            if (partition is not null && partition != ecr.Region.Partition.Id)
            {
                bag.Add(
                    Rules.OtherPartition,
                    span,
                    $"{what} is in partition {partition}, but the registry in {ecr.Region} is in {ecr.Region.Partition.Id}.",
                    fix
                );
            }
        }
    }

    /// <summary>A policy may continue in further documents, but AWS attaches a limited number of them to a role.</summary>
    public static void CheckCount(ImmutableArray<PolicyDocument> policy, string whose, Located<EnvironmentName> environment, DiagnosticBag bag)
    {
        if (policy.Length > PolicyDocument.PoliciesPerRole)
        {
            bag.Add(
                Rules.TooManyPolicies,
                environment.Span,
                $"The {whose} of {environment} would need {policy.Length} policies; AWS attaches {PolicyDocument.PoliciesPerRole} to a role by default.",
                "Use 'resources: wildcard', or have the quota raised."
            );
        }
    }
}
