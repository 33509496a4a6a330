using GitOpsGen.Planning;
using GitOpsGen.Registry.Packages;

namespace GitOpsGen.Registry.Mirrors;

/// <summary>Looks whether a mirror has what is locked. Reads manifests only.</summary>
internal sealed class MirrorInspector(RegistryClient registry)
{
    private readonly PackageReader packages = new(registry);

    public async Task<MirrorReading> InspectAsync(ImageCopy copy, CancellationToken cancellation)
    {
        var there = await registry.ResolveAsync(copy.Image.Repository, copy.Tag, cancellation).ConfigureAwait(false);
        if (!there.IsSuccess)
        {
            return MirrorReading.Of(there.Failure);
        }

        var image = await packages.FindImageAsync(copy.Image.Repository, there.Value, cancellation).ConfigureAwait(false);
        var isBare = copy.Image.IsPackage && image is { IsSuccess: true, Value.BaseLayer: null };
        return there.Value != copy.Digest ? new(isBare ? MirrorState.AnnotationLost : MirrorState.Different) { Found = there.Value }
            : image.IsSuccess ? new(MirrorState.Same) { Found = there.Value, WasNeverAnnotated = isBare }
            : MirrorReading.Of(image.Failure);
    }

    /// <summary>Whether a chart is there; the lock has no digest of it.</summary>
    public async Task<MirrorReading> InspectAsync(ChartPlan chart, CancellationToken cancellation)
    {
        var there = await registry.ResolveAsync(chart.Image!, chart.Version.Tag, cancellation).ConfigureAwait(false);
        return there.IsSuccess ? new(MirrorState.Same) { Found = there.Value } : MirrorReading.Of(there.Failure);
    }
}
