using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Iam;
using GitOpsGen.Model;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>The rules about the access of one environment.</summary>
internal static class AccessRules
{
    /// <summary>Partitions of AWS have nothing in common: neither roles nor sessions nor resource policies reach from one into another.</summary>
    public static void CheckPartitions(IamSettings iam, EcrRegistry ecr, DiagnosticBag bag)
    {
        var roles = iam.PackageManager is { } named ? iam.NodeRoles.Insert(0, named.Role) : iam.NodeRoles;
        foreach (var role in roles)
        {
            Check(role.Span, role.ToString(), role.Value.Partition, "Name a role of the registry's partition.");
        }

        if (iam.PackageManager?.OidcIssuer is { } issuer)
        {
            Check(issuer.Span, issuer.ToString(), issuer.Value.Partition?.Id, "Give the issuer of a cluster in the registry's partition.");
        }

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

    /// <summary>A policy may go on in further documents, but AWS attaches only so many.</summary>
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
