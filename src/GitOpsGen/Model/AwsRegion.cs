using System.Diagnostics.CodeAnalysis;

namespace GitOpsGen.Model;

/// <summary>A region of AWS and the partition it lies in.</summary>
internal sealed record AwsRegion(string Name, AwsPartition Partition)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out AwsRegion? region)
    {
        region = AwsPartition.OfRegion(text) is { } partition ? new(text, partition) : null;
        return region is not null;
    }

    public override string ToString() => Name;
}
