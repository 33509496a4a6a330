using GitOpsGen.Diagnostics;
using GitOpsGen.Iam;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>The crossplane chart.</summary>
/// <param name="Core">The lock entry of the core.</param>
/// <param name="Repository">The chart repository, or the parent of the chart in an OCI registry.</param>
/// <param name="Version">Its exact version.</param>
internal sealed record ChartPlan(LockEntry Core, ChartRepository Repository, ChartVersion Version)
{
    /// <summary>The chart's name, wherever it is.</summary>
    public const string Name = "crossplane";

    /// <summary>The chart of a core in an environment, from where the settings mirror it to; <see langword="null"/> where the lock pins none.</summary>
    public static ChartPlan? Of(LockEntry core, EnvironmentSettings settings) =>
        core.Chart?.Value is not { } pinned ? null
        : settings.Crossplane.ChartRepository is { } own ? new(core, own.Value, pinned.Version) { OwnPlace = own.Span }
        : new(core, pinned.Repository, pinned.Version);

    /// <summary>Where the settings say where it comes from; <see langword="null"/>: the lock does.</summary>
    public SourceSpan? OwnPlace { get; private init; }

    /// <summary>What the repository comes from.</summary>
    public Origin RepositoryOrigin => OwnPlace is { } place ? Origin.At(place) : Core.From("chart/repository");

    /// <summary>The chart, as what lies in its repository.</summary>
    public RepositoryNeed Need => new(Core, RepositoryOrigin);

    /// <summary>The chart's repository in an OCI registry; <see langword="null"/> for an HTTPS chart repository.</summary>
    public Repository? Image { get; } =
        Repository.IsOci && Model.Repository.TryParse($"{Repository.HostAndPath}/{Name}", out var image) ? image : null;

    /// <summary>The ECR registry that holds the chart, where one does.</summary>
    public EcrRegistry? Ecr => Image is not null && EcrRegistry.TryParseHost(Image.Host, out var ecr) ? ecr : null;
}
