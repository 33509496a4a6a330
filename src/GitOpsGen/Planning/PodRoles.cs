using GitOpsGen.Iam;
using GitOpsGen.Lockfile;
using GitOpsGen.Packages;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>A role of pods of packages, and who may take it: the service accounts of all packages of the environment that name it.</summary>
/// <param name="Role">The role.</param>
/// <param name="Issuer">The cluster's OIDC issuer, with IRSA; <see langword="null"/> with EKS Pod Identity.</param>
/// <param name="Pods">The first package of each service account, by name.</param>
/// <param name="Trust">Who may take it.</param>
internal sealed record PodRole(RoleInUse Role, Located<OidcIssuer>? Issuer, ImmutableArray<RuntimeConfigPlan> Pods, PolicyDocument Trust)
{
    /// <summary>What the document is named after: the first of the packages.</summary>
    public string Document => Pods[0].Entry.ObjectName.Value;

    /// <inheritdoc cref="PackageManagerAccess.OtherCluster"/>
    public AccountId? OtherCluster { get; init; }
}

/// <summary>That pods of one package have a role.</summary>
/// <param name="Role">The role.</param>
/// <param name="Account">The service account that the pods run under.</param>
/// <param name="IsMade">Whether Crossplane makes that account; otherwise it is one of the user's own, which no document here annotates.</param>
internal sealed record PodRoleUse(RoleInUse Role, ServiceAccount Account, bool IsMade);

/// <summary>
/// Decides the roles of the pods of one environment's packages. A trust policy needs the exact name of a service account, and without one
/// Crossplane derives it from the revision: so a role gives the account the package's name, where the settings name none.
/// </summary>
internal sealed class PodRoles(EnvironmentSettings settings, EnvironmentFindings findings)
{
    private static readonly string[] AccountMetadata = ["serviceAccountTemplate", "metadata"];
    private static readonly string[] PodTemplate = ["deploymentTemplate", "spec", "template"];

    /// <summary>A runtime with its role, where the settings give one: the account's name, and the annotations that IRSA needs.</summary>
    /// <param name="entry">The package.</param>
    /// <param name="name">The runtime's own name, where the settings give one.</param>
    /// <param name="runtime">What the settings say about it.</param>
    public (YamlMapping Spec, PodRoleUse? Role) Give(LockEntry entry, Located<string>? name, YamlMapping runtime)
    {
        if (settings.RoleOf(entry.ObjectName) is not { } named)
            return (runtime, null);

        var own = Find(runtime, [.. PodTemplate, "spec", "serviceAccountName"]);
        var given = own ?? Find(runtime, [.. AccountMetadata, "name"]);
        var role = settings.Complete(named);
        var account =
            given is not null ? new ServiceAccount(given.Text, Origin.At(given.Span))
            : name is { } shared ? new ServiceAccount(shared.Value, Origin.At(shared.Span))
            : new ServiceAccount(entry.ObjectName.Value, entry.FromName);
        CheckPartition(named);
        var arn = YamlScalar.String(role.ToString(), named.Span);
        if (own is null)
        {
            runtime = With(
                runtime,
                YamlScalar.String(account.Name, given?.Span ?? name?.Span ?? entry.Name?.Span ?? entry.Package.Span),
                [.. AccountMetadata, "name"]
            );
            if (settings.Iam!.Runtime!.OidcIssuer is not null)
                runtime = With(runtime, arn, [.. AccountMetadata, "annotations", IamRoleArn.Annotation]);
        }

        // A running pod keeps the role that it began with: this lets it restart when the role changes.
        runtime = With(runtime, arn, [.. PodTemplate, "metadata", "annotations", IamRoleArn.Annotation]);
        return (runtime, new(role, account, IsMade: own is null));
    }

    /// <summary>The roles by ARN, each with one trust policy for all who have it.</summary>
    /// <param name="runtimes">The runtimes of the packages.</param>
    /// <param name="others">The roles of those who pull, which trust somebody else.</param>
    public ImmutableArray<PodRole> Plan(IEnumerable<RuntimeConfigPlan> runtimes, RegistryAccess? others)
    {
        var pullers = (others?.Nodes?.Roles ?? [])
            .Concat(others?.PackageManager is { } manager ? [manager.Role] : [])
            .Select(role => role.Arn)
            .ToHashSet();
        var issuer = settings.Iam?.Runtime?.OidcIssuer;
        var roles = ImmutableArray.CreateBuilder<PodRole>();
        foreach (
            var pods in runtimes
                .Where(runtime => runtime.Role is not null)
                .GroupBy(runtime => runtime.Role!.Role.Arn)
                .OrderBy(pods => pods.Key.ToString(), StringComparer.Ordinal)
        )
        {
            var role = pods.First().Role!.Role;
            ImmutableArray<RuntimeConfigPlan> accounts = [.. pods.OrderBy(pod => pod.Entry.ObjectName).DistinctBy(pod => pod.Role!.Account.Name)];
            if (pullers.Contains(role.Arn))
            {
                findings.Add(
                    Rules.SharedRole,
                    role.Place,
                    $"{role} is also the role of those who pull, and the trust policy of one use would lock out the other",
                    "Give the pods a role of their own."
                );
            }

            var trust = TrustPolicy.Of(role.Arn, issuer, settings.Crossplane.Namespace, [.. accounts.Select(pod => pod.Role!.Account)]);
            if (trust.Size > PolicyDocument.TrustPolicyQuota)
            {
                findings.Add(
                    Rules.PolicyOverQuota,
                    role.Place,
                    $"The trust policy of {role} has {trust.Size} characters for {accounts.Length} service accounts, more than {PolicyDocument.TrustPolicyQuota}",
                    "Give some of them another role, or let them share a service account of yours ('serviceAccountName' in 'deploymentTemplate')."
                );
            }

            var cluster = settings.RoleAccount;
            roles.Add(new(role, issuer, accounts, trust) { OtherCluster = cluster == role.Arn.Account ? null : cluster });
        }

        return roles.ToImmutable();
    }

    private void CheckPartition(Located<IamRole> role)
    {
        if (role.Value.Partition is { } partition && partition != settings.Partition.Id)
        {
            findings.Add(
                Rules.OtherPartition,
                role.Span,
                $"{role} is in partition {partition}, but the cluster is in {settings.Partition.Id}",
                "Name a role of the cluster's partition."
            );
        }
    }

    private YamlMapping With(YamlMapping runtime, YamlScalar value, string[] path)
    {
        if (RuntimeReader.With(runtime, value, path) is { } whole)
            return whole;

        var place = RuntimeReader.At(runtime, path);
        findings.Add(
            Rules.RuntimeContradiction,
            place.Span,
            $"'{path[^1]}' does not agree with 'serviceAccount.role', which wants {Excerpt.Of(value.Text)}",
            "Remove it; the role decides it."
        );
        return runtime;
    }

    private static YamlScalar? Find(YamlMapping runtime, string[] path) =>
        RuntimeReader.At(runtime, path) is YamlScalar { Kind: ScalarKind.String, Text.Length: > 0 } found && IsAt(runtime, path) ? found : null;

    // At gives what is there on the way, which may end before the path does.
    private static bool IsAt(YamlMapping mapping, ReadOnlySpan<string> path) =>
        path.Length == 1 ? mapping[path[0]] is not null : mapping[path[0]] is YamlMapping below && IsAt(below, path[1..]);
}
