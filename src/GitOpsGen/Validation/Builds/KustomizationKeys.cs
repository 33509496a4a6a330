using System.Collections.Frozen;

namespace GitOpsGen.Validation.Builds;

/// <summary>
/// The keys of a kustomization (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/), by what comes of them here.
/// Kustomize refuses every other.
/// </summary>
internal static class KustomizationKeys
{
    private static readonly FrozenSet<string> Applied = Set("apiVersion", "kind", "resources", "patches", "commonAnnotations");

    /// <summary>What changes no object that is written in a file: what is generated is an object of its own.</summary>
    private static readonly FrozenSet<string> WithoutEffect = Set(
        "metadata",
        "configMapGenerator",
        "secretGenerator",
        "generatorOptions",
        "sortOptions"
    );

    private static readonly FrozenSet<string> NotApplied = Set(
        "bases",
        "buildMetadata",
        "commonLabels",
        "components",
        "configurations",
        "crds",
        "generators",
        "helmChartInflationGenerator",
        "helmCharts",
        "helmGlobals",
        "imageTags",
        "images",
        "labels",
        "namePrefix",
        "nameSuffix",
        "namespace",
        "openapi",
        "patchesJson6902",
        "patchesStrategicMerge",
        "replacements",
        "replicas",
        "transformers",
        "validators",
        "vars"
    );

    private static readonly FrozenSet<string> Labelling = Set("buildMetadata", "commonLabels", "labels");

    /// <summary>Whether Kustomize knows the key.</summary>
    public static bool IsKnown(string key) => Applied.Contains(key) || WithoutEffect.Contains(key) || NotApplied.Contains(key);

    /// <summary>Whether the key can change objects in a way that is not applied here.</summary>
    public static bool IsNotApplied(string key) => NotApplied.Contains(key);

    /// <summary>Whether the key changes neither which objects there are nor what identifies them.</summary>
    public static bool KeepsIdentities(string key) => Labelling.Contains(key);

    private static FrozenSet<string> Set(params string[] keys) => keys.ToFrozenSet(StringComparer.Ordinal);
}
