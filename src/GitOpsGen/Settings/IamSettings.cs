using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;

namespace GitOpsGen.Settings;

/// <summary>The principals of an environment.</summary>
/// <param name="PackageManager">The Crossplane pod's role, which pulls packages.</param>
/// <param name="NodeRoles">The kubelets' roles, which pull images for pods.</param>
/// <param name="Resources">How the policies name repositories.</param>
internal sealed record IamSettings(PackageManagerSettings? PackageManager, ImmutableArray<Located<IamRole>> NodeRoles, ResourceForm Resources);

/// <summary>The Crossplane pod's role.</summary>
/// <param name="Role">The role.</param>
/// <param name="OidcIssuer">The cluster's OIDC issuer, for IRSA; <see langword="null"/>: the pod gets the role by EKS Pod Identity.</param>
internal sealed record PackageManagerSettings(Located<IamRole> Role, Located<OidcIssuer>? OidcIssuer);

/// <summary>How a policy names repositories.</summary>
internal enum ResourceForm
{
    /// <summary>One ARN a repository.</summary>
    Exact,

    /// <summary>One ARN a folder and kind, <c>…/provider-*</c>, where that grants nothing more among the locked ones.</summary>
    Wildcard,
}
