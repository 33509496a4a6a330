namespace GitOpsGen.Iam;

/// <summary>Who may take a role of the cluster's pods: exactly the service accounts that they run under.</summary>
internal static class TrustPolicy
{
    /// <summary>The audience of IRSA tokens, in every partition (eksctl pkg/iam/oidc).</summary>
    private const string Audience = "sts.amazonaws.com";

    private static readonly Origin Namespace = Origin.Of("crossplane/namespace");

    /// <summary>By IRSA where the cluster's issuer is known, else by EKS Pod Identity.</summary>
    public static PolicyDocument Of(
        IamRoleArn role,
        Located<OidcIssuer>? issuer,
        string @namespace,
        params ImmutableArray<ServiceAccount> accounts
    ) => issuer is { } oidc ? Irsa(role, oidc, @namespace, accounts) : PodIdentity(@namespace, accounts);

    // The OIDC provider is in the role's account, not in the cluster's; ARN and condition keys spell the issuer without https://.
    private static PolicyDocument Irsa(IamRoleArn role, Located<OidcIssuer> issuer, string @namespace, ImmutableArray<ServiceAccount> accounts)
    {
        var origin = Origin.At(issuer.Span);
        return new([
            new("AssumeRoleWithServiceAccount", ["sts:AssumeRoleWithWebIdentity"])
            {
                Principals = new(PrincipalKind.Federated, [$"arn:{role.Partition}:iam::{role.Account}:oidc-provider/{issuer}"])
                {
                    Origins =
                    [
                        [origin],
                    ],
                },
                Conditions =
                [
                    new($"{issuer}:aud", Audience) { KeyOrigins = [origin] },
                    new($"{issuer}:sub", [.. accounts.Select(account => $"system:serviceaccount:{@namespace}:{account}")])
                    {
                        KeyOrigins = [origin],
                        ValueOrigins = [.. accounts.Select(account => ImmutableArray.Create(Namespace, account.Origin))],
                    },
                ],
            },
        ]);
    }

    // In any cluster of the role's account that associates the role with such a service account. EKS tags its sessions, so it needs
    // sts:TagSession; the service has one name in all partitions (eksctl pkg/apis iam.go).
    private static PolicyDocument PodIdentity(string @namespace, ImmutableArray<ServiceAccount> accounts) =>
        new([
            new("AllowEksAuthToAssumeRoleForPodIdentity", ["sts:AssumeRole", "sts:TagSession"])
            {
                Principals = new(PrincipalKind.Service, ["pods.eks.amazonaws.com"]),
                Conditions =
                [
                    new("aws:RequestTag/kubernetes-namespace", @namespace)
                    {
                        ValueOrigins =
                        [
                            [Namespace],
                        ],
                    },
                    new("aws:RequestTag/kubernetes-service-account", [.. accounts.Select(account => account.Name)])
                    {
                        ValueOrigins = [.. accounts.Select(account => ImmutableArray.Create(account.Origin))],
                    },
                ],
            },
        ]);
}

/// <summary>The service account that pods run under.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Origin">What decides the name.</param>
internal readonly record struct ServiceAccount(string Name, Origin Origin)
{
    public override string ToString() => Name;
}
