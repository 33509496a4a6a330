using System.Collections.Immutable;
using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages;

/// <summary>Why a package is in a graph: the paths that lead to it from declared packages.</summary>
/// <param name="Package">The package that was asked about.</param>
/// <param name="Paths">The first of them, by the names on the way back; each begins with a declared package and ends with the package.</param>
/// <param name="Count">How many there are; <see cref="Countless"/> stands for that many and more.</param>
internal sealed record DependencyPaths(LockEntry Package, ImmutableArray<ImmutableArray<LockEntry>> Paths, long Count)
{
    /// <summary>Where counting ends: a lattice of diamonds doubles the paths with every level.</summary>
    public const long Countless = 1_000_000_000;

    /// <summary>The paths to a package; linear in the graph besides those that are listed.</summary>
    /// <param name="graph">A graph that has the package in one of its waves.</param>
    /// <param name="package">The package.</param>
    /// <param name="most">How many paths to list.</param>
    public static DependencyPaths To(PackageGraph graph, LockEntry package, int most)
    {
        var neededBy = NeededBy(graph);
        var counts = CountAll(graph, package, neededBy);
        return new(package, [.. Walk(package, neededBy, counts).Take(most)], counts[package] - (package.IsIndirect ? 0 : 1));
    }

    private static ILookup<LockEntry, LockEntry> NeededBy(PackageGraph graph)
    {
        var present = graph.Packages.ToDictionary(entry => entry.Package.Value);
        return (from entry in graph.Packages
                from needed in (entry.DependsOn ?? []).Select(dependency => present.GetValueOrDefault(dependency.Package.Value)).OfType<LockEntry>().Distinct()
                orderby entry.Package.Value
                select (entry, needed)).ToLookup(edge => edge.needed, edge => edge.entry);
    }

    // From the last wave back, whoever needs a package is counted before it.
    private static Dictionary<LockEntry, long> CountAll(PackageGraph graph, LockEntry package, ILookup<LockEntry, LockEntry> neededBy)
    {
        var counts = new Dictionary<LockEntry, long>();
        foreach (var entry in graph.Waves.Reverse().SelectMany(wave => wave))
        {
            counts[entry] = Math.Min(Countless, (entry.IsIndirect ? 0 : 1) + neededBy[entry].Sum(dependent => counts[dependent]));
            if (entry == package)
            {
                break;
            }
        }

        return counts;
    }

    // Depth first, without recursion, and only where a declared package is ahead: each step belongs to a path that is listed.
    private static IEnumerable<ImmutableArray<LockEntry>> Walk(LockEntry package, ILookup<LockEntry, LockEntry> neededBy, Dictionary<LockEntry, long> counts)
    {
        var open = new Stack<ImmutableList<LockEntry>>([[package]]);
        while (open.TryPop(out var path))
        {
            var first = path[0];
            if (!first.IsIndirect && path.Count > 1)
            {
                yield return [.. path];
            }

            foreach (var dependent in neededBy[first].Where(dependent => counts[dependent] > 0).Reverse())
            {
                open.Push(path.Insert(0, dependent));
            }
        }
    }
}
