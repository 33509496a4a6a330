using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>An environment's registry, read by a test from merged settings.</summary>
internal sealed partial record ExpectedRegistry(string Host, string? Account, string? Region, JsonNode? Prefix)
{
    // Region to partition and host suffix: aws-gitops.md, section 1.a, one by one instead of by pattern.
    private static readonly Dictionary<string, (string Partition, string Suffix)> Regions = new()
    {
        ["eu-west-2"] = ("aws", "amazonaws.com"),
        ["eu-central-1"] = ("aws", "amazonaws.com"),
        ["us-east-1"] = ("aws", "amazonaws.com"),
        ["cn-north-1"] = ("aws-cn", "amazonaws.com.cn"),
        ["cn-northwest-1"] = ("aws-cn", "amazonaws.com.cn"),
        ["us-gov-west-1"] = ("aws-us-gov", "amazonaws.com"),
        ["us-gov-east-1"] = ("aws-us-gov", "amazonaws.com"),
        ["eusc-de-east-1"] = ("aws-eusc", "amazonaws.eu"),
        ["us-iso-east-1"] = ("aws-iso", "c2s.ic.gov"),
        ["us-isob-east-1"] = ("aws-iso-b", "sc2s.sgov.gov"),
        ["eu-isoe-west-1"] = ("aws-iso-e", "cloud.adc-e.uk"),
        ["us-isof-south-1"] = ("aws-iso-f", "csp.hci.ic.gov"),
    };

    public bool IsEcr => Account is not null;

    public string Partition => Regions[Region!].Partition;

    /// <summary>The folder below <c>iam/registries/</c>.</summary>
    public string Folder => $"{Account}-{Region}";

    public static ExpectedRegistry Of(JsonNode registry)
    {
        if (registry["ecr"] is { } ecr)
        {
            var (account, region) = (ecr["account"]!.GetValue<string>(), ecr["region"]!.GetValue<string>());
            return new($"{account}.dkr.ecr.{region}.{Regions[region].Suffix}", account, region, registry["prefix"]);
        }

        var host = registry["host"]!.GetValue<string>();
        var match = EcrHost().Match(host);
        var isKnown = match.Success && Regions.ContainsKey(match.Groups[2].Value);
        return new(host, isKnown ? match.Groups[1].Value : null, isKnown ? match.Groups[2].Value : null, registry["prefix"]);
    }

    public string PrefixOf(string upstreamHost) =>
        Prefix switch
        {
            null => "",
            JsonObject map => (map[upstreamHost] ?? map["default"])?.GetValue<string>() ?? "",
            _ => Prefix.GetValue<string>(),
        };

    /// <summary>Whether a host is this registry's, whichever of ECR's hosts it is.</summary>
    public bool Has(string host) =>
        host == Host || (EcrHost().Match(host) is { Success: true } match && match.Groups[1].Value == Account && match.Groups[2].Value == Region);

    public string ArnOf(string path) => $"arn:{Partition}:ecr:{Region}:{Account}:repository/{path}";

    [GeneratedRegex(@"^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws|on\.amazonwebservices\.com\.cn)$")]
    private static partial Regex EcrHost();
}
