using System.Collections.Immutable;
using GitOpsGen.Model;

namespace GitOpsGen.Planning;

/// <summary>What has to be copied so that the registries of some environments hold what is locked for them; nothing twice.</summary>
internal sealed record MirrorPlan(ImmutableArray<ImageCopy> Images, ImmutableArray<ChartCopy> Charts)
{
    /// <summary>The repositories in ECR, which have to exist before a push; of each, the registry by the first host that names it.</summary>
    public ImmutableArray<(EcrRegistry Registry, string Path)> EcrRepositories { get; } =
    [
        .. Images
            .Select(copy => copy.Image.Repository)
            .Concat(Charts.Select(copy => copy.Target.Image).OfType<Repository>())
            .Select(repository => EcrRegistry.TryParseHost(repository.Host, out var registry) ? (Registry: registry, repository.Path) : default)
            .Where(pair => pair.Registry is not null)
            .DistinctBy(pair => (pair.Registry.FolderName, pair.Path)),
    ];
}
