using System.Text.Json.Serialization;

namespace GitOpsGen.Registry.Oci;

/// <summary>Reads <see cref="OciFields"/> without reflection.</summary>
[JsonSerializable(typeof(OciFields.Manifest))]
[JsonSerializable(typeof(OciFields.ImageConfig))]
[JsonSerializable(typeof(OciFields.TagPage))]
[JsonSerializable(typeof(OciFields.Errors))]
internal sealed partial class OciJson : JsonSerializerContext;

/// <summary>The JSON of the distribution API, as far as it is read; anything may be missing.</summary>
internal static class OciFields
{
    internal sealed record Manifest(
        [property: JsonPropertyName("schemaVersion")] int? SchemaVersion,
        [property: JsonPropertyName("mediaType")] string? MediaType,
        [property: JsonPropertyName("config")] Content? Config,
        [property: JsonPropertyName("manifests")] IReadOnlyList<Content?>? Manifests,
        [property: JsonPropertyName("layers")] IReadOnlyList<Content?>? Layers
    );

    internal sealed record ImageConfig([property: JsonPropertyName("created")] string? Created);

    internal sealed record Content(
        [property: JsonPropertyName("mediaType")] string? MediaType,
        [property: JsonPropertyName("artifactType")] string? ArtifactType,
        [property: JsonPropertyName("digest")] string? Digest,
        [property: JsonPropertyName("size")] long? Size,
        [property: JsonPropertyName("annotations")] IReadOnlyDictionary<string, string>? Annotations,
        [property: JsonPropertyName("platform")] Platform? Platform
    );

    internal sealed record Platform([property: JsonPropertyName("os")] string? Os, [property: JsonPropertyName("architecture")] string? Architecture);

    internal sealed record TagPage([property: JsonPropertyName("tags")] IReadOnlyList<string?>? Tags);

    internal sealed record Errors([property: JsonPropertyName("errors")] IReadOnlyList<Error?>? List);

    internal sealed record Error([property: JsonPropertyName("code")] string? Code);
}
