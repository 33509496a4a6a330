using System.Collections.Frozen;

namespace GitOpsGen.Model;

/// <summary>A region of AWS and its partition.</summary>
internal sealed record AwsRegion(string Name, AwsPartition Partition)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out AwsRegion? region)
    {
        region = AwsPartition.OfRegion(text) is { } partition ? new(text, partition) : null;
        return region is not null;
    }

    /// <summary>Whether AWS lists it; a region of the right form that it does not list is new, or mistyped.</summary>
    public bool IsListed => Listed.Contains(Name);

    public override string ToString() => Name;

    // AWS's own partitions.json, as npm's @aws-sdk/util-endpoints 3.980.0 has it.
    private static readonly FrozenSet<string> Listed = FrozenSet.Create(
        StringComparer.Ordinal,
        [
            "af-south-1",
            "ap-east-1",
            "ap-east-2",
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-south-2",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "ca-central-1",
            "ca-west-1",
            "eu-central-1",
            "eu-central-2",
            "eu-north-1",
            "eu-south-1",
            "eu-south-2",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "mx-central-1",
            "sa-east-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2",
            "cn-north-1",
            "cn-northwest-1",
            "eusc-de-east-1",
            "us-gov-east-1",
            "us-gov-west-1",
            "us-iso-east-1",
            "us-iso-west-1",
            "us-isob-east-1",
            "us-isob-west-1",
            "eu-isoe-west-1",
            "us-isof-east-1",
            "us-isof-south-1",
        ]
    );
}

/// <summary>
/// A partition of AWS: the part of an ARN after <c>arn:</c>, and the suffix of its hosts. The region decides the partition
/// (botocore partitions.json): <c>aws</c> and <c>aws-us-gov</c> share a host suffix.
/// </summary>
internal sealed partial record AwsPartition(string Id, string HostSuffix, Regex Regions)
{
    public static IReadOnlyList<AwsPartition> All { get; } =
    [
        new("aws", "amazonaws.com", Aws()),
        new("aws-cn", "amazonaws.com.cn", China()),
        new("aws-us-gov", "amazonaws.com", UsGov()),
        new("aws-eusc", "amazonaws.eu", EuSovereign()),
        new("aws-iso", "c2s.ic.gov", Iso()),
        new("aws-iso-b", "sc2s.sgov.gov", IsoB()),
        new("aws-iso-e", "cloud.adc-e.uk", IsoE()),
        new("aws-iso-f", "csp.hci.ic.gov", IsoF()),
    ];

    public static AwsPartition? OfRegion(string region) => All.FirstOrDefault(p => p.Regions.IsMatch(region));

    [GeneratedRegex(@"\A(?:us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-[0-9]+\z")]
    private static partial Regex Aws();

    [GeneratedRegex(@"\Acn-[a-z]+-[0-9]+\z")]
    private static partial Regex China();

    [GeneratedRegex(@"\Aus-gov-[a-z]+-[0-9]+\z")]
    private static partial Regex UsGov();

    [GeneratedRegex(@"\Aeusc-de-[a-z]+-[0-9]+\z")]
    private static partial Regex EuSovereign();

    [GeneratedRegex(@"\Aus-iso-[a-z]+-[0-9]+\z")]
    private static partial Regex Iso();

    [GeneratedRegex(@"\Aus-isob-[a-z]+-[0-9]+\z")]
    private static partial Regex IsoB();

    [GeneratedRegex(@"\Aeu-isoe-[a-z]+-[0-9]+\z")]
    private static partial Regex IsoE();

    [GeneratedRegex(@"\Aus-isof-[a-z]+-[0-9]+\z")]
    private static partial Regex IsoF();
}
