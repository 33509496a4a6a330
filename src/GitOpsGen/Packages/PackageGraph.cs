using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages;

/// <summary>
/// What runs in some environments, in the order of installation. Environments for which the same lock entries apply share one
/// graph: a fleet of a thousand clusters has as many graphs as it has different sets of versions.
/// </summary>
/// <param name="Environments">The environments, in ordinal order.</param>
/// <param name="Core">The core; <see langword="null"/> where something else installs it.</param>
/// <param name="Waves">
/// The packages by wave: wave 0 depends on nothing, each later one only on earlier ones. Within a wave by object name. A
/// package whose dependencies are not known comes after every one that does not itself depend on it.
/// </param>
internal sealed record PackageGraph(ImmutableArray<EnvironmentName> Environments, LockEntry? Core, ImmutableArray<ImmutableArray<LockEntry>> Waves)
{
    /// <summary>The packages without a wave, because they are in a cycle or depend on one: an error, but the graph can still be shown.</summary>
    public ImmutableArray<LockEntry> Unordered { get; init; } = [];

    /// <summary>Every package in a wave, the core left out.</summary>
    public IEnumerable<LockEntry> Packages => Waves.SelectMany(wave => wave);

    /// <summary>The environments as a message names them: all of them if they are few.</summary>
    public string EnvironmentsText => EnvironmentName.TextOf(Environments);
}

/// <summary>From the lock to one graph for each set of packages that run together, with every rule about them.</summary>
internal static class GraphBuilder
{
    /// <summary>
    /// The graphs of all environments, and the findings: about the lock, and about the graphs of those environments that
    /// <paramref name="isSelected"/> accepts.
    /// </summary>
    /// <param name="lockfile">The lock.</param>
    /// <param name="environments">All environments.</param>
    /// <param name="isSelected">Those that are judged.</param>
    /// <param name="ignoresCore">See <see cref="GraphRules"/>; nowhere by default.</param>
    public static (ImmutableArray<PackageGraph> Graphs, ImmutableArray<Diagnostic> Found) Build(
        PackageLock lockfile,
        ImmutableArray<EnvironmentName> environments,
        Func<EnvironmentName, bool> isSelected,
        Func<EnvironmentName, ObjectName, bool>? ignoresCore = null
    )
    {
        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);
        var findings = new GraphFindings();
        LockRules.Check(lockfile.Packages, bag);
        var (groups, found) = EntrySelection.Select(lockfile.Packages, environments);
        bag.AddRange(found);
        var graphs = groups.Select(group => Graph(group.Environments, group.Entries)).ToImmutableArray();
        findings.AddTo(bag);
        return (graphs, bag.ToImmutable());

        PackageGraph Graph(ImmutableArray<EnvironmentName> names, ImmutableArray<LockEntry> entries)
        {
            var (waves, left) = WaveOrder.Of([.. entries.Where(e => e.Kind != PackageKind.Crossplane)]);
            if (names.Where(isSelected).ToImmutableArray() is { Length: > 0 } selected)
            {
                var rules = new GraphRules(entries, ignoresCore ?? ((_, _) => false), findings.In(selected));
                rules.Check();
                rules.ReportCycles(left);
            }

            return new(names, entries.FirstOrDefault(e => e.Kind == PackageKind.Crossplane), waves) { Unordered = left };
        }
    }
}
