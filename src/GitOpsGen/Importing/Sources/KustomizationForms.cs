namespace GitOpsGen.Importing.Sources;

/// <summary>
/// Kustomizations as they are written since years, in the form of today: <c>bases</c> are resources, both old kinds of patches are
/// <c>patches</c>, and <c>namespace</c> is a patch of the objects that import reads. Charts are read from the kustomization itself.
/// </summary>
internal static class KustomizationForms
{
    private static readonly string[] Replaced = ["bases", "patchesStrategicMerge", "patchesJson6902", "namespace", "helmCharts", "helmGlobals"];

    // The objects with a namespace that import reads.
    private const string Namespaced = "(HelmRelease|HelmRepository|OCIRepository|Deployment|Application|ApplicationSet|Kustomization)";

    public static YamlMapping OfToday(YamlMapping kustomization)
    {
        if (!Replaced.Any(key => kustomization[key] is not null))
            return kustomization;

        var span = kustomization.Span;
        var today = new YamlMapping([.. kustomization.Entries.Where(entry => !Replaced.Contains(entry.Key.Text))], span);
        ImmutableArray<YamlNode> patches =
        [
            .. Items(kustomization, "patchesStrategicMerge").Select(item => Patch(item)),
            .. Items(kustomization, "patches"),
            .. Items(kustomization, "patchesJson6902"),
            .. YamlScalar.TextOf(kustomization["namespace"]) is { } space
                ? [NamespacePatch(space, kustomization["namespace"]!.Span)]
                : (YamlNode[])[],
        ];
        today = patches.IsEmpty ? today : today.With("patches", new YamlSequence(patches, span));
        ImmutableArray<YamlNode> bases = [.. Items(kustomization, "bases")];
        return bases.IsEmpty ? today : today.With("resources", new YamlSequence([.. bases, .. Items(kustomization, "resources")], span));
    }

    // A path, or the patch itself.
    private static YamlMapping Patch(YamlNode item) =>
        Mapping(item.Span, ((item as YamlScalar)?.Text.Contains('\n', StringComparison.Ordinal) == true ? "patch" : "path", item));

    private static YamlMapping NamespacePatch(string space, SourceSpan span) =>
        Mapping(
            span,
            ("target", Mapping(span, ("kind", YamlScalar.String(Namespaced, span)))),
            ("patch", YamlScalar.String($"- op: add\n  path: /metadata/namespace\n  value: {ScalarQuoting.Quote(space)}\n", span))
        );

    private static YamlMapping Mapping(SourceSpan span, params ReadOnlySpan<(string Key, YamlNode Value)> entries)
    {
        var mapping = new YamlMapping([], span);
        foreach (var (key, value) in entries)
            mapping = mapping.With(key, value);

        return mapping;
    }

    private static ImmutableArray<YamlNode> Items(YamlMapping mapping, string key) => (mapping[key] as YamlSequence)?.Items ?? [];
}
