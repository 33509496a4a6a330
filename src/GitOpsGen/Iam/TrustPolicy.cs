using GitOpsGen.Diagnostics;
using GitOpsGen.Model;

namespace GitOpsGen.Iam;

/// <summary>Who may take the package manager's role: exactly one service account.</summary>
internal static class TrustPolicy
{
    /// <summary>The audience of IRSA tokens, in every partition (eksctl pkg/iam/oidc).</summary>
    public const string Audience = "sts.amazonaws.com";

    private static readonly Origin Issuer = Origin.Of("iam/packageManager/oidcIssuer");
    private static readonly Origin Namespace = Origin.Of("crossplane/namespace");

    /// <summary>
    /// By IRSA: a service account of the cluster with this issuer. The OIDC provider is in the role's account, not in the
    /// cluster's; ARN and condition keys spell the issuer without <c>https://</c>.
    /// </summary>
    public static PolicyDocument Irsa(IamRoleArn role, OidcIssuer issuer, string @namespace, ServiceAccount account) =>
        new([
            new("AssumeRoleWithServiceAccount", ["sts:AssumeRoleWithWebIdentity"])
            {
                Principals = new(PrincipalKind.Federated, [$"arn:{role.Partition}:iam::{role.Account}:oidc-provider/{issuer}"])
                {
                    Origins =
                    [
                        [Issuer],
                    ],
                },
                Conditions =
                [
                    new($"{issuer}:aud", Audience) { KeyOrigins = [Issuer] },
                    new($"{issuer}:sub", $"system:serviceaccount:{@namespace}:{account}")
                    {
                        KeyOrigins = [Issuer],
                        ValueOrigins = [Namespace, account.Origin],
                    },
                ],
            },
        ]);

    /// <summary>
    /// By EKS Pod Identity: a service account in any cluster of the role's account that associates the role with it. EKS tags
    /// its sessions, so it needs <c>sts:TagSession</c>; the service has one name in all partitions (eksctl pkg/apis iam.go).
    /// </summary>
    public static PolicyDocument PodIdentity(string @namespace, ServiceAccount account) =>
        new([
            new("AllowEksAuthToAssumeRoleForPodIdentity", ["sts:AssumeRole", "sts:TagSession"])
            {
                Principals = new(PrincipalKind.Service, ["pods.eks.amazonaws.com"]),
                Conditions =
                [
                    new("aws:RequestTag/kubernetes-namespace", @namespace) { ValueOrigins = [Namespace] },
                    new("aws:RequestTag/kubernetes-service-account", account.Name) { ValueOrigins = [account.Origin] },
                ],
            },
        ]);
}

/// <summary>The service account that the core runs under.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Origin">What decides the name.</param>
internal readonly record struct ServiceAccount(string Name, Origin Origin)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
