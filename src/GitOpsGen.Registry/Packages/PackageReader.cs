using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Packages;
using GitOpsGen.Registry.Oci;

namespace GitOpsGen.Registry.Packages;

/// <summary>
/// Reads what a published package says about itself, the way Crossplane's package manager does (facts in crossplane
/// contributing/specifications/xpkg.md and crossplane-runtime pkg/xpkg/client.go).
/// </summary>
internal sealed class PackageReader(RegistryClient registry)
{
    /// <summary>The longest compressed layer; the largest real packages have a quarter of it, their program included.</summary>
    public const long LongestLayer = 256 << 20;

    /// <summary>The image that the package manager reads behind a digest: the digest's own, or the right one of its index.</summary>
    public async Task<Answer<OciDocument.Image>> FindImageAsync(Repository repository, Digest digest, CancellationToken cancellation)
    {
        var document = await registry.ReadDocumentAsync(repository, digest, cancellation).ConfigureAwait(false);
        if (document.Value is OciDocument.Index index)
        {
            if (index.PackageImage is not { } chosen)
            {
                return new RegistryFailure(
                    FailureKind.InvalidAnswer,
                    repository,
                    $"manifest {digest}",
                    "the index has several images, and none for linux/amd64, which Crossplane reads"
                );
            }

            document = await registry.ReadDocumentAsync(repository, chosen.Digest, cancellation).ConfigureAwait(false);
        }

        return document switch
        {
            { Value: OciDocument.Image image } => image,
            { Failure: { } failure } => failure,
            _ => new RegistryFailure(FailureKind.InvalidAnswer, repository, $"manifest {digest}", "the index leads to another index"),
        };
    }

    /// <summary>
    /// The package object behind a digest, and all that is wrong with it. A value beside findings is what the package says as far as it
    /// can be used.
    /// </summary>
    /// <param name="repository">The repository.</param>
    /// <param name="digest">The locked digest.</param>
    /// <param name="span">The entry of the lockfile, where findings are shown.</param>
    /// <param name="cancellation">The caller's.</param>
    public async Task<Result<PackageMeta>> ReadAsync(Repository repository, Digest digest, SourceSpan? span, CancellationToken cancellation)
    {
        var name = $"{repository}@{digest}";
        var image = await FindImageAsync(repository, digest, cancellation).ConfigureAwait(false);
        if (!image.IsSuccess)
        {
            return new(null, [image.Failure.ToDiagnostic(span)]);
        }

        // With an annotated layer the others are not looked at; without one, the image is what its layers make of each other.
        var layers = image.Value.BaseLayer is { } own ? [own] : image.Value.Layers;
        var content = await SearchAsync(repository, layers, cancellation).ConfigureAwait(false);
        if (!content.IsSuccess)
        {
            return new(null, [content.Failure.ToDiagnostic(span)]);
        }

        if (content.Value is { Documents: { } documents, Problem: null })
        {
            var (meta, found) = MetaReader.Read(name, documents);
            return new(meta, [.. found.Select(finding => finding with { Span = span })]);
        }

        return new(null, [Finding(name, content.Value) with { Span = span }]);
    }

    private static Diagnostic Finding(string image, LayerContent content) =>
        content switch
        {
            { IsTooLarge: true } => new(
                Rules.PackageTooLarge,
                $"{image} is too large: {content.Problem}.",
                "Use another release; Crossplane would not install this one.",
                null
            ),
            { Problem: { } problem } => new(
                Rules.NotAPackage,
                $"{image} cannot be read: {problem}.",
                "Check that it is a Crossplane package, and not another artifact.",
                null
            ),
            _ => new(Rules.NotAPackage, $"{image} has no package.yaml.", "Check that it is a Crossplane package, and not an ordinary image.", null),
        };

    /// <summary>From the uppermost layer down, to the first that has a <c>package.yaml</c> which nothing above hides.</summary>
    private async Task<Answer<LayerContent>> SearchAsync(Repository repository, IReadOnlyList<Descriptor> layers, CancellationToken cancellation)
    {
        var above = new Whiteouts();
        var last = new LayerContent { Whiteouts = above };
        foreach (var layer in layers.Reverse())
        {
            if (layer.Size > LongestLayer)
            {
                return new LayerContent
                {
                    Whiteouts = above,
                    IsTooLarge = true,
                    Problem = $"a layer has {layer.Size >> 20} MiB, and {LongestLayer >> 20} are read",
                };
            }

            var read = await registry
                .ReadBlobAsync(repository, layer, stream => LayerReader.ReadAsync(stream, above), cancellation)
                .ConfigureAwait(false);
            if (read.Value is not { Documents: null, Problem: null })
            {
                return read;
            }

            last = read.Value;
            above.Add(last.Whiteouts);
        }

        return last;
    }
}
