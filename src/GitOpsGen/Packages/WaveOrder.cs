using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages;

/// <summary>
/// Orders packages so that every one comes after what it depends on: Kahn's algorithm in layers, linear in packages and
/// dependencies, without recursion, which a long chain could overflow.
/// </summary>
internal sealed class WaveOrder
{
    private readonly ImmutableArray<LockEntry> packages;
    private readonly ILookup<LockEntry, LockEntry> neededBy;
    private readonly Dictionary<LockEntry, int> missing;
    private readonly ImmutableArray<ImmutableArray<LockEntry>>.Builder waves = ImmutableArray.CreateBuilder<ImmutableArray<LockEntry>>();

    private WaveOrder(ImmutableArray<LockEntry> packages)
    {
        this.packages = packages;
        var present = packages.ToDictionary(p => p.Package.Value);
        var needs = packages.ToDictionary(
            p => p,
            p => (p.DependsOn ?? []).Select(d => present.GetValueOrDefault(d.Package.Value)).OfType<LockEntry>().ToHashSet()
        );
        neededBy = packages.SelectMany(p => needs[p].Select(need => (need, p))).ToLookup(edge => edge.need, edge => edge.p);
        missing = packages.ToDictionary(p => p, p => needs[p].Count);
    }

    /// <summary>The waves, and the packages that are left because they are in a cycle or depend on one.</summary>
    public static (ImmutableArray<ImmutableArray<LockEntry>> Waves, ImmutableArray<LockEntry> Left) Of(ImmutableArray<LockEntry> packages)
    {
        var order = new WaveOrder(packages);
        order.PlaceFrom([.. packages.Where(p => p.DependsOn is not null && order.missing[p] == 0)]);

        // A package whose dependencies are not known may need any other: it comes after all that do not need it themselves.
        order.PlaceFrom([.. packages.Where(p => p.DependsOn is null)]);
        var placed = order.waves.SelectMany(wave => wave).ToHashSet();
        return (order.waves.ToImmutable(), [.. order.packages.Where(p => !placed.Contains(p))]);
    }

    private void PlaceFrom(List<LockEntry> ready)
    {
        while (ready.Count > 0)
        {
            waves.Add([.. ready.OrderBy(p => p.ObjectName).ThenBy(p => p.Package.Value)]);
            ready = [.. ready.SelectMany(p => neededBy[p]).Where(p => --missing[p] == 0)];
        }
    }
}
