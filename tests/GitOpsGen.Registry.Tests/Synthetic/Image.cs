using System.Text.Json.Nodes;
using GitOpsGen.Registry.Oci;

namespace GitOpsGen.Registry.Tests.Synthetic;

/// <summary>An image or index with all that it refers to.</summary>
/// <param name="Manifest">The document that a tag points to.</param>
/// <param name="Manifests">Documents below it.</param>
/// <param name="Blobs">Layers and configurations.</param>
internal sealed record Image(Blob Manifest, IReadOnlyList<Blob> Manifests, IReadOnlyList<Blob> Blobs)
{
    private const string ConfigType = "application/vnd.oci.image.config.v1+json";

    public string Digest => Manifest.Digest;

    /// <summary>An image of layers, from the lowest to the uppermost.</summary>
    public static Image Of(params Blob[] layers) => Of("amd64", layers);

    /// <summary>An image for one architecture of Linux.</summary>
    public static Image Of(string architecture, params Blob[] layers) => Created(null, architecture, layers);

    /// <summary>An image whose configuration has a date.</summary>
    public static Image Created(string? created, string architecture, params Blob[] layers)
    {
        var content = new JsonObject
        {
            ["architecture"] = architecture,
            ["os"] = "linux",
            ["config"] = new JsonObject(),
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. layers.Select(layer => (JsonNode)layer.Digest)]) },
        };
        if (created is not null)
            content["created"] = created;
        var config = Json(ConfigType, content);
        var manifest = Json(
            MediaTypes.OciImage,
            new()
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = MediaTypes.OciImage,
                ["config"] = Descriptor(config),
                ["layers"] = new JsonArray([.. layers.Select(layer => (JsonNode)Descriptor(layer))]),
            }
        );
        return new(manifest, [], [config, .. layers]);
    }

    /// <summary>A package of one annotated layer.</summary>
    public static Image Package(string packageYaml, string? created = null) => Created(created, "amd64", Layers.Package(packageYaml));

    /// <summary>An index of images for platforms such as <c>linux/arm64</c>.</summary>
    public static Image Index(params (string Platform, Image Image)[] images)
    {
        var index = Json(
            MediaTypes.OciIndex,
            new()
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = MediaTypes.OciIndex,
                ["manifests"] = new JsonArray([.. images.Select(pair => (JsonNode)WithPlatform(Descriptor(pair.Image.Manifest), pair.Platform))]),
            }
        );
        return new(
            index,
            [.. images.SelectMany(pair => pair.Image.Manifests.Append(pair.Image.Manifest)).DistinctBy(blob => blob.Digest)],
            [.. images.SelectMany(pair => pair.Image.Blobs).DistinctBy(blob => blob.Digest)]
        );
    }

    /// <summary>Writes the image as an OCI layout folder, which skopeo copies from.</summary>
    public void WriteLayout(string folder, string tag)
    {
        Directory.CreateDirectory(Path.Combine(folder, "blobs", "sha256"));
        File.WriteAllText(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        foreach (var blob in Blobs.Concat(Manifests).Append(Manifest))
            File.WriteAllBytes(Path.Combine(folder, "blobs", "sha256", blob.Digest["sha256:".Length..]), blob.Bytes);
        var descriptor = Descriptor(Manifest);
        descriptor["annotations"] = new JsonObject { ["org.opencontainers.image.ref.name"] = tag };
        File.WriteAllText(
            Path.Combine(folder, "index.json"),
            new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray(descriptor) }.ToJsonString()
        );
    }

    public static Blob Json(string mediaType, JsonObject content) => new(System.Text.Encoding.UTF8.GetBytes(content.ToJsonString()), mediaType);

    public static JsonObject Descriptor(Blob blob)
    {
        var descriptor = new JsonObject
        {
            ["mediaType"] = blob.MediaType,
            ["digest"] = blob.Digest,
            ["size"] = blob.Bytes.Length,
        };
        if (blob.Annotations.Count > 0)
            descriptor["annotations"] = new JsonObject(blob.Annotations.Select(a => KeyValuePair.Create(a.Key, (JsonNode?)a.Value)));
        return descriptor;
    }

    private static JsonObject WithPlatform(JsonObject descriptor, string platform)
    {
        descriptor["platform"] = new JsonObject { ["os"] = platform.Split('/')[0], ["architecture"] = platform.Split('/')[1] };
        return descriptor;
    }
}
