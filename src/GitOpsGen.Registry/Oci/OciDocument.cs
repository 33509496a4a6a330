using System.Collections.Immutable;
using GitOpsGen.Model;

namespace GitOpsGen.Registry.Oci;

/// <summary>The document behind a digest, verified: an index of images, or one image.</summary>
internal abstract record OciDocument(Digest Digest)
{
    /// <summary>Images for several platforms.</summary>
    internal sealed record Index(Digest Digest, ImmutableArray<Descriptor> Images) : OciDocument(Digest)
    {
        private const string PackagePlatform = "linux/amd64";

        /// <summary>
        /// The image that Crossplane's package manager reads on whatever node it runs: the only one, else the first for linux/amd64
        /// (crossplane contributing/specifications/xpkg.md, "Indexes").
        /// </summary>
        public Descriptor? PackageImage => Images is [var only] ? only : Images.FirstOrDefault(image => image.Platform == PackagePlatform);
    }

    /// <summary>One image, its layers from the lowest to the uppermost.</summary>
    internal sealed record Image(Digest Digest, ImmutableArray<Descriptor> Layers) : OciDocument(Digest)
    {
        private const string LayerKind = "io.crossplane.xpkg";
        private const string PackageLayer = "base";

        /// <summary>
        /// The layer that says that it holds the package; <see langword="null"/> where none does, as after <c>docker pull</c>, <c>tag</c>,
        /// <c>push</c>, which lose annotations.
        /// </summary>
        public Descriptor? BaseLayer => Layers.FirstOrDefault(layer => layer.Annotations.GetValueOrDefault(LayerKind) == PackageLayer);
    }
}
