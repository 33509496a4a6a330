using GitOpsGen.Guards;
using GitOpsGen.Output;
using GitOpsGen.Planning;

namespace GitOpsGen.Review;

/// <summary>What can hurt in the objects themselves, whoever changed them: also in drift.</summary>
internal static class ObjectDangers
{
    private const string FluxPrune = "kustomize.toolkit.fluxcd.io/prune";

    /// <summary>The dangers of one environment.</summary>
    /// <param name="pair">The environment.</param>
    /// <param name="objects">What differs in it.</param>
    public static IEnumerable<Danger> In(EnvironmentPair pair, EnvironmentObjects objects) =>
        pair.After is null ? [] : [.. ImageConfigs(objects), .. HelmReleases(objects), .. Waves(pair, objects)];

    private static IEnumerable<Danger> ImageConfigs(EnvironmentObjects objects) =>
        from change in objects.Changes
        where change is { Change: ChangeKind.Removed, Object.Kind: "ImageConfig" }
        where
            change.Before is YamlMapping config
            && config["spec"] is YamlMapping spec
            && spec["rewriteImage"] is YamlMapping rewrite
            && !IsPin(rewrite)
        select new Danger(
            Rules.ImageConfigLeaves,
            $"ImageConfig {Danger.Quote(change.Object.Name)} leaves",
            "As soon as it is deleted, the packages that it redirects switch to the upstream registry's images, all Healthy; without a way there they are not Installed.",
            [
                "Delete the packages that it redirects first, or move them.",
                "Merge.",
                Danger.Quote($"kubectl delete imageconfigs.pkg.crossplane.io {ShellWord.Of(change.Object.Name)}"),
            ]
        );

    // A pin of one version: when its package has moved on, nothing pulls by it.
    private static bool IsPin(YamlMapping rewrite) => YamlScalar.TextOf(rewrite["prefix"])?.Contains('@', StringComparison.Ordinal) == true;

    private static IEnumerable<Danger> HelmReleases(EnvironmentObjects objects) =>
        from change in objects.Changes
        where change.Object.Kind == "HelmRelease" && change.Before is not null
        let others = change is { Before: YamlMapping before, After: YamlMapping after }
            ? ReleaseTarget.Differences(before, after).Select(difference => difference.What).ToList()
            : []
        where change.Change == ChangeKind.Removed || others.Count > 0
        select new Danger(
            Rules.ReleaseReplaced,
            change.Change == ChangeKind.Removed
                ? $"HelmRelease {Danger.Quote(change.Object.Name)} leaves"
                : $"HelmRelease {Danger.Quote(change.Object.Name)} has another {string.Join(" and another ", others)}",
            "Flux uninstalls the old release: Crossplane goes, and its CRDs may go with it.",
            [
                Danger.Quote($"flux suspend helmrelease {ShellWord.Of(change.Object.Name)} --namespace {ShellWord.Of(change.Object.Namespace)}"),
                Danger.Quote(
                    $"kubectl delete helmreleases.helm.toolkit.fluxcd.io {ShellWord.Of(change.Object.Name)} --namespace {ShellWord.Of(change.Object.Namespace)}"
                ),
                "Merge, and let Flux apply the new one.",
            ]
        );

    private static IEnumerable<Danger> Waves(EnvironmentPair pair, EnvironmentObjects objects)
    {
        if (pair is not { Before.Settings.GitOps.Flux: not null, After: { Settings.GitOps.Flux: not null } after })
            return [];

        var waves = WavesOf(pair.Before).ToDictionary(package => (package.Kind, package.Name), package => package.Wave);
        return from package in WavesOf(after)
            where waves.TryGetValue((package.Kind, package.Name), out var wave) && wave != package.Wave
            from there in objects.Before
            where
                there.Key.Name == package.Name
                && there.Key.Kind == package.Kind
                && there.Key.ApiVersion.StartsWith("pkg.crossplane.io/", StringComparison.Ordinal)
                && there.Value.StringAt("metadata", "annotations", FluxPrune) != "disabled"
            select new Danger(
                Rules.WaveMoved,
                $"{Danger.Quote(package.Name)} moves from wave {waves[(package.Kind, package.Name)]} to {package.Wave}",
                $"Its object lacks the annotation `{FluxPrune}: disabled`: the Kustomization of the old wave deletes it, and its CRDs with it.",
                ["Add the annotation first, in a change of its own, and let Flux apply it.", "Merge."]
            );
    }

    private static IEnumerable<(string Kind, string Name, int Wave)> WavesOf(EnvironmentPlan plan) =>
        from wave in plan.Waves
        from package in wave.Packages
        select (package.Entry.Kind.ToString(), package.Entry.ObjectName.Value, wave.Number);
}
