using System.Security.Cryptography;

namespace GitOpsGen.Registry.Tests.Synthetic;

/// <summary>Bytes with their digest and media type.</summary>
internal sealed record Blob(byte[] Bytes, string MediaType)
{
    public string Digest { get; } = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Bytes))}";

    /// <summary>Annotations of the layer that this is.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}
