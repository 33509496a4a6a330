using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Builds;

/// <summary>What Kustomize knows an object by: a patch is for the object with the same key, and two objects of one build have two keys.</summary>
internal readonly record struct ObjectKey(string ApiVersion, string Kind, string Namespace, string Name)
{
    // Kustomize takes an object without a namespace for one in the namespace default.
    private const string DefaultNamespace = "default";

    /// <summary>The key of a document; <see langword="null"/> where it lacks what every Kubernetes object has.</summary>
    public static ObjectKey? Of(YamlNode document) =>
        document is YamlMapping mapping
        && YamlScalar.TextOf(mapping["apiVersion"]) is { Length: > 0 } version
        && YamlScalar.TextOf(mapping["kind"]) is { Length: > 0 } kind
        && mapping["metadata"] is YamlMapping metadata
        && YamlScalar.TextOf(metadata["name"]) is { Length: > 0 } name
            ? new(version, kind, YamlScalar.TextOf(metadata["namespace"]) is { } space and not DefaultNamespace ? space : "", name)
            : null;

    public override string ToString() => $"{Kind}/{Name} of {ApiVersion}";
}
