using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages.Graphs;

/// <summary>Why a package is in some environments.</summary>
/// <param name="Environments">The environments, in ordinal order.</param>
/// <param name="Entry">What is locked there; <see langword="null"/> where nothing is.</param>
/// <param name="Paths">
/// The paths from declared packages to it, the shortest first, as many as were asked for. For the core, its constraints: paths of one
/// step.
/// </param>
/// <param name="PathCount">How many paths there are, at most <see cref="DependencyPaths.CountLimit"/>.</param>
/// <param name="Unknown">The packages whose dependencies are not known: they may need it too. They are in one wave, so they are in its order.</param>
internal sealed record PackageReasons(
    ImmutableArray<EnvironmentName> Environments,
    LockEntry? Entry,
    ImmutableArray<ImmutableArray<DependencyEdge>> Paths,
    long PathCount,
    ImmutableArray<LockEntry> Unknown
)
{
    /// <summary>Whether the package has nothing to do with these environments.</summary>
    public bool IsAbsent => Entry is null && PathCount == 0;

    /// <summary>The reasons for all environments; environments with equal reasons together.</summary>
    public static ImmutableArray<PackageReasons> Of(Repository package, ImmutableArray<PackageGraph> graphs, int limit) =>
        [
            .. graphs
                .Select(graph => Of(package, graph, limit))
                .GroupBy(reasons => reasons.Key())
                .Select(same => same.First() with { Environments = [.. same.SelectMany(reasons => reasons.Environments).Order()] })
                .OrderBy(reasons => reasons.Environments[0]),
        ];

    private static PackageReasons Of(Repository package, PackageGraph graph, int limit)
    {
        var edges = new DependencyEdges(graph);
        if (graph.Core is { } core && core.Package.Value == package)
        {
            var asking = edges.ToCore.OrderBy(edge => edge.From.ObjectName).Select(edge => ImmutableArray.Create(edge)).ToList();
            return new(graph.Environments, core, [.. asking.Take(limit)], asking.Count, []);
        }

        var entry = edges.Packages.FirstOrDefault(entry => entry.Package.Value == package);
        var paths = new DependencyPaths(edges, package);
        return new(
            graph.Environments,
            entry,
            paths.Shortest(limit),
            paths.Count(),
            [.. edges.Packages.Where(other => other.DependsOn is null && other != entry)]
        );
    }

    // Places in the lockfile identify entries and constraints. The same paths and the same count are the same reasons.
    private string Key() =>
        string.Join(
            '|',
            [
                Place(Entry),
                $"{PathCount}",
                .. Paths.Select(path => string.Join(' ', path.Select(edge => $"{edge.Constraint.Span.Start}{Place(edge.To)}"))),
                .. Unknown.Select(Place),
            ]
        );

    private static string Place(LockEntry? entry) => entry is null ? "" : $"{entry.Package.Span.Start}";
}
