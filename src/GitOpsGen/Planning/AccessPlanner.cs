using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Iam;
using GitOpsGen.Model;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>Decides who pulls what in one environment.</summary>
internal sealed class AccessPlanner(EnvironmentSettings settings, IReadOnlyCollection<Repository> lockedThere, DiagnosticBag bag)
{
    /// <summary>The access; <see langword="null"/> where the registry is not ECR or nobody is named.</summary>
    public AccessPlan? Plan(ImmutableArray<RegistryImage> images)
    {
        if (settings is not { Registry.Ecr: { } ecr, Iam: { } iam })
        {
            return null;
        }

        var nodePolicy = iam.NodeRoles.IsEmpty ? [] : IdentityPolicy.Pull(ecr, images.Where(image => image.IsRun), lockedThere, iam.Resources);
        CheckCount(nodePolicy, "nodes");
        return new(
            ecr,
            iam.PackageManager is { } manager ? PlanPackageManager(ecr, iam, manager, images) : null,
            [.. iam.NodeRoles.Select(role => ArnOf(role.Value, ecr)).Distinct().Order(StringComparer.Ordinal)],
            nodePolicy);
    }

    private PackageManagerAccess PlanPackageManager(EcrRegistry ecr, IamSettings iam, PackageManagerSettings manager, ImmutableArray<RegistryImage> images)
    {
        var account = CoreValues.ServiceAccount(settings.Crossplane.Values);
        var policy = IdentityPolicy.Pull(ecr, images.Where(image => image.IsPackage), lockedThere, iam.Resources);
        CheckCount(policy, "package manager");
        var trust = IrsaTrust.For(ecr.Account, ecr.Region.Partition, manager.OidcIssuer!.Value.Value, settings.Crossplane.Namespace, account);
        if (trust.Size > IrsaTrust.Quota)
        {
            bag.Add(Rules.PolicyOverQuota, manager.Role.Span, $"The trust policy of {manager.Role} has {trust.Size} characters, more than {IrsaTrust.Quota}.", "Shorten the namespace or the service account's name.");
        }

        return new(ArnOf(manager.Role.Value, ecr), account, policy, trust);
    }

    private string ArnOf(IamRole role, EcrRegistry ecr) => role.ArnIn(settings.ClusterAccount ?? ecr.Account, ecr.Region.Partition);

    private void CheckCount(ImmutableArray<PolicyDocument> policy, string whose)
    {
        if (policy.Length > PolicyDocument.PoliciesPerRole)
        {
            bag.Add(
                Rules.TooManyPolicies,
                settings.Name.Span,
                $"The {whose} of {settings.Name} would need {policy.Length} policies; AWS attaches {PolicyDocument.PoliciesPerRole} to a role by default.",
                "Use 'resources: wildcard', or have the quota raised.");
        }
    }
}
