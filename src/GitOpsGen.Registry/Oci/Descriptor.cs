using System.Collections.Immutable;
using GitOpsGen.Model;

namespace GitOpsGen.Registry.Oci;

/// <summary>What an OCI document says about a piece of content (https://github.com/opencontainers/image-spec, descriptor.md).</summary>
internal sealed record Descriptor(Digest Digest, string MediaType, long Size)
{
    public ImmutableDictionary<string, string> Annotations { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary><c>linux/amd64</c> and the like; <see langword="null"/> where the index does not say.</summary>
    public string? Platform { get; init; }
}
