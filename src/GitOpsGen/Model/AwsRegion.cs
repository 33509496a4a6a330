using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace GitOpsGen.Model;

/// <summary>A region of AWS and its partition.</summary>
internal sealed record AwsRegion(string Name, AwsPartition Partition)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out AwsRegion? region)
    {
        region = AwsPartition.OfRegion(text) is { } partition ? new(text, partition) : null;
        return region is not null;
    }

    public override string ToString() => Name;
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
