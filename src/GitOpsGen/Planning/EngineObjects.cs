using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>
/// Environments whose objects for one engine would overwrite each other. An environment is a control plane and so a cluster: an engine that runs in it
/// has only that one. An engine elsewhere has all environments that name it.
/// </summary>
internal static class EngineObjects
{
    /// <param name="environments">All environments, each with the number of its waves.</param>
    /// <param name="bag">Gets the findings.</param>
    public static void Check(IEnumerable<(EnvironmentSettings Settings, int Waves)> environments, DiagnosticBag bag)
    {
        var users = environments.Select(Of).OfType<Engine>().ToList();
        foreach (var pair in Shared(users, user => user.Objects).Where(users => !users.All(user => user.IsLocal)))
        {
            Report(
                Rules.EngineObjectTwice,
                pair,
                $"would write the same objects of {pair[0].Name} in the namespace {pair[0].Namespace}",
                $"Set 'gitops.{pair[0].Key}.name' in all of them but one, or turn this rule off if they are in different clusters."
            );
        }

        foreach (var pair in Shared(users.Where(user => !user.IsLocal), user => [user.Cluster]))
        {
            Report(
                Rules.EngineObjectTwice,
                pair,
                $"are for the same cluster of {pair[0].Name}",
                $"Give each environment its own {(pair[0].Key == "flux" ? "'gitops.flux.kubeConfig'" : "'gitops.argocd.destination'")}; a cluster has one Crossplane."
            );
        }

        foreach (var same in Shared(users.Where(user => user is { IsLocal: true, Key: "flux" }), user => user.Objects))
        {
            Report(
                Rules.FluxOfItsOwn,
                same,
                "have objects of the same names for Flux, so that each of them needs a Flux in its own cluster",
                "Set 'gitops.flux.kubeConfig' in each if one Flux manages them all."
            );
        }

        void Report(Rule rule, ImmutableArray<Engine> users, string problem, string fix)
        {
            var names = users.Select(user => user.Environment.Name.Value.Value).ToImmutableArray();
            bag.Add(
                new Diagnostic(
                    rule,
                    $"Environments {names[0]} and {names[1]}{(names.Length > 2 ? $" (and {names.Length - 2} more)" : "")} {problem}.",
                    fix,
                    users[1].Environment.Name.Span
                )
                {
                    Environments = names,
                }
            );
        }
    }

    // The environments that have something in common, each set of them once.
    private static IEnumerable<ImmutableArray<Engine>> Shared(IEnumerable<Engine> users, Func<Engine, IEnumerable<string>> things) =>
        users
            .SelectMany(user => things(user).Select(thing => (Thing: $"{user.Key} {user.Namespace} {thing}", User: user)))
            .GroupBy(pair => pair.Thing, pair => pair.User, StringComparer.Ordinal)
            .Select(same => same.Distinct().ToImmutableArray())
            .Where(same => same.Length > 1)
            .DistinctBy(same => string.Join(' ', same.Select(user => user.Environment.Name.Value)));

    private static Engine? Of((EnvironmentSettings Settings, int Waves) environment)
    {
        var (settings, waves) = environment;
        return settings.GitOps switch
        {
            { Flux: { } flux } => new(settings, "Flux", "flux", flux.Namespace, flux.KubeConfig is null)
            {
                Cluster = flux.KubeConfig is { } config ? string.Join(' ', Texts(config)) : "",
                Objects =
                [
                    $"HelmRelease {flux.HelmRelease}",
                    flux.Name,
                    $"{flux.Name}-prerequisites",
                    $"{flux.Name}-extras",
                    .. Enumerable.Range(0, waves).Select(number => $"{flux.Name}-wave-{number}"),
                ],
            },
            { ArgoCd: { } argoCd } => new(settings, "Argo CD", "argocd", argoCd.Namespace, ArgoCluster.IsOwn(argoCd.Destination))
            {
                Cluster = $"{argoCd.DestinationKey} {ArgoCluster.Known(argoCd.Destination)}",
                Objects = [$"{argoCd.Name}-crossplane", $"{argoCd.Name}-packages"],
            },
            _ => null,
        };
    }

    private static IEnumerable<string> Texts(YamlMapping mapping) =>
        mapping
            .Entries.OrderBy(entry => entry.Key.Text, StringComparer.Ordinal)
            .SelectMany(entry => (entry.Value is YamlMapping inner ? Texts(inner) : [YamlScalar.TextOf(entry.Value) ?? ""]).Prepend(entry.Key.Text));

    /// <summary>The engine of an environment.</summary>
    private sealed record Engine(EnvironmentSettings Environment, string Name, string Key, string Namespace, bool IsLocal)
    {
        /// <summary>How it knows the cluster.</summary>
        public required string Cluster { get; init; }

        /// <summary>What it is told by, as names.</summary>
        public required ImmutableArray<string> Objects { get; init; }
    }
}
