using GitOpsGen.Output;
using GitOpsGen.Validation.Builds;
using GitOpsGen.Validation.Controllers;

namespace GitOpsGen.Review;

/// <summary>What can hurt in the Applications of Argo CD: those that leave, and those that are about another place or release.</summary>
internal static class ApplicationDangers
{
    private const string Resource = "applications.argoproj.io";

    /// <summary>The dangers of one environment that has Argo CD; where another engine comes, that is the danger.</summary>
    public static IEnumerable<Danger> In(EnvironmentPair pair, EnvironmentObjects objects)
    {
        if (pair.After is not { Settings.GitOps.ArgoCd: not null } after)
            return [];

        var changes = objects.Changes.Where(change =>
            change.Object.Kind == "Application" && change.Object.ApiVersion.StartsWith("argoproj.io/", StringComparison.Ordinal)
        );
        var byChange = changes.ToLookup(change => change.Change);
        var differences = byChange[ChangeKind.Changed].SelectMany(change => Differences((YamlMapping)change.Before!, (YamlMapping)change.After!));
        return Leaving([.. byChange[ChangeKind.Removed].Select(change => change.Object)])
            // Both Applications of an environment go to one cluster.
            .Concat(differences.DistinctBy(danger => danger.Key))
            .Select(danger => danger with { Cause = after.Settings.Name.Span });
    }

    private static IEnumerable<Danger> Leaving(List<ObjectKey> gone)
    {
        if (gone.Count == 0)
            yield break;

        yield return Of(
            $"Applications of Argo CD leave: {string.Join(", ", gone.Select(application => Danger.Quote(application.Name)))}",
            "One that has a finalizer deletes what it applied when it is deleted: Crossplane with its root CA, and the ImageConfigs, after which packages switch to the upstream registry's images. Without a finalizer nothing goes; but one that is not deleted shares its objects with the Application that takes them over.",
            [
                .. gone.Select(application =>
                    Danger.Quote($"{Kubectl(application, "patch")} --type merge --patch '{{\"metadata\":{{\"finalizers\":null}}}}'")
                ),
                .. gone.Select(application => Danger.Quote(Kubectl(application, "delete"))),
                "Merge, and apply the new ones: they take over what is there.",
            ]
        );

        static string Kubectl(ObjectKey application, string verb) =>
            $"kubectl --namespace {ShellWord.Of(application.Namespace)} {verb} {Resource} {ShellWord.Of(application.Name)}";
    }

    private static IEnumerable<Danger> Differences(YamlMapping before, YamlMapping after)
    {
        if (Moved(before, after, Cluster) is var (old, cluster) && ArgoCluster.Known(old) != ArgoCluster.Known(cluster))
        {
            yield return Of(
                $"Argo CD applies to {Danger.Quote(cluster)} instead of {Danger.Quote(old)}",
                "If these are two clusters, the old one keeps Crossplane and its packages, and they go on without Git; the new one gets the same, and both may manage the same external resources.",
                [
                    "See whether both are one cluster: `argocd cluster list`.",
                    "If not, see that nothing in the old one manages what the new one will manage.",
                    "Merge.",
                    "Delete by hand what is left in the old one, dependents first.",
                ]
            );
        }

        if (Chart(before) is null || Chart(after) is null)
            yield break;

        var place = Namespace(after) ?? "";
        if (Moved(before, after, Namespace) is var (from, to))
        {
            yield return Of(
                $"Argo CD installs Crossplane into the namespace {Danger.Quote(to)} instead of {Danger.Quote(from)}",
                Replaced,
                [
                    $"Apply the trust policies of the new namespace, and put pull Secrets into {Danger.Quote(to)}.",
                    "Try it on a cluster that nobody needs.",
                    Rollout(to),
                    $"See what is left in the old one, and delete it, Crossplane first: {Danger.Quote($"kubectl --namespace {ShellWord.Of(from)} get deployments")}",
                ]
            );
        }

        if (Moved(before, after, Chart) is var (chart, other))
        {
            yield return Of(
                $"Argo CD installs the chart {Danger.Quote(other)} instead of {Danger.Quote(chart)}",
                Replaced,
                ["Try it on a cluster that nobody needs.", Rollout(place)]
            );
        }

        if (Moved(before, after, Release) is var (release, renamed))
        {
            yield return Of(
                $"The Helm release {Danger.Quote(release)} of Argo CD becomes {Danger.Quote(renamed)}",
                "The chart's Deployments select their pods by the release's name, and Kubernetes never changes a selector: the sync fails until they are gone.",
                [
                    "Merge.",
                    Danger.Quote($"kubectl --namespace {ShellWord.Of(place)} delete deployments crossplane crossplane-rbac-manager"),
                    "Argo CD makes them anew; the pods of packages run on without them.",
                ]
            );
        }
    }

    private const string Replaced =
        "The sync that installs the new Crossplane prunes the old one: its Deployments, its service accounts and the root CA. Where pruning is off, two of them work on the same packages.";

    private static string Rollout(string place) =>
        $"Merge, and wait: {Danger.Quote($"kubectl --namespace {ShellWord.Of(place)} rollout status deployments")}";

    private static Danger Of(string title, string why, IEnumerable<string> steps) => new(Rules.ApplicationReplaced, title, why, [.. steps]);

    private static (string Before, string After)? Moved(YamlMapping before, YamlMapping after, Func<YamlMapping, string?> of) =>
        of(before) is { } old && of(after) is { } current && old != current ? (old, current) : null;

    private static string? Cluster(YamlMapping application) => EngineSpec.Cluster(application["spec"] as YamlMapping)?.Text;

    private static string? Namespace(YamlMapping application) => application.StringAt("spec", "destination", "namespace");

    private static string? Chart(YamlMapping application) => ChartSource(application)?.Chart;

    // https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-release-name
    private static string? Release(YamlMapping application) =>
        ChartSource(application) is { } source ? source.Helm.StringAt("releaseName") ?? application.StringAt("metadata", "name") : null;

    private static ArgoSource? ChartSource(YamlMapping application) =>
        application["spec"] is YamlMapping spec
            ? ArgoSource.All(spec).Where(source => source.Chart is not null).Select(source => (ArgoSource?)source).FirstOrDefault()
            : null;
}
