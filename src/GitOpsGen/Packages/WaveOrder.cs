using System.Collections.Immutable;
using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages;

/// <summary>Orders packages so that every one comes after what it depends on.</summary>
internal static class WaveOrder
{
    /// <summary>The waves, and the packages that are left because they stand in a cycle or behind one.</summary>
    public static (ImmutableArray<ImmutableArray<LockEntry>> Waves, ImmutableArray<LockEntry> Left) Of(ImmutableArray<LockEntry> packages)
    {
        var present = packages.ToDictionary(p => p.Package.Value);
        var needs = packages.ToDictionary(
            p => p, p => (p.DependsOn ?? []).Select(d => present.GetValueOrDefault(d.Package.Value)).OfType<LockEntry>().ToHashSet());

        // What is not known could be anything: behind all packages that do not need it.
        var unknown = packages.Where(p => p.DependsOn is null).ToList();
        if (unknown.Count > 0)
        {
            var dependents = Dependents(packages, needs, unknown);
            var certain = packages.Where(p => p.DependsOn is not null && !dependents.Contains(p)).ToList();
            foreach (var package in unknown)
            {
                needs[package].UnionWith(certain);
            }
        }

        return Layer(packages, needs);
    }

    private static HashSet<LockEntry> Dependents(
        ImmutableArray<LockEntry> packages, Dictionary<LockEntry, HashSet<LockEntry>> needs, List<LockEntry> of)
    {
        var neededBy = packages.SelectMany(p => needs[p].Select(need => (need, p))).ToLookup(edge => edge.need, edge => edge.p);
        var found = new HashSet<LockEntry>(of);
        var open = new Queue<LockEntry>(of);
        while (open.TryDequeue(out var package))
        {
            foreach (var dependent in neededBy[package].Where(found.Add))
            {
                open.Enqueue(dependent);
            }
        }

        return found;
    }

    // Kahn's algorithm in layers: linear in packages and edges, and no recursion to overflow on a long chain.
    private static (ImmutableArray<ImmutableArray<LockEntry>>, ImmutableArray<LockEntry>) Layer(
        ImmutableArray<LockEntry> packages, Dictionary<LockEntry, HashSet<LockEntry>> needs)
    {
        var neededBy = packages.SelectMany(p => needs[p].Select(need => (need, p))).ToLookup(edge => edge.need, edge => edge.p);
        var missing = packages.ToDictionary(p => p, p => needs[p].Count);
        var waves = ImmutableArray.CreateBuilder<ImmutableArray<LockEntry>>();
        var ready = packages.Where(p => missing[p] == 0).ToList();
        while (ready.Count > 0)
        {
            waves.Add([.. ready.OrderBy(p => p.ObjectName).ThenBy(p => p.Package.Value)]);
            ready = [.. ready.SelectMany(p => neededBy[p]).Where(p => --missing[p] == 0)];
        }

        var placed = waves.SelectMany(wave => wave).ToHashSet();
        return (waves.ToImmutable(), [.. packages.Where(p => !placed.Contains(p))]);
    }
}
