using GitOpsGen.Importing.Objects;
using GitOpsGen.Settings;
using GitOpsGen.Validation.Controllers;

namespace GitOpsGen.Importing.Installed;

/// <summary>
/// What the names of an engine's rendered objects begin with. An object of such a name that applies another folder would be replaced, and the
/// engine would prune what it applied before: Crossplane.
/// </summary>
internal static partial class EngineNames
{
    /// <summary>For Flux: <c>gitops.flux.name</c>.</summary>
    /// <param name="environment">The environment's name.</param>
    /// <param name="standard">What the settings have by default.</param>
    /// <param name="existing">All Kustomizations in the namespace, whatever they apply.</param>
    public static string OfFlux(string environment, string standard, IEnumerable<SourceObject> existing) =>
        Choose(
            standard,
            FluxEnding(),
            existing,
            item =>
                RenderedFolder(environment, item.Spec.TextAt("path")) switch
                {
                    "crossplane" => "",
                    { } folder when folder.StartsWith("packages/", StringComparison.Ordinal) => $"-{folder["packages/".Length..]}",
                    _ => null,
                }
        );

    /// <summary>For Argo CD: <c>gitops.argocd.name</c>, the environment's name by default.</summary>
    /// <param name="environment">The environment's name.</param>
    /// <param name="existing">All Applications in the namespace, whatever they apply.</param>
    public static string OfArgoCd(string environment, IEnumerable<SourceObject> existing) =>
        Choose(
            environment,
            ArgoEnding(),
            existing,
            item =>
                ArgoSource
                    .All(item.Spec ?? NodePaths.Empty(item.Span))
                    .Select(source =>
                        RenderedFolder(environment, source.Path) == "packages" ? "-packages"
                        : source.Helm.ItemsAt("valueFiles").Any(file => RenderedFolder(environment, file.TextAt()) == "crossplane/values.yaml")
                            ? "-crossplane"
                        : null
                    )
                    .FirstOrDefault(ending => ending is not null)
        );

    // What was rendered before keeps its name. Each other object takes at most one beginning away.
    private static string Choose(string standard, Regex ending, IEnumerable<SourceObject> existing, Func<SourceObject, string?> renderedEnding)
    {
        var all = existing.Select(item => (item.Name, Ending: renderedEnding(item))).ToList();
        return all.Where(item => item.Ending is { } own && item.Name.EndsWith(own, StringComparison.Ordinal))
                .Select(item => item.Name[..^item.Ending!.Length])
                .FirstOrDefault()
            ?? Enumerable
                .Range(1, all.Count + 1)
                .Select(number => number == 1 ? standard : $"{standard}-{number}")
                .First(stem => !all.Exists(item => item.Name.StartsWith(stem, StringComparison.Ordinal) && ending.IsMatch(item.Name[stem.Length..])));
    }

    private static string? RenderedFolder(string environment, string? path)
    {
        var overlay = $"{SettingsReader.DefaultOutput}/overlays/{environment}/";
        var folder = path is null ? "" : Leading().Replace(path, "").TrimEnd('/');
        return folder.StartsWith(overlay, StringComparison.Ordinal) ? folder[overlay.Length..] : null;
    }

    [GeneratedRegex(@"\A(?:|-prerequisites|-extras|-wave-[0-9]+)\z")]
    private static partial Regex FluxEnding();

    [GeneratedRegex(@"\A-(?:crossplane|packages)\z")]
    private static partial Regex ArgoEnding();

    // Paths are written with or without './'; a value file in another source begins with the name of that.
    [GeneratedRegex(@"\A(?:\./|\$values/)+")]
    private static partial Regex Leading();
}
