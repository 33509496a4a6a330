using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages.Graphs;

/// <summary>
/// The paths from declared packages to one package. There can be exponentially many: they are counted along the waves, and only as
/// many as are shown are walked, the shortest first. Among packages that a cycle keeps out of the waves, where paths have no end,
/// only those count that come nearer with each step.
/// </summary>
internal sealed class DependencyPaths
{
    /// <summary>Counting stops here.</summary>
    public const long CountLimit = 1_000_000_000_000;

    private readonly DependencyEdges edges;
    private readonly Repository target;
    private readonly Dictionary<Repository, int> distances;
    private readonly ImmutableArray<LockEntry> starts;

    public DependencyPaths(DependencyEdges edges, Repository target)
    {
        this.edges = edges;
        this.target = target;
        distances = Distances();
        starts =
        [
            .. edges
                .Packages.Where(entry => !entry.IsIndirect && entry.Package.Value != target && distances.ContainsKey(entry.Package.Value))
                .OrderBy(entry => entry.ObjectName)
                .ThenBy(entry => entry.Package.Value),
        ];
    }

    /// <summary>How many paths there are, at most <see cref="CountLimit"/>.</summary>
    public long Count()
    {
        var counts = new Dictionary<Repository, long> { [target] = 1 };
        var nearestLast = edges.Graph.Packages.Concat(edges.Graph.Unordered.OrderBy(entry => distances.GetValueOrDefault(entry.Package.Value)));
        foreach (var entry in nearestLast.Where(entry => entry.Package.Value != target && distances.ContainsKey(entry.Package.Value)))
            counts[entry.Package.Value] = Sum(Steps(entry.Package.Value).Select(step => counts[step.Target]));

        return Sum(starts.Select(entry => counts[entry.Package.Value]));
    }

    /// <summary>The shortest paths, at most <paramref name="limit"/>; paths of equal length by the names on them.</summary>
    public ImmutableArray<ImmutableArray<DependencyEdge>> Shortest(int limit)
    {
        var found = ImmutableArray.CreateBuilder<ImmutableArray<DependencyEdge>>();
        // The remaining distance is exact, so the first in the queue leads to a shortest path, which is finished before the next one.
        var open = new PriorityQueue<PartialPath, (int Length, int Left, int Order)>();
        var order = 0;
        foreach (var entry in starts)
            Add(new(null, null, entry.Package.Value, 0));

        while (found.Count < limit && open.TryDequeue(out var path, out _))
        {
            if (path.At == target)
            {
                found.Add(path.Edges());
                continue;
            }

            foreach (var step in Steps(path.At))
                Add(new(path, step, step.Target, path.Length + 1));
        }

        return found.ToImmutable();

        void Add(PartialPath path) => open.Enqueue(path, (path.Length + distances[path.At], distances[path.At], order++));
    }

    private static long Sum(IEnumerable<long> counts) => counts.Aggregate(0L, (sum, count) => Math.Min(CountLimit, sum + count));

    /// <summary>The distance of every package that has a path.</summary>
    private Dictionary<Repository, int> Distances()
    {
        var found = new Dictionary<Repository, int> { [target] = 0 };
        var queue = new Queue<Repository>([target]);
        while (queue.TryDequeue(out var package))
        {
            foreach (var from in edges.Into[package].Select(edge => edge.From.Package.Value))
            {
                if (found.TryAdd(from, found[package] + 1))
                    queue.Enqueue(from);
            }
        }

        return found;
    }

    private IEnumerable<DependencyEdge> Steps(Repository package) =>
        edges
            .From[package]
            .Where(edge =>
                distances.TryGetValue(edge.Target, out var left)
                // What needs a package without a wave has none either.
                && (!edges.IsUnordered(edge.Target) || left < distances[package])
            );

    private sealed record PartialPath(PartialPath? Before, DependencyEdge? Step, Repository At, int Length)
    {
        public ImmutableArray<DependencyEdge> Edges()
        {
            var edges = new DependencyEdge[Length];
            for (var path = this; path.Step is { } step; path = path.Before!)
                edges[path.Length - 1] = step;

            return [.. edges];
        }
    }
}
