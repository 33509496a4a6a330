using GitOpsGen.Lockfile;
using GitOpsGen.Planning;

namespace GitOpsGen.Review;

/// <summary>The packages that move in some environments, and those that directly need them or that they need.</summary>
/// <param name="Environments">The environments for which this is so, in the order of the report.</param>
/// <param name="Nodes">The packages, by wave and name. Packages that move alike between the same neighbours are one.</param>
internal sealed record ChangedGraph(ImmutableArray<string> Environments, ImmutableArray<GraphNode> Nodes)
{
    /// <summary>The wave of the core, which is there before every package.</summary>
    public const int CoreWave = -1;

    /// <summary>The graphs of environments in which packages move, each once, those of most environments first.</summary>
    public static ImmutableArray<ChangedGraph> Of(IEnumerable<EnvironmentPair> pairs) =>
        [
            .. pairs
                .SelectSideBySide(pair => (pair.Name, Nodes: NodesOf(pair)))
                .Where(graph => !graph.Nodes.IsEmpty)
                .GroupBy(graph => string.Join('\0', graph.Nodes.Select(node => node.Key)), StringComparer.Ordinal)
                .Select(same => new ChangedGraph([.. same.Select(graph => graph.Name)], same.First().Nodes))
                .OrderByDescending(graph => graph.Environments.Length),
        ];

    private static ImmutableArray<GraphNode> NodesOf(EnvironmentPair pair)
    {
        var moves = PackageChange.Between(pair.Name, pair.Before, pair.After).ToDictionary(change => change.Package);
        if (moves.Count == 0)
            return [];

        // What leaves is at its old place.
        var places = Places(pair.Before);
        foreach (var (package, place) in Places(pair.After))
            places[package] = place;

        var edges = places
            .Values.SelectMany(place => (place.Entry.DependsOn ?? []).Select(need => (From: place.Entry.Package.Value, To: need.Package.Value)))
            .Where(edge => places.ContainsKey(edge.To) && (moves.ContainsKey(edge.From) || moves.ContainsKey(edge.To)))
            .Distinct()
            .ToList();
        var needs = edges.ToLookup(edge => edge.From, edge => Name(edge.To));
        var neededBy = edges.ToLookup(edge => edge.To, edge => Name(edge.From));
        return
        [
            .. edges
                .SelectMany(edge => new[] { edge.From, edge.To })
                .Concat(moves.Keys)
                .Distinct()
                .Select(package => new GraphNode(
                    [Name(package)],
                    places[package].Wave,
                    moves.TryGetValue(package, out var move) ? move.From : places[package].Entry.Version.Value.Text,
                    move is null ? places[package].Entry.Version.Value.Text : move.To,
                    move?.Step
                )
                {
                    Needs = Sorted(needs[package]),
                    NeededBy = Sorted(neededBy[package]),
                })
                .GroupBy(node => node.Alike, StringComparer.Ordinal)
                .Select(alike => alike.First() with { Names = [.. alike.Select(node => node.Name).Order(StringComparer.Ordinal)] })
                .OrderBy(node => node.Wave)
                .ThenBy(node => node.Name, StringComparer.Ordinal),
        ];

        string Name(Repository package) => places[package].Entry.ObjectName.Value;
    }

    private static ImmutableArray<string> Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];

    private static Dictionary<Repository, (LockEntry Entry, int Wave)> Places(EnvironmentPlan? plan)
    {
        var places =
            plan?.Waves.SelectMany(wave => wave.Packages.Select(package => (package.Entry, wave.Number)))
                .ToDictionary(place => place.Entry.Package.Value)
            ?? [];
        if (plan?.Core is { } core)
            places[core.Image.Entry.Package.Value] = (core.Image.Entry, CoreWave);

        return places;
    }
}

/// <summary>A package in a <see cref="ChangedGraph"/>, or several that are alike.</summary>
/// <param name="Names">The names of the objects.</param>
/// <param name="Wave">The wave at head, or at base for what leaves; <see cref="ChangedGraph.CoreWave"/> for the core.</param>
/// <param name="From">The version before; <see langword="null"/> for a new package.</param>
/// <param name="To">The version after; <see langword="null"/> for a package that leaves.</param>
/// <param name="Step">How far it moves; <see langword="null"/> for a neighbour that stays.</param>
internal sealed record GraphNode(ImmutableArray<string> Names, int Wave, string? From, string? To, PackageStep? Step)
{
    /// <summary>The first of them.</summary>
    public string Name => Names[0];

    /// <summary>What they need, of the graph, by the names of the objects.</summary>
    public ImmutableArray<string> Needs { get; init; } = [];

    /// <summary>What needs them, of the graph.</summary>
    public ImmutableArray<string> NeededBy { get; init; } = [];

    /// <summary>Equal for packages that are one to a reader.</summary>
    public string Alike => string.Join('\0', [$"{Wave}", From ?? "", To ?? "", $"{Step}", .. Needs, "", .. NeededBy]);

    /// <summary>All that it says.</summary>
    public string Key => $"{string.Join('\0', Names)}\0{Alike}";
}
