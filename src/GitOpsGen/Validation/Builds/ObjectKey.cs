using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Builds;

/// <summary>What Kustomize knows an object by. The version does not count: a patch may be written for another one.</summary>
internal readonly record struct ObjectKey(string Group, string Kind, string Namespace, string Name)
{
    /// <summary>The key of a document; <see langword="null"/> where it is no Kubernetes object.</summary>
    public static ObjectKey? Of(YamlNode document) =>
        document is YamlMapping mapping && Text(mapping, "apiVersion") is { } version && Text(mapping, "kind") is { } kind
            ? new(
                version.LastIndexOf('/') is var slash and > 0 ? version[..slash] : "",
                kind,
                Text(mapping["metadata"], "namespace") ?? "",
                Text(mapping["metadata"], "name") ?? "")
            : null;

    public override string ToString() => $"{Kind}/{Name}";

    private static string? Text(YamlNode? node, string key) => (node as YamlMapping)?[key] is YamlScalar { Kind: ScalarKind.String } scalar ? scalar.Text : null;
}
