namespace GitOpsGen.Registry.Oci;

/// <summary>A verified manifest: an index of images, or one image.</summary>
internal abstract record Manifest(Digest Digest)
{
    /// <summary>Images for several platforms.</summary>
    internal sealed record Index(Digest Digest, ImmutableArray<Descriptor> Images) : Manifest(Digest)
    {
        private const string PackagePlatform = "linux/amd64";

        /// <summary>
        /// The image that Crossplane's package manager reads on every node: the only one, else the first for linux/amd64
        /// (crossplane contributing/specifications/xpkg.md, "Indexes").
        /// </summary>
        public Descriptor? PackageImage => Images is [var only] ? only : Images.FirstOrDefault(image => image.Platform == PackagePlatform);
    }

    /// <summary>One image, its layers from the lowest to the uppermost.</summary>
    internal sealed record Image(Digest Digest, ImmutableArray<Descriptor> Layers) : Manifest(Digest)
    {
        private const string LayerKind = "io.crossplane.xpkg";
        private const string PackageLayer = "base";

        /// <summary>The image's configuration; <see langword="null"/> where the manifest does not name one that can be read.</summary>
        public Descriptor? Config { get; init; }

        /// <summary>
        /// The layer that is annotated as the package's; <see langword="null"/> where none is, as after <c>docker pull</c>, <c>tag</c>,
        /// <c>push</c>, which lose annotations.
        /// </summary>
        public Descriptor? BaseLayer => Layers.FirstOrDefault(layer => layer.Annotations.GetValueOrDefault(LayerKind) == PackageLayer);
    }
}

/// <summary>What a manifest says about a piece of content (https://github.com/opencontainers/image-spec, descriptor.md).</summary>
internal sealed record Descriptor(Digest Digest, long Size)
{
    public ImmutableDictionary<string, string> Annotations { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What a manifest that is not an image is, in a list of referrers.</summary>
    public string? ArtifactType { get; init; }

    /// <summary><c>linux/amd64</c> and the like; <see langword="null"/> where the index does not say.</summary>
    public string? Platform { get; init; }
}

/// <summary>The types of the manifests that a tag may point to. Registries answer 404 for a type that <c>Accept</c> does not name.</summary>
internal static class MediaTypes
{
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";
    public const string OciImage = "application/vnd.oci.image.manifest.v1+json";
    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string DockerImage = "application/vnd.docker.distribution.manifest.v2+json";

    public static IReadOnlyList<string> Manifests { get; } = [OciIndex, OciImage, DockerList, DockerImage];
}
