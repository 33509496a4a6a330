using GitOpsGen.Model;

namespace GitOpsGen.Planning;

/// <summary>The crossplane chart.</summary>
/// <param name="Repository">The chart repository, or the parent of the chart in an OCI registry.</param>
/// <param name="Version">Its exact version.</param>
internal sealed record ChartPlan(ChartRepository Repository, ChartVersion Version)
{
    /// <summary>The chart's name, wherever it is.</summary>
    public const string Name = "crossplane";

    /// <summary>The chart's repository in an OCI registry; <see langword="null"/> for an HTTPS chart repository.</summary>
    public Repository? Image { get; } = Repository.IsOci && Model.Repository.TryParse($"{Repository.HostAndPath}/{Name}", out var image) ? image : null;

    /// <summary>The ECR registry that holds the chart, where one does.</summary>
    public EcrRegistry? Ecr => Image is not null && EcrRegistry.TryParseHost(Image.Host, out var ecr) ? ecr : null;
}
