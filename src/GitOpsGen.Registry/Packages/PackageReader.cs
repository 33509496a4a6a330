using System.Text.Json;
using GitOpsGen.Packages;
using GitOpsGen.Registry.Http;
using GitOpsGen.Registry.Oci;

namespace GitOpsGen.Registry.Packages;

/// <summary>
/// Reads what a published package says about itself, the way Crossplane's package manager does (facts in crossplane
/// contributing/specifications/xpkg.md and crossplane-runtime pkg/xpkg/client.go).
/// </summary>
internal sealed class PackageReader(RegistryClient registry)
{
    /// <summary>The longest compressed layer; the largest real packages have a quarter of that, program included.</summary>
    public const long LongestLayer = 256 << 20;

    private const long LongestConfig = 4 << 20;

    // One object at a time becomes nodes: they take a hundred times its bytes.
    private readonly Lock parsing = new();

    /// <summary>The image that Crossplane's package manager reads for a digest: the image itself, or the right one of the index.</summary>
    public async Task<RegistryResult<Manifest.Image>> FindImageAsync(Repository repository, Digest digest, CancellationToken cancellation)
    {
        var document = await registry.ReadManifestAsync(repository, digest, cancellation).ConfigureAwait(false);
        if (document.Value is Manifest.Index index)
        {
            if (index.PackageImage is not { } chosen)
            {
                return new RegistryFailure(
                    FailureKind.InvalidResponse,
                    repository,
                    $"manifest {digest}",
                    "the index has several images, and none for linux/amd64, which Crossplane reads"
                );
            }

            document = await registry.ReadManifestAsync(repository, chosen.Digest, cancellation).ConfigureAwait(false);
        }

        return document switch
        {
            { Value: Manifest.Image image } => image,
            { Failure: { } failure } => failure,
            _ => new RegistryFailure(FailureKind.InvalidResponse, repository, $"manifest {digest}", "the index leads to another index"),
        };
    }

    /// <summary>
    /// The package object of a digest, and all that is wrong with it. A value together with findings is the part of
    /// the package that can be used.
    /// </summary>
    /// <param name="repository">The repository.</param>
    /// <param name="digest">The locked digest.</param>
    /// <param name="cancellation">The caller's.</param>
    public async Task<Result<PackageMeta>> ReadAsync(Repository repository, Digest digest, CancellationToken cancellation)
    {
        var name = $"{repository}@{digest}";
        var image = await FindImageAsync(repository, digest, cancellation).ConfigureAwait(false);
        if (!image.IsSuccess)
            return new(null, [image.Failure.ToDiagnostic()]);

        // Where a layer is annotated, the others are ignored; otherwise the image is all its layers on top of each other.
        var layers = image.Value.BaseLayer is { } own ? [own] : image.Value.Layers;
        var content = await SearchAsync(repository, layers, cancellation).ConfigureAwait(false);
        if (!content.IsSuccess)
            return new(null, [content.Failure.ToDiagnostic()]);

        if (content.Value is { Documents: { } documents, Problem: null })
        {
            var (meta, found) = Parse(name, documents);
            var date = meta is null ? null : await ReadDateAsync(repository, image.Value, cancellation).ConfigureAwait(false);
            return date?.Failure is { } unknown
                ? new(null, [unknown.ToDiagnostic()])
                : new(meta is null ? null : meta with { Published = date?.Value?.Day }, found);
        }

        return new(null, [Finding(name, content.Value)]);
    }

    /// <summary>The date of an image that is not a package: the core.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="digest">The locked digest.</param>
    /// <param name="cancellation">The caller's.</param>
    public async Task<RegistryResult<ImageDate>> ReadDateAsync(Repository repository, Digest digest, CancellationToken cancellation)
    {
        var image = await FindImageAsync(repository, digest, cancellation).ConfigureAwait(false);
        return image.IsSuccess ? await ReadDateAsync(repository, image.Value, cancellation).ConfigureAwait(false)
            : image.Failure.IsUnknown ? image.Failure
            : ImageDate.None;
    }

    private Result<PackageMeta> Parse(string name, IReadOnlyList<MetaDocument> documents)
    {
        lock (parsing)
        {
            return MetaReader.Read(name, documents);
        }
    }

    // An image without a date, or with a configuration that nobody can read, can still be installed.
    private async Task<RegistryResult<ImageDate>> ReadDateAsync(Repository repository, Manifest.Image image, CancellationToken cancellation)
    {
        if (image.Config is not { Size: <= LongestConfig } config)
            return ImageDate.None;

        var read = await registry.ReadBlobAsync(repository, config, ReadConfigAsync, cancellation).ConfigureAwait(false);
        return read is { Failure.IsUnknown: false } ? ImageDate.None : read;
    }

    private static async Task<ImageDate> ReadConfigAsync(Stream stream, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellation).ConfigureAwait(false);
        try
        {
            var config = JsonSerializer.Deserialize(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), OciJson.Default.ImageConfig);
            return new(PublicationDate.OfInstant(config?.Created));
        }
        catch (JsonException)
        {
            return ImageDate.None;
        }
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

    /// <summary>Searches from the uppermost layer down, to the first with a <c>package.yaml</c> that no layer above hides.</summary>
    private async Task<RegistryResult<LayerContent>> SearchAsync(
        Repository repository,
        IReadOnlyList<Descriptor> layers,
        CancellationToken cancellation
    )
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
                    Problem = $"a layer has {layer.Size >> 20} MiB, more than the limit of {LongestLayer >> 20} MiB",
                };
            }

            var read = await registry
                .ReadBlobAsync(repository, layer, (stream, token) => LayerReader.ReadAsync(stream, above, token), cancellation)
                .ConfigureAwait(false);
            if (read.Value is not { Documents: null, Problem: null })
                return read;

            last = read.Value;
            above.Add(last.Whiteouts);
        }

        return last;
    }
}
