using System.Collections.Immutable;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;

namespace GitOpsGen.Packages.Graphs;

/// <summary>
/// The ways from declared packages to one package. There can be exponentially many: they are counted along the waves, and only as
/// many as somebody reads are ever walked, the shortest first. Among packages that a circle keeps out of the waves, where ways
/// have no end, only those count that come nearer with each step.
/// </summary>
internal sealed class DependencyPaths
{
    /// <summary>Counts end here: more is as good as any number.</summary>
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

    /// <summary>How many ways there are, at most <see cref="CountLimit"/>.</summary>
    public long Count()
    {
        var counts = new Dictionary<Repository, long> { [target] = 1 };
        var nearestLast = edges.Graph.Packages.Concat(edges.Graph.Unordered.OrderBy(entry => distances.GetValueOrDefault(entry.Package.Value)));
        foreach (var entry in nearestLast.Where(entry => entry.Package.Value != target && distances.ContainsKey(entry.Package.Value)))
        {
            counts[entry.Package.Value] = Sum(Steps(entry.Package.Value).Select(step => counts[step.Target]));
        }

        return Sum(starts.Select(entry => counts[entry.Package.Value]));
    }

    /// <summary>The shortest ways, at most <paramref name="limit"/>; equally long ones by the names on the way.</summary>
    public ImmutableArray<ImmutableArray<DependencyEdge>> Shortest(int limit)
    {
        var found = ImmutableArray.CreateBuilder<ImmutableArray<DependencyEdge>>();
        // What is left is known exactly. So whatever comes first leads to a shortest way, and the one begun is ended before the next.
        var open = new PriorityQueue<Way, (int Length, int Left, int Order)>();
        var order = 0;
        foreach (var entry in starts)
        {
            Add(new(null, null, entry.Package.Value, 0));
        }

        while (found.Count < limit && open.TryDequeue(out var way, out _))
        {
            if (way.At == target)
            {
                found.Add(way.Edges());
                continue;
            }

            foreach (var step in Steps(way.At))
            {
                Add(new(way, step, step.Target, way.Length + 1));
            }
        }

        return found.ToImmutable();

        void Add(Way way) => open.Enqueue(way, (way.Length + distances[way.At], distances[way.At], order++));
    }

    private static long Sum(IEnumerable<long> counts) => counts.Aggregate(0L, (sum, count) => Math.Min(CountLimit, sum + count));

    /// <summary>How many steps every package is away that has a way.</summary>
    private Dictionary<Repository, int> Distances()
    {
        var found = new Dictionary<Repository, int> { [target] = 0 };
        var queue = new Queue<Repository>([target]);
        while (queue.TryDequeue(out var package))
        {
            foreach (var from in edges.Into[package].Select(edge => edge.From.Package.Value))
            {
                if (found.TryAdd(from, found[package] + 1))
                {
                    queue.Enqueue(from);
                }
            }
        }

        return found;
    }

    private IEnumerable<DependencyEdge> Steps(Repository package) =>
        edges
            .From[package]
            .Where(edge =>
                distances.TryGetValue(edge.Target, out var left)
                && (!edges.IsUnordered(package) || !edges.IsUnordered(edge.Target) || left < distances[package])
            );

    private sealed record Way(Way? Before, DependencyEdge? Step, Repository At, int Length)
    {
        public ImmutableArray<DependencyEdge> Edges()
        {
            var edges = new DependencyEdge[Length];
            for (var way = this; way.Step is { } step; way = way.Before!)
            {
                edges[way.Length - 1] = step;
            }

            return [.. edges];
        }
    }
}
