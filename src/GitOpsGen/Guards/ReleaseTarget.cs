namespace GitOpsGen.Guards;

/// <summary>
/// What Helm release a HelmRelease of Flux is about. Where that changes, helm-controller uninstalls the old release before it installs the new one
/// (<c>ReleaseTargetChanged</c> of https://github.com/fluxcd/helm-controller). On a live cluster, Crossplane was gone for five minutes.
/// </summary>
internal static class ReleaseTarget
{
    private const string Group = "helm.toolkit.fluxcd.io";

    private static readonly (string What, Func<YamlMapping, string?> Of)[] Targets =
    [
        ("release name", NameOf),
        ("target namespace", TargetOf),
        ("storage namespace", release => release.StringAt("spec", "storageNamespace") ?? release.StringAt("metadata", "namespace")),
        // The chart of an OCIRepository says its name itself.
        ("chart", release => release.StringAt("spec", "chart", "spec", "chart")),
    ];

    /// <summary>The releases that a change of the output would have uninstalled; places are in the new file.</summary>
    /// <param name="output">The output folder, below the root.</param>
    /// <param name="path">A file of it.</param>
    /// <param name="old">What is there, and so in the cluster.</param>
    /// <param name="now">What replaces it.</param>
    public static IEnumerable<Diagnostic> Moves(RelativePath output, RelativePath path, ReadOnlyMemory<byte> old, ReadOnlyMemory<byte> now)
    {
        if (path.Value.Split('/') is not ["overlays", _, "crossplane", _] || !path.Value.EndsWith(".yaml", StringComparison.Ordinal))
            yield break;

        var file = path.Below(output).Value;
        var before = ReleasesIn(file, old).DistinctBy(Identity).ToDictionary(Identity);
        foreach (var release in ReleasesIn(file, now))
        {
            if (before.TryGetValue(Identity(release), out var there) && Differences(there, release).ToList() is { Count: > 0 } differences)
            {
                yield return new(
                    Rules.ReleaseMoves,
                    $"Flux would uninstall Crossplane before it installs it again, because in the HelmRelease {string.Join(", and ", differences.Select(Words))}.",
                    "Keep it, or follow the order of docs/switching.md before you merge: suspend and delete the HelmRelease in the cluster, then apply the new one.",
                    release.Span
                );
            }
        }
    }

    private static IEnumerable<YamlMapping> ReleasesIn(string file, ReadOnlyMemory<byte> content) =>
        (YamlReader.ReadAll(file, content.Span).Value?.Documents ?? [])
            .OfType<YamlMapping>()
            .Where(document =>
                YamlScalar.TextOf(document["kind"]) == "HelmRelease"
                && YamlScalar.TextOf(document["apiVersion"])?.StartsWith($"{Group}/", StringComparison.Ordinal) == true
            );

    private static (string? Namespace, string? Name) Identity(YamlMapping release) =>
        (release.StringAt("metadata", "namespace"), release.StringAt("metadata", "name"));

    /// <summary>What makes a HelmRelease be about another release: what differs, before and now.</summary>
    public static IEnumerable<(string What, string Before, string Now)> Differences(YamlMapping before, YamlMapping now) =>
        from target in Targets
        let values = (Before: target.Of(before), Now: target.Of(now))
        where values is { Before: not null, Now: not null } && values.Before != values.Now
        select (target.What, values.Before, values.Now);

    private static string Words((string What, string Before, string Now) difference) =>
        $"the {difference.What} '{Excerpt.Of(difference.Before)}' becomes '{Excerpt.Of(difference.Now)}'";

    // https://fluxcd.io/flux/components/helm/helmreleases/#release-name
    private static string? NameOf(YamlMapping release) =>
        release.StringAt("spec", "releaseName")
        ?? (
            release.StringAt("spec", "targetNamespace") is { } target
                ? $"{target}-{release.StringAt("metadata", "name")}"
                : release.StringAt("metadata", "name")
        );

    private static string? TargetOf(YamlMapping release) => release.StringAt("spec", "targetNamespace") ?? release.StringAt("metadata", "namespace");
}
