using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;

namespace GitOpsGen.Packages.Graphs;

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

/// <summary>A package asks for another one, or for the core.</summary>
/// <param name="From">Who asks.</param>
/// <param name="Target">For what.</param>
/// <param name="Constraint">At which versions, where the lockfile says so.</param>
/// <param name="To">What is locked for it; <see langword="null"/> where nothing is.</param>
internal sealed record DependencyEdge(LockEntry From, Repository Target, Located<DependencyConstraint> Constraint, LockEntry? To)
{
    public EdgeState State =>
        To is null ? EdgeState.Missing
        : Constraint.Value is DependencyConstraint.Invalid ? EdgeState.Unreadable
        // A constraint on the core is on its version; Crossplane does not know its own digest.
        : Constraint.Value.Excludes(To.Version.Value, To.Kind == PackageKind.Crossplane ? null : To.Digest?.Value) ? EdgeState.NotMet
        : EdgeState.Met;

    /// <summary>The target as people call it: its object's name, or the repository where no entry gives it one.</summary>
    public string TargetName => To?.ObjectName.Value ?? Target.ToString();
}

/// <summary>Whether what a package asks for is there.</summary>
internal enum EdgeState
{
    /// <summary>It is locked, at a version that nothing speaks against.</summary>
    Met,

    /// <summary>It is locked at a version that the constraint excludes.</summary>
    NotMet,

    /// <summary>It is locked, and nobody can say whether as it should be: the constraint cannot be read.</summary>
    Unreadable,

    /// <summary>It is not locked.</summary>
    Missing,
}
