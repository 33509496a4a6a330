namespace GitOpsGen.Settings;

/// <summary>Labels and annotations of the user's for rendered objects, keys in ordinal order; <see langword="null"/> for none.</summary>
internal sealed record ObjectMetadata(YamlMapping? Labels, YamlMapping? Annotations)
{
    // What an engine, Kustomize, Helm or Crossplane reads there, or writes.
    private static readonly string[] Owners =
    [
        "argoproj.io",
        "fluxcd.io",
        "crossplane.io",
        "helm.sh",
        "config.kubernetes.io",
        "config.k8s.io",
        "kubectl.kubernetes.io",
    ];

    // Argo CD marks with it what it tracks, unless it is told to use an annotation.
    private const string Tracking = "app.kubernetes.io/instance";

    public static ObjectMetadata None { get; } = new(null, null);

    /// <summary>What the settings say.</summary>
    public static ObjectMetadata Of(YamlMapping? metadata) => metadata is null ? None : new(Part(metadata, "labels"), Part(metadata, "annotations"));

    /// <summary>Reports keys that are not the user's, because an object with another value of them could be deleted, or never applied; and what no object can bear.</summary>
    public static void Check(YamlMapping? metadata, bool hasFlux, DiagnosticBag bag)
    {
        foreach (var part in (string[])["labels", "annotations"])
        {
            foreach (var (key, value) in (metadata?[part] as YamlMapping)?.Entries ?? [])
            {
                var name = Excerpt.Of(key.Text);
                (SourceSpan Place, string Message, string Fix)? problem =
                    IsReserved(key.Text)
                        ? (
                            key.Span,
                            $"'{name}' is not yours to set: it belongs to an engine, Kustomize, Helm or Crossplane, and GitOpsGen guards objects with such keys.",
                            "Remove it, or take a key of your own."
                        )
                    : CoreSchema.KubernetesKindOf(key.Text) != ScalarKind.String
                        ? (
                            key.Span,
                            $"'{name}' is a number or a word of YAML, also in quotes: Kustomize loses them, and then cannot build the object.",
                            "Take a key with a letter that is not such a word, or with a prefix."
                        )
                    : hasFlux && (YamlScalar.TextOf(value) ?? "").Contains("${", StringComparison.Ordinal)
                        ? (value.Span, $"The value of '{name}' holds ${{, which Flux would replace in every object.", "Write the value itself.")
                    : null;
                if (problem is var (place, message, fix))
                    bag.Add(Rules.MetadataReserved, place, message, fix);
            }
        }
    }

    /// <summary>Whether a key belongs to an engine, Kustomize, Helm or Crossplane.</summary>
    public static bool IsReserved(string key) =>
        key == Tracking
        || (
            key.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            && Owners.Any(owner =>
                key.AsSpan(0, slash).EndsWith(owner, StringComparison.OrdinalIgnoreCase)
                && (slash == owner.Length || key[slash - owner.Length - 1] == '.')
            )
        );

    private static YamlMapping? Part(YamlMapping? metadata, string part) =>
        metadata?[part] is YamlMapping { Entries.IsEmpty: false } said ? said.Sorted() : null;
}
