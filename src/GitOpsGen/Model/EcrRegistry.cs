namespace GitOpsGen.Model;

/// <summary>
/// One ECR registry: an account in a region. <see cref="Host"/> is the host that references use: the classic one, or the FIPS or
/// dual-stack host that the user wrote.
/// </summary>
internal sealed partial record EcrRegistry(AccountId Account, AwsRegion Region, string Host)
{
    /// <summary>The registry with its classic host, <c>ACCOUNT.dkr.ecr.REGION.SUFFIX</c>.</summary>
    public static EcrRegistry Classic(AccountId account, AwsRegion region) =>
        new(account, region, $"{account}.dkr.ecr.{region}.{region.Partition.HostSuffix}");

    /// <summary>
    /// Reads a host by the expression that the ECR credential helper and the kubelet's credential provider use
    /// (ecr-login/api/client.go): a host that it does not match gets no credentials, and Crossplane pulls anonymously.
    /// </summary>
    public static bool TryParseHost(string host, [NotNullWhen(true)] out EcrRegistry? registry)
    {
        var match = CredentialHelperHost().Match(host);
        registry =
            match.Success
            && AccountId.TryParse(match.Groups["account"].Value, out var account)
            && AwsRegion.TryParse(match.Groups["region"].Value, out var region)
                ? new(account, region, host)
                : null;
        return registry is not null;
    }

    /// <summary>Whether a host looks like ECR, even if no credential helper knows it.</summary>
    public static bool LooksLikeEcr(string host) =>
        host.Contains(".dkr.ecr", StringComparison.Ordinal) || host.Contains(".dkr-ecr", StringComparison.Ordinal);

    /// <summary>
    /// Since which releases a core can log in to this host, where this one cannot; else <see langword="null"/>. It depends on the credential
    /// helper that the core links (crossplane go.mod, by release): 0.10.0 brought dual-stack hosts, 0.11.0 those of the European sovereign cloud.
    /// </summary>
    public string? LoginSince(PackageVersion core)
    {
        var version = (core.Major, core.Minor, core.Patch);
        return Host.EndsWith(".on.aws", StringComparison.Ordinal) || Host.EndsWith(".on.amazonwebservices.com.cn", StringComparison.Ordinal)
            ? version.CompareTo((2, 0, 7)) < 0 || (version.CompareTo((2, 1, 0)) >= 0 && version.CompareTo((2, 1, 4)) < 0)
                ? "v2.0.7, v2.1.4 and v2.2.0"
                : null
            : Host.EndsWith(".amazonaws.eu", StringComparison.Ordinal) && version.CompareTo((2, 2, 0)) < 0
                ? "v2.2.0"
                : null;
    }

    /// <summary>The ARN of a repository, or of a pattern over repositories.</summary>
    public string ArnOf(string repositoryPath) => $"arn:{Region.Partition.Id}:ecr:{Region}:{Account}:repository/{repositoryPath}";

    /// <summary>The name of the registry's folder below <c>iam/registries/</c>: one account in one region, whatever the host.</summary>
    public string FolderName => $"{Account}-{Region}";

    [GeneratedRegex(
        @"\A(?<account>[0-9]{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-zA-Z0-9][a-zA-Z0-9_-]*)\.(?:amazonaws\.(?:com(?:\.cn)?|eu)|on\.(?:aws|amazonwebservices\.com\.cn)|sc2s\.sgov\.gov|c2s\.ic\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)\z"
    )]
    private static partial Regex CredentialHelperHost();
}
