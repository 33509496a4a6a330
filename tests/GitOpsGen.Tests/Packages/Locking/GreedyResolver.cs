namespace GitOpsGen.Tests.Packages.Locking;

/// <summary>
/// Crossplane's own resolver, written again from what it was seen to do: its Lock begins with the packages that somebody applied; for the
/// first dependency that is missing there, in the order of the Lock, it creates a package at the highest version which that one asker
/// accepts; it never looks at that version again.
/// </summary>
internal sealed class GreedyResolver(GreedyWorld world)
{
    private readonly List<(int Package, int Version)> installed = [];

    /// <summary>What runs in the end; <see langword="null"/> where some package does not become healthy.</summary>
    public IReadOnlyList<(int Package, int Version)>? Resolve()
    {
        installed.AddRange(world.Roots);
        while (FirstMissing() is { } need)
        {
            if (Highest(need) is not { } version)
                return null;
            installed.Add((need.Target, version));
        }

        return IsHealthy() ? installed : null;
    }

    private IEnumerable<GreedyWorld.Need> Needs((int Package, int Version) of) => world.Published[of.Package][of.Version].Needs;

    private GreedyWorld.Need? FirstMissing() => installed.SelectMany(Needs).FirstOrDefault(need => !installed.Exists(i => i.Package == need.Target));

    private int? Highest(GreedyWorld.Need need) =>
        Enumerable
            .Range(0, world.Published[need.Target].Length)
            .Where(version => need.Constraint.Accepts(world.Published[need.Target][version].Tag))
            .OrderDescending()
            .Select(version => (int?)version)
            .FirstOrDefault();

    // Every direct dependency is there at a version that is accepted, and nothing depends on itself.
    private bool IsHealthy() =>
        installed.SelectMany(Needs).All(need => need.Constraint.Accepts(TagOf(need.Target)))
        && installed.TrueForAll(i => !Reaches(i.Package, i.Package, []));

    private Version TagOf(int package) => world.Published[package][VersionOf(package)].Tag;

    private int VersionOf(int package) => installed.First(i => i.Package == package).Version;

    private bool Reaches(int from, int to, HashSet<int> seen) =>
        Needs((from, VersionOf(from))).Any(need => need.Target == to || (seen.Add(need.Target) && Reaches(need.Target, to, seen)));
}
