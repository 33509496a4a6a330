using GitOpsGen.Model;

namespace GitOpsGen.Iam;

/// <summary>
/// Who may take the package manager's role: exactly one service account of exactly one cluster, by IRSA. The provider stands in
/// the role's account; ARN and condition keys spell the issuer without <c>https://</c>.
/// </summary>
/// <param name="Provider">The ARN of the OIDC provider.</param>
/// <param name="Issuer">The issuer, which prefixes the condition keys.</param>
/// <param name="Subject"><c>system:serviceaccount:NAMESPACE:NAME</c>.</param>
internal sealed record IrsaTrust(string Provider, string Issuer, string Subject)
{
    /// <summary>The audience of IRSA tokens, in every partition (eksctl pkg/iam/oidc).</summary>
    public const string Audience = "sts.amazonaws.com";

    /// <summary>IAM's default quota for a trust policy; white space is not counted.</summary>
    public const int Quota = 2048;

    /// <summary>The characters that count against the quota.</summary>
    public int Size => Template.Length + Provider.Length + (2 * Issuer.Length) + Subject.Length;

    // The document of a trust without its values: what stands in templates/iam/{environment}/package-manager-trust-policy.json.
    private const string Template = """
        {"Version":"2012-10-17","Statement":[{"Sid":"AssumeRoleWithServiceAccount","Effect":"Allow","Principal":{"Federated":""},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{":aud":"sts.amazonaws.com",":sub":""}}}]}
        """;

    /// <summary>The trust of a service account in a cluster with this issuer.</summary>
    public static IrsaTrust For(AccountId account, AwsPartition partition, OidcIssuer issuer, string @namespace, string serviceAccount) => new(
        $"arn:{partition.Id}:iam::{account}:oidc-provider/{issuer}",
        issuer.Value,
        $"system:serviceaccount:{@namespace}:{serviceAccount}");
}
