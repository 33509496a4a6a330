using System.Collections.Immutable;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;

namespace GitOpsGen.Packages.Questions;

/// <summary>A graph, by who asks for what.</summary>
internal sealed class DependencyEdges
{
    private readonly HashSet<Repository> unordered;

    public DependencyEdges(PackageGraph graph)
    {
        Graph = graph;
        Packages = [.. graph.Packages, .. graph.Unordered];
        unordered = [.. graph.Unordered.Select(entry => entry.Package.Value)];
        var locked = Packages.ToDictionary(entry => entry.Package.Value);
        if (graph.Core is { } core)
        {
            locked.TryAdd(core.Package.Value, core);
        }

        All =
        [
            .. Packages.SelectMany(entry =>
                (entry.DependsOn ?? []).Select(wanted => new DependencyEdge(
                    entry,
                    wanted.Package.Value,
                    wanted.Constraint,
                    locked.GetValueOrDefault(wanted.Package.Value)
                ))
            ),
        ];
        From = All.OrderBy(edge => edge.TargetName, StringComparer.Ordinal).ToLookup(edge => edge.From.Package.Value);
        Into = All.ToLookup(edge => edge.Target);
    }

    public PackageGraph Graph { get; }

    /// <summary>Every package but the core: by wave, then those that no wave can hold.</summary>
    public ImmutableArray<LockEntry> Packages { get; }

    public ImmutableArray<DependencyEdge> All { get; }

    /// <summary>The edges of a package, by the name of what it asks for.</summary>
    public ILookup<Repository, DependencyEdge> From { get; }

    /// <summary>The edges that ask for a package.</summary>
    public ILookup<Repository, DependencyEdge> Into { get; }

    /// <summary>What is asked for and not locked.</summary>
    public IEnumerable<Repository> Missing => All.Where(edge => edge.To is null).Select(edge => edge.Target).Distinct().Order();

    /// <summary>Who asks for which version of the core.</summary>
    public IEnumerable<DependencyEdge> ToCore =>
        Graph.Core is not { } core
            ? []
            : Packages
                .Where(entry => entry.RequiresCrossplane is not null)
                .Select(entry => new DependencyEdge(entry, core.Package.Value, entry.RequiresCrossplane!.Value, core));

    /// <summary>Whether a package stands in a circle or behind one.</summary>
    public bool IsUnordered(Repository package) => unordered.Contains(package);
}
