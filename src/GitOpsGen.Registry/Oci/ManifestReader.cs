using System.Text.Json;

namespace GitOpsGen.Registry.Oci;

/// <summary>Reads the JSON of a manifest.</summary>
internal static class ManifestReader
{
    /// <summary>Reads an index or an image.</summary>
    /// <param name="digest">The digest of the bytes, verified by the caller.</param>
    /// <param name="json">The bytes.</param>
    /// <param name="problem">What is wrong, a clause without a full stop, where the result is <see langword="null"/>.</param>
    public static Manifest? Read(Digest digest, ReadOnlySpan<byte> json, out string? problem)
    {
        try
        {
            var read = JsonSerializer.Deserialize(json, OciJson.Default.Manifest);
            problem = Problem(read);
            return problem is not null ? null
                : read!.Manifests is { } manifests ? new Manifest.Index(digest, [.. manifests.Select(Descriptor)])
                : new Manifest.Image(digest, [.. read.Layers!.Select(Descriptor)]) { Config = ConfigOf(read) };
        }
        catch (JsonException)
        {
            problem = "the manifest is not the JSON of a manifest";
        }
        catch (FormatException e)
        {
            problem = e.Message;
        }

        return null;
    }

    /// <summary>A manifest that is both could be read in two ways (CVE-2021-41190).</summary>
    private static string? Problem(OciFields.Manifest? read) =>
        read switch
        {
            { SchemaVersion: 1 } => "the manifest has Docker's old schema 1, which has no layers by digest",
            { Manifests: not null, Layers: not null } => "the manifest claims to be an index and an image at once",
            { Manifests: null, Layers: null } or null => "the manifest is neither an index nor an image",
            { Manifests: null, MediaType: MediaTypes.OciIndex or MediaTypes.DockerList }
            or { Layers: null, MediaType: MediaTypes.OciImage or MediaTypes.DockerImage } => "the manifest is not of the type that it names",
            _ => null,
        };

    // Nothing but the image's date comes from it, so a wrong one is not the manifest's fault.
    private static Descriptor? ConfigOf(OciFields.Manifest read) =>
        read.Config is { Size: >= 0, Digest: { } text } && Digest.TryParse(text, out _) ? Descriptor(read.Config) : null;

    /// <exception cref="FormatException">The descriptor cannot be used; the message is a clause.</exception>
    private static Descriptor Descriptor(OciFields.Content? content)
    {
        if (content?.Digest is not { } text || !Digest.TryParse(text, out var digest))
            throw new FormatException("the manifest names content without a SHA-256 digest");

        return content.Size is >= 0 and var size
            ? new(digest, size)
            {
                Annotations = content.Annotations?.ToImmutableDictionary(StringComparer.Ordinal) ?? ImmutableDictionary<string, string>.Empty,
                ArtifactType = content.ArtifactType,
                Platform = content.Platform is { } platform ? $"{platform.Os}/{platform.Architecture}" : null,
            }
            : throw new FormatException($"the manifest names {digest} without a size");
    }
}
