using System.Collections.Immutable;
using GitOpsGen.Iam;
using GitOpsGen.Model;

namespace GitOpsGen.Planning;

/// <summary>Who pulls what in one environment.</summary>
/// <param name="Ecr">The registry.</param>
/// <param name="PackageManager">The Crossplane pod's role; <see langword="null"/> where the user names none.</param>
/// <param name="NodeRoles">The ARNs of the kubelets' roles.</param>
/// <param name="NodePolicy">What the kubelets pull.</param>
internal sealed record AccessPlan(
    EcrRegistry Ecr, PackageManagerAccess? PackageManager, ImmutableArray<string> NodeRoles, ImmutableArray<PolicyDocument> NodePolicy);

/// <summary>The Crossplane pod's role.</summary>
/// <param name="RoleArn">Its ARN.</param>
/// <param name="ServiceAccount">The service account that may take it.</param>
/// <param name="Policy">What it may pull.</param>
/// <param name="Trust">Who may take it.</param>
internal sealed record PackageManagerAccess(string RoleArn, string ServiceAccount, ImmutableArray<PolicyDocument> Policy, IrsaTrust Trust);
