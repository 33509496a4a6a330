using System.Text.Json.Nodes;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>One object of the cluster, as Kustomize builds it.</summary>
internal sealed record BuiltObject(JsonObject Content)
{
    public string Kind => Content["kind"]!.GetValue<string>();

    public string Name => Content["metadata"]!["name"]!.GetValue<string>();

    public string? Namespace => Content["metadata"]!["namespace"]?.GetValue<string>();

    public string Group =>
        Content["apiVersion"]!.GetValue<string>() is var version && version.IndexOf('/', StringComparison.Ordinal) is var slash and > 0
            ? version[..slash]
            : "";

    /// <summary>What the API server tells objects apart by, whatever the version.</summary>
    public string Id => $"{Group}/{Kind} {Namespace}/{Name}";

    public bool IsPackage => Group == "pkg.crossplane.io" && Kind is "Provider" or "Function" or "Configuration";

    /// <summary>
    /// Something that takes the cluster's resources with it when it is deleted: a package, the release of the core; or what they need as long as
    /// they are there: without its ImageConfig, a package's pods silently run the upstream registry's images, and without its values and its chart,
    /// a release stalls (facts/live.md, sections 3 and 9).
    /// </summary>
    public bool IsPrecious =>
        Group is "pkg.crossplane.io" or "helm.toolkit.fluxcd.io" or "source.toolkit.fluxcd.io"
        || this is { Kind: "ConfigMap", Name: "crossplane-values" };

    /// <summary>All of it, in a form that does not depend on the order of keys.</summary>
    public string Text => Documents.Canonical(Content);

    public string? Annotation(string key) => Content["metadata"]!["annotations"]?[key]?.GetValue<string>();

    public BuiltObject WithoutAnnotations()
    {
        var content = (JsonObject)Content.DeepClone();
        content["metadata"]!.AsObject().Remove("annotations");
        return new(content);
    }
}
