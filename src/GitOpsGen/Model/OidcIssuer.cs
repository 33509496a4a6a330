namespace GitOpsGen.Model;

/// <summary>A cluster's OIDC issuer without <c>https://</c>, as IAM's provider ARNs and condition keys spell it.</summary>
internal sealed partial record OidcIssuer(string Value)
{
    private const string Scheme = "https://";

    public static Grammar Grammar { get; } =
        new(Form(), "the cluster's OIDC issuer, such as https:// oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE");

    public static bool TryParse(string text, [NotNullWhen(true)] out OidcIssuer? issuer) =>
        Grammar.TryRead(text, text => new(text.StartsWith(Scheme, StringComparison.Ordinal) ? text[Scheme.Length..] : text), out issuer);

    /// <summary>
    /// The partition of the cluster, where the host shows it: EKS's own issuers, <c>oidc.eks.REGION.amazonaws.com</c> and
    /// <c>oidc-eks.REGION.api.aws</c>, name their region, and the region decides. Other issuers may run anywhere.
    /// </summary>
    public AwsPartition? Partition => EksHost().Match(Value) is { Success: true } eks ? AwsPartition.OfRegion(eks.Groups["region"].Value) : null;

    public override string ToString() => Value;

    [GeneratedRegex(@"\Aoidc[.-]eks(?:-fips)?\.(?<region>[a-z0-9-]+)\.")]
    private static partial Regex EksHost();

    [GeneratedRegex(@"^(?:https://)?(?=.{1,255}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[A-Za-z0-9._~-]+)*$")]
    private static partial Regex Form();
}
