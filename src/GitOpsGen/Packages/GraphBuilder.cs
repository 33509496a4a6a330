using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;

namespace GitOpsGen.Packages;

/// <summary>From the lock to one graph for each set of packages that run together, with every rule about them.</summary>
internal static class GraphBuilder
{
    /// <summary>
    /// The graphs of all environments, and the findings: about the lock, and about the graphs of those environments that
    /// <paramref name="isSelected"/> accepts.
    /// </summary>
    public static (ImmutableArray<PackageGraph> Graphs, ImmutableArray<Diagnostic> Found) Build(
        PackageLock lockfile,
        ImmutableArray<EnvironmentName> environments,
        Func<EnvironmentName, bool> isSelected
    )
    {
        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);
        var findings = new GraphFindings();
        LockRules.Check(lockfile.Packages, bag);
        var (groups, found) = EntrySelection.Select(lockfile.Packages, environments);
        bag.AddRange(found);
        var graphs = groups.Select(group => Graph(group.Environments, group.Entries, isSelected, findings)).ToImmutableArray();
        findings.AddTo(bag);
        return (graphs, bag.ToImmutable());
    }

    private static PackageGraph Graph(
        ImmutableArray<EnvironmentName> environments,
        ImmutableArray<LockEntry> entries,
        Func<EnvironmentName, bool> isSelected,
        GraphFindings findings
    )
    {
        var (waves, left) = WaveOrder.Of([.. entries.Where(e => e.Kind != PackageKind.Crossplane)]);
        if (environments.Where(isSelected).ToImmutableArray() is { Length: > 0 } selected)
        {
            var rules = new GraphRules(entries, findings.In(selected));
            rules.Check();
            rules.ReportCycles(left);
        }

        return new(environments, entries.FirstOrDefault(e => e.Kind == PackageKind.Crossplane), waves) { Unordered = left };
    }
}
