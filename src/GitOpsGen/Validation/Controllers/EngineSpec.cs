namespace GitOpsGen.Validation.Controllers;

/// <summary>The spec of an Application of Argo CD, or of a Kustomization of Flux.</summary>
internal static class EngineSpec
{
    /// <summary>The folders that it applies, as they are written.</summary>
    public static IEnumerable<string> Paths(YamlMapping spec) =>
        ArgoSource.All(spec).Select(source => source.Path).Append((spec["path"] as YamlScalar)?.Text).OfType<string>();

    /// <summary>The cluster that an Application is for, by its name or its address; <see langword="null"/> where nothing says it.</summary>
    public static YamlScalar? Cluster(YamlMapping? spec) =>
        spec.At("destination") is var destination && destination.TextAt("name") is { Length: > 0 }
            ? destination.At("name") as YamlScalar
            : destination.At("server") as YamlScalar;
}
