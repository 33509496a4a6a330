namespace GitOpsGen.Tests.Scenarios;

/// <summary>
/// What an engine deletes when one output follows another, at worst: whatever the order in which it comes to its objects, and even
/// if somebody deletes those objects with all that they applied.
/// </summary>
/// <param name="kustomize">What builds the folders.</param>
/// <param name="before">The output folder that the cluster runs.</param>
/// <param name="after">The output folder that replaces it.</param>
/// <param name="isGuarded">Whether the guards are looked at; without them a test shows that it can see a deletion.</param>
internal sealed class GarbageCollection(Kustomize kustomize, string before, string after, bool isGuarded = true)
{
    /// <summary>
    /// Flux deletes what left a Kustomization's inventory, and all of the inventory with a Kustomization that is gone, unless the
    /// object in the cluster, which is the old one, says <c>prune: disabled</c> (facts/reference-output.md, section 2).
    /// </summary>
    public IEnumerable<BuiltObject> ByFlux(string environment) =>
        Left(environment).Where(live => !isGuarded || live.Annotation("kustomize.toolkit.fluxcd.io/prune") != "disabled");

    /// <summary>Argo CD prunes what left an application, unless the old object says <c>Prune=false</c>, and deletes all with an application that is deleted, unless it says <c>Delete=false</c>.</summary>
    public IEnumerable<BuiltObject> ByArgoCd(string environment)
    {
        if (!HasApplication(before, environment))
            return [];
        var guard = HasApplication(after, environment) ? "Prune=false" : "Delete=false";
        var applied = HasApplication(after, environment) ? Ids(Packages(after, environment)) : [];
        return Packages(before, environment)
            .Where(live => !applied.Contains(live.Id))
            .Where(live => !isGuarded || live.Annotation("argocd.argoproj.io/sync-options")?.Split(',').Contains(guard) != true);
    }

    /// <summary>The objects that left an inventory of Flux, guarded or not.</summary>
    public IEnumerable<BuiltObject> Left(string environment)
    {
        var now = new FluxOverlay(after, environment).Inventories(kustomize);
        return new FluxOverlay(before, environment)
            .Inventories(kustomize)
            .SelectMany(old => old.Value.Where(live => !now.TryGetValue(old.Key, out var applied) || !Ids(applied).Contains(live.Id)));
    }

    /// <summary>Every environment of the old output.</summary>
    public IEnumerable<string> Environments() =>
        Directory.GetDirectories(Path.Combine(before, "overlays")).Select(folder => Path.GetFileName(folder));

    private static bool HasApplication(string output, string environment) =>
        File.Exists(Path.Combine(output, "overlays", environment, "argocd", "packages.yaml"));

    private IReadOnlyList<BuiltObject> Packages(string output, string environment) =>
        kustomize.Build(Path.Combine(output, "overlays", environment, "packages"));

    private static HashSet<string> Ids(IEnumerable<BuiltObject> objects) => [.. objects.Select(o => o.Id)];
}
