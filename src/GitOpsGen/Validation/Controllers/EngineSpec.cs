using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Controllers;

/// <summary>The spec of an Application of Argo CD, or of a Kustomization of Flux.</summary>
internal static class EngineSpec
{
    /// <summary>The folders that it applies, as they are written.</summary>
    public static IEnumerable<string> Paths(YamlMapping spec) =>
        ArgoSource.All(spec).Select(source => source.Path).Append((spec["path"] as YamlScalar)?.Text).OfType<string>();
}
