using GitOpsGen.Settings;

namespace GitOpsGen.Importing.Objects;

/// <summary>A Kubernetes object of the sources, as an environment gets it: built, patched, and with its variables filled in.</summary>
/// <param name="ApiVersion">Group and version.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Namespace">The namespace; <see langword="null"/> where none is written.</param>
/// <param name="Name">The name.</param>
/// <param name="Content">The whole object; each value has its place in the sources.</param>
internal sealed record SourceObject(string ApiVersion, string Kind, string? Namespace, string Name, YamlMapping Content)
{
    /// <summary>The API group; empty for the core group.</summary>
    public string Group { get; } = ApiVersion[..Math.Max(ApiVersion.IndexOf('/', StringComparison.Ordinal), 0)];

    /// <summary>The version of the group.</summary>
    public string Version => ApiVersion[(ApiVersion.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public YamlMapping? Metadata => Content["metadata"] as YamlMapping;

    public YamlMapping? Spec => Content["spec"] as YamlMapping;

    /// <summary>The place of its name.</summary>
    public SourceSpan NameSpan => (Metadata?["name"] ?? Content).Span;

    /// <summary>The place of the object.</summary>
    public SourceSpan Span => Content.Span;

    /// <summary>Reads a document; <see langword="null"/> where it is not an object.</summary>
    public static SourceObject? Of(YamlNode document) =>
        Unnamed(document) is { } item && YamlScalar.TextOf(item.Metadata?["name"]) is { Length: > 0 } name ? item with { Name = name } : null;

    /// <summary>Reads a document that may lack a name.</summary>
    public static SourceObject? Unnamed(YamlNode document) =>
        document is YamlMapping content
        && YamlScalar.TextOf(content["apiVersion"]) is { Length: > 0 } version
        && YamlScalar.TextOf(content["kind"]) is { Length: > 0 } kind
            ? new(version, kind, YamlScalar.TextOf(content.At("metadata", "namespace")), "", content)
            : null;

    public string? Annotation(string key) => Metadata.At("annotations", key) is YamlScalar value ? value.Text : null;

    public string? Label(string key) => Metadata.At("labels", key) is YamlScalar value ? value.Text : null;

    /// <summary>Whether a label or an annotation belongs to an engine or a client.</summary>
    public static bool IsForeign(string key) => ObjectMetadata.IsReserved(key) || key == "app.kubernetes.io/managed-by";

    public override string ToString() => $"{Kind} {Name}";
}

/// <summary>A document of the sources.</summary>
/// <param name="Key">The path of its file below the folder that all sources are in.</param>
/// <param name="Node">Its content; each value has its place.</param>
internal sealed record SourceDocument(string Key, YamlNode Node);
