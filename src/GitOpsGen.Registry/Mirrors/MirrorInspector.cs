using GitOpsGen.Planning;
using GitOpsGen.Registry.Http;
using GitOpsGen.Registry.Packages;

namespace GitOpsGen.Registry.Mirrors;

/// <summary>Checks whether a mirror has what is locked. Reads manifests only.</summary>
internal sealed class MirrorInspector(RegistryClient registry)
{
    private readonly PackageReader packages = new(registry);

    public async Task<MirrorReading> InspectAsync(ImageCopy copy, CancellationToken cancellation)
    {
        var there = await registry.ResolveAsync(copy.Image.Repository, copy.Tag, cancellation).ConfigureAwait(false);
        if (!there.IsSuccess)
            return await WithLockedAsync(copy, MirrorReading.Of(there.Failure), cancellation).ConfigureAwait(false);

        var image = await packages.FindImageAsync(copy.Image.Repository, there.Value, cancellation).ConfigureAwait(false);
        var isBare = copy.Image.IsPackage && image is { IsSuccess: true, Value.BaseLayer: null };
        if (there.Value != copy.Digest)
        {
            var other = new MirrorReading(isBare ? MirrorState.AnnotationLost : MirrorState.Different) { Found = there.Value };
            return await WithLockedAsync(copy, other, cancellation).ConfigureAwait(false);
        }

        return image.IsSuccess
            ? await WithAttachmentsAsync(copy, new(MirrorState.Same) { Found = there.Value, WasNeverAnnotated = isBare }, cancellation)
                .ConfigureAwait(false)
            : MirrorReading.Of(image.Failure);
    }

    // Whose pull is pinned asks for the digest and not for the tag, which is missing or points elsewhere.
    private async Task<MirrorReading> WithLockedAsync(ImageCopy copy, MirrorReading tag, CancellationToken cancellation)
    {
        if (copy.ByDigest.IsEmpty || tag.Failure is not null)
            return tag;

        var locked = await packages.FindImageAsync(copy.Image.Repository, copy.Digest, cancellation).ConfigureAwait(false);
        return locked.IsSuccess || locked.Failure.Kind == FailureKind.NotFound
            ? tag with
            {
                HasLocked = locked.IsSuccess,
            }
            : MirrorReading.Of(locked.Failure);
    }

    private async Task<MirrorReading> WithAttachmentsAsync(ImageCopy copy, MirrorReading image, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(
                copy.Attached.Select(async attachment =>
                    (attachment, There: await registry.FindAsync(copy.Image.Repository, attachment, cancellation).ConfigureAwait(false))
                )
            )
            .ConfigureAwait(false);
        if (found.Select(one => one.There.Failure).FirstOrDefault(failure => failure is { Kind: not FailureKind.NotFound }) is { } unknown)
            return MirrorReading.Of(unknown);

        ImmutableArray<Attachment> missing = [.. found.Where(one => !one.There.IsSuccess).Select(one => one.attachment)];
        return missing.IsEmpty ? image : new(MirrorState.AttachmentMissing) { Found = image.Found, Missing = missing };
    }

    /// <summary>Checks whether a chart is there; the lockfile has no digest of it.</summary>
    public async Task<MirrorReading> InspectAsync(ChartPlan chart, CancellationToken cancellation)
    {
        var there = await registry.ResolveAsync(chart.Image!, chart.Version.Tag, cancellation).ConfigureAwait(false);
        return there.IsSuccess ? new(MirrorState.Same) { Found = there.Value } : MirrorReading.Of(there.Failure);
    }
}

/// <summary>What was found at one place of a mirror.</summary>
internal sealed record MirrorReading(MirrorState State)
{
    /// <summary>What the tag points to; <see langword="null"/> where there is none.</summary>
    public Digest? Found { get; init; }

    /// <summary>
    /// Whether the locked image is there although the tag does not point to it; <see langword="null"/> where nobody pulls it by its digest.
    /// </summary>
    public bool? HasLocked { get; init; }

    /// <summary>What lies beside the image upstream and not here.</summary>
    public ImmutableArray<Attachment> Missing { get; init; } = [];

    /// <summary>Whether it is the locked package, which its publisher did not annotate: not the fault of the mirror.</summary>
    public bool WasNeverAnnotated { get; init; }

    /// <summary>Why nothing is known.</summary>
    public RegistryFailure? Failure { get; init; }

    /// <summary>The state after a failure. A registry that says that it has nothing there has answered.</summary>
    public static MirrorReading Of(RegistryFailure failure) =>
        failure.Kind == FailureKind.NotFound ? new(MirrorState.Missing) : new(MirrorState.Unknown) { Failure = failure };
}

/// <summary>How what is in a mirror compares with what is locked.</summary>
internal enum MirrorState
{
    /// <summary>It is there, byte for byte. For a chart, whose bytes are not locked, it is there.</summary>
    Same,

    /// <summary>There is no such repository or tag, or a part of the tag's content is gone.</summary>
    Missing,

    /// <summary>The tag points to something else.</summary>
    Different,

    /// <summary>
    /// The tag points to an image without the annotations of a package, as after <c>docker pull</c>, <c>tag</c>, <c>push</c>
    /// (https://github.com/crossplane/crossplane/issues/5579).
    /// </summary>
    AnnotationLost,

    /// <summary>The image is there, and something that lies beside it upstream is not, such as its signature.</summary>
    AttachmentMissing,

    /// <summary>The registry did not say.</summary>
    Unknown,
}
