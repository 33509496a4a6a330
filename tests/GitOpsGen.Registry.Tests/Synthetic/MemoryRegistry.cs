using System.Text.Json;
using GitOpsGen.Registry.Tests.Servers;

namespace GitOpsGen.Registry.Tests.Synthetic;

/// <summary>Answers the distribution API from memory. A test wraps <see cref="Answer"/> to make it go wrong.</summary>
internal sealed class MemoryRegistry
{
    private readonly Dictionary<string, Blob> documents = [];
    private readonly Dictionary<string, Blob> blobs = [];
    private readonly Dictionary<string, List<string>> tags = [];

    /// <summary>Stores an image under a tag; a second time moves the tag.</summary>
    public MemoryRegistry Add(string repository, string tag, Image image)
    {
        foreach (var document in image.Manifests.Append(image.Manifest))
            documents[$"{repository}@{document.Digest}"] = document;
        foreach (var blob in image.Blobs)
            blobs[$"{repository}@{blob.Digest}"] = blob;
        documents[$"{repository}@{tag}"] = image.Manifest;
        var known = tags.TryGetValue(repository, out var list) ? list : tags[repository] = [];
        if (!known.Contains(tag))
            known.Add(tag);
        return this;
    }

    public Response Answer(Request request)
    {
        var path = request.Path["/v2/".Length..];
        if (path.EndsWith("/tags/list", StringComparison.Ordinal))
        {
            return tags.TryGetValue(path[..^"/tags/list".Length], out var list)
                ? Response.Text(200, JsonSerializer.Serialize(new { name = path, tags = list }))
                : Unknown("NAME_UNKNOWN");
        }

        if (Split(path, "/manifests/") is var (repository, reference))
        {
            return
                documents.TryGetValue($"{repository}@{reference}", out var document)
                && request["Accept"]?.Contains(document.MediaType, StringComparison.Ordinal) == true
                ? new Response(200, document.Bytes) { Headers = [("Content-Type", document.MediaType), ("Docker-Content-Digest", document.Digest)] }
                : Unknown("MANIFEST_UNKNOWN");
        }

        return Split(path, "/blobs/") is var (name, digest) && blobs.TryGetValue($"{name}@{digest}", out var blob)
            ? new(200, blob.Bytes)
            : Unknown("BLOB_UNKNOWN");
    }

    private static Response Unknown(string code) => Response.Text(404, $$"""{"errors":[{"code":"{{code}}","message":"not here"}]}""");

    private static (string Repository, string Reference)? Split(string path, string at) =>
        path.IndexOf(at, StringComparison.Ordinal) is var index and > 0 ? (path[..index], path[(index + at.Length)..]) : null;
}
