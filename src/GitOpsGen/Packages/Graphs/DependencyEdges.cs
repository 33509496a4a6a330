using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages.Graphs;

/// <summary>The dependencies of a graph.</summary>
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
            locked.TryAdd(core.Package.Value, core);

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

    /// <summary>Every package but the core: by wave, then those without a wave.</summary>
    public ImmutableArray<LockEntry> Packages { get; }

    public ImmutableArray<DependencyEdge> All { get; }

    /// <summary>The edges from a package, by the name of the target.</summary>
    public ILookup<Repository, DependencyEdge> From { get; }

    /// <summary>The edges to a package.</summary>
    public ILookup<Repository, DependencyEdge> Into { get; }

    /// <summary>The packages that others need and that are not locked.</summary>
    public IEnumerable<Repository> Missing => All.Where(edge => edge.To is null).Select(edge => edge.Target).Distinct().Order();

    /// <summary>The constraints on the core.</summary>
    public IEnumerable<DependencyEdge> ToCore =>
        Graph.Core is not { } core
            ? []
            : Packages
                .Where(entry => entry.RequiresCrossplane is not null)
                .Select(entry => new DependencyEdge(entry, core.Package.Value, entry.RequiresCrossplane!.Value, core));

    /// <summary>Whether a package is in a cycle or depends on one.</summary>
    public bool IsUnordered(Repository package) => unordered.Contains(package);
}

/// <summary>A package needs another one, or the core.</summary>
/// <param name="From">The dependent.</param>
/// <param name="Target">What it needs.</param>
/// <param name="Constraint">The versions that it needs, with the place in the lockfile.</param>
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

/// <summary>Whether what a package needs is there.</summary>
internal enum EdgeState
{
    /// <summary>It is locked at a version that the constraint does not exclude.</summary>
    Met,

    /// <summary>It is locked at a version that the constraint excludes.</summary>
    NotMet,

    /// <summary>It is locked, but the constraint cannot be read.</summary>
    Unreadable,

    /// <summary>It is not locked.</summary>
    Missing,
}
