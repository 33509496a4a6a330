using GitOpsGen.Lockfile;

namespace GitOpsGen.Review;

/// <summary>What can hurt in how packages move.</summary>
internal static class PackageDangers
{
    public static IEnumerable<Danger> In(EnvironmentPair pair) =>
        pair is { Before: not null, After: not null }
            ? [.. Renamed(pair), .. Replaced(pair), .. Removed(pair), .. Downgraded(pair), .. Moved(pair), .. Manual(pair)]
            : [];

    private static IEnumerable<Danger> Renamed(EnvironmentPair pair) =>
        from kept in pair.Kept()
        where kept.Before.ObjectName != kept.After.ObjectName
        select new Danger(
            Rules.ObjectRenamed,
            $"`{kept.Before.ObjectName}` becomes `{kept.After.ObjectName}`",
            "The engine makes a second object of the same package, and the two fight over its CRDs until the old one is deleted.",
            [
                $"Set `spec.revisionActivationPolicy` of the new object to Manual, or keep the old name, `{kept.Before.ObjectName}`.",
                "Merge, and wait until the new object is Installed.",
                $"`kubectl delete {KubernetesType(kept.Before)} {kept.Before.ObjectName} --cascade=orphan`",
            ]
        )
        {
            Cause = kept.After.Name?.Span ?? kept.After.Package.Span,
        };

    // The same path elsewhere, or the same name in another organisation.
    private static IEnumerable<Danger> Replaced(EnvironmentPair pair) =>
        from gone in pair.Gone()
        from added in pair.New()
        where IsReplacement(gone, added)
        select new Danger(
            Rules.SourceReplaced,
            $"`{gone.Package}` is replaced by `{added.Package}`",
            "Crossplane takes the two for different packages: both own the same CRDs, and the members of a family look for the one that they were built with.",
            [
                "See that every member of the family moves in this change.",
                "Merge, and wait until the new package is Installed.",
                $"`kubectl delete {KubernetesType(gone)} {gone.ObjectName} --cascade=orphan`",
            ]
        )
        {
            Cause = added.Package.Span,
        };

    private static IEnumerable<Danger> Removed(EnvironmentPair pair) =>
        from gone in pair.Gone()
        where gone.Kind != PackageKind.Crossplane && !pair.New().Any(added => IsReplacement(gone, added))
        select gone.IsProviderFamily ? FamilyRemoved(gone) : PackageRemoved(gone);

    private static Danger PackageRemoved(LockEntry gone) =>
        new(
            Rules.PackageRemoved,
            $"`{gone.ObjectName}` leaves",
            "Nothing is deleted by the merge: the package runs on. When it is deleted, its CRDs and all custom resources of theirs go with it, and nothing asks.",
            [
                gone.Kind == PackageKind.Function
                    ? "See that no Composition names it: `kubectl get compositions --output yaml`."
                    : "See that nothing uses it: `kubectl get managed`.",
                "Merge.",
                $"`kubectl delete {KubernetesType(gone)} {gone.ObjectName}`",
                "Revoke its access.",
            ]
        );

    private static Danger FamilyRemoved(LockEntry gone) =>
        new(
            Rules.FamilyRemoved,
            $"`{gone.ObjectName}` leaves",
            "It is the provider of its family: with it go the ProviderConfig CRDs and every ProviderConfig, without a question.",
            [
                "Remove the members of the family first, in a change of their own.",
                "Save the ProviderConfigs: `kubectl get providerconfigs --output yaml`.",
                "Merge.",
                $"`kubectl delete {KubernetesType(gone)} {gone.ObjectName}`",
            ]
        );

    private static IEnumerable<Danger> Downgraded(EnvironmentPair pair) =>
        from kept in pair.Kept()
        where kept.After.Kind != PackageKind.Crossplane && kept.After.Version.Value.ComparePrecedence(kept.Before.Version.Value) < 0
        select new Danger(
            Rules.Downgrade,
            $"`{kept.After.ObjectName}` goes back from {kept.Before.Version} to {kept.After.Version}",
            "CRDs go back too: a version of a kind that was stored since then may no longer be served. After it, Ready says too early that all is well.",
            [
                "See what the newer version stores: `kubectl get crds --output jsonpath='{.items[*].status.storedVersions}'`.",
                "Merge.",
                "Wait for the Deployments, not for Healthy: `kubectl --namespace crossplane-system rollout status deployments`.",
            ]
        )
        {
            Cause = kept.After.Version.Span,
        };

    private static IEnumerable<Danger> Moved(EnvironmentPair pair) =>
        from kept in pair.Kept()
        where
            kept.After.Version.Value == kept.Before.Version.Value
            && kept.Before.Digest?.Value is { } old
            && kept.After.Digest?.Value is { } digest
            && old != digest
        select new Danger(
            Rules.DigestMoved,
            $"`{kept.After.ObjectName}` {kept.After.Version} has another digest",
            "A published version does not change. Either its publisher moved the tag, or somebody else did.",
            [
                $"Ask the publisher why `{kept.After.Package}:{kept.After.Version}` moved.",
                "In a registry with immutable tags, delete the old image before the copy.",
                "Merge; the package gets a new revision, and its service account a new name.",
            ]
        )
        {
            Cause = kept.After.Locked?.Span,
        };

    private static IEnumerable<Danger> Manual(EnvironmentPair pair) =>
        from wave in pair.After!.Waves
        from package in wave.Packages
        where package.Spec is { } spec && YamlScalar.TextOf(spec["revisionActivationPolicy"]) == "Manual"
        join kept in pair.Kept() on package.Entry equals kept.After
        where kept.Before.Version.Value != kept.After.Version.Value || kept.Before.Digest?.Value != kept.After.Digest?.Value
        select new Danger(
            Rules.ActivationNeeded,
            $"`{package.Entry.ObjectName}` moves, and is activated by hand",
            "The old revision is deactivated and its Deployment deleted at once: nothing runs until somebody activates the new one.",
            [
                "Merge.",
                $"`kubectl wait --for=jsonpath='{{.status.currentRevision}}' {KubernetesType(package.Entry)} {package.Entry.ObjectName}`",
                $"`kubectl patch {Leftovers.RevisionTypeOf(package.Entry.Kind)} $(kubectl get {KubernetesType(package.Entry)} {package.Entry.ObjectName} --output jsonpath='{{.status.currentRevision}}') --type merge --patch '{{\"spec\":{{\"desiredState\":\"Active\"}}}}'`",
            ]
        )
        {
            Cause = package.Entry.Version.Span,
        };

    private static bool IsReplacement(LockEntry gone, LockEntry added) =>
        gone.Kind == added.Kind
        && gone.Kind != PackageKind.Crossplane
        && gone.Package.Value.Path.Split('/')[^1] == added.Package.Value.Path.Split('/')[^1];

    private static string KubernetesType(LockEntry entry) => Leftovers.TypeOf(entry.Kind);
}
