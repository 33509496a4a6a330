using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages;

/// <summary>The rules about entries, whatever the environment.</summary>
internal static class LockRules
{
    public static void Check(ImmutableArray<LockEntry> entries, DiagnosticBag bag)
    {
        foreach (var entry in entries)
            CheckEntry(entry, bag);

        CheckFolders(entries, bag);
    }

    private static void CheckEntry(LockEntry entry, DiagnosticBag bag)
    {
        if (Staleness(entry) is { } stale)
        {
            bag.Add(stale);
        }
        else if (entry.Locked is null)
        {
            bag.Add(
                Rules.NoDigest,
                entry.Package.Span,
                $"{entry.Package} {entry.Version} is not locked: its tag could move unseen.",
                "Run 'gitopsgen lock'."
            );
        }

        if (entry.Kind == PackageKind.Crossplane)
            return;

        if (entry.Chart is { } chart)
        {
            bag.Add(
                Rules.ChartMisplaced,
                chart.Span,
                $"{entry.Package} is a {entry.Kind}; only Crossplane itself has a chart.",
                "Move 'chart' to the entry of kind Crossplane."
            );
        }

        if (entry.DependsOn is null && !entry.IsStale)
        {
            bag.Add(
                Rules.DependenciesUnknown,
                entry.Package.Span,
                $"The dependencies of {entry.Package} {entry.Version} are not known; it is installed last.",
                "Run 'gitopsgen lock', or add 'dependsOn' as the package publishes it; an empty list says that it has none."
            );
        }
    }

    /// <summary>Why what an entry says is not about its version; <see langword="null"/> where it is.</summary>
    public static Diagnostic? Staleness(LockEntry entry) =>
        entry switch
        {
            { UnboundDigest: { } unbound } => new(
                Rules.UnboundDigest,
                $"'digest' does not say which version of {entry.Package} it belongs to.",
                "Run 'gitopsgen lock': it reads the entry again and writes 'locked'.",
                unbound.Span
            ),
            { IsStale: true, Locked: { } locked } => new(
                Rules.StaleEntry,
                $"{entry.Package} is at {entry.Version}, but was locked as {Excerpt.Of(locked.Value.Tag)}: digest and dependencies are those of another version.",
                "Run 'gitopsgen lock'.",
                entry.Version.Span
            ),
            _ => null,
        };

    // A limit of GitOpsGen alone: base/<object>/ is one folder for all environments, and its file has one kind.
    private static void CheckFolders(ImmutableArray<LockEntry> entries, DiagnosticBag bag)
    {
        var owners = new Dictionary<ObjectName, LockEntry>();
        foreach (var entry in entries.Where(e => e.Kind != PackageKind.Crossplane))
        {
            if (!owners.TryAdd(entry.ObjectName, entry) && owners[entry.ObjectName] is var owner && owner.Kind != entry.Kind)
            {
                bag.Add(
                    Rules.ObjectNameCollision,
                    entry.Name?.Span ?? entry.Package.Span,
                    $"{entry.Kind} {entry.ObjectName} and {owner.Kind} {owner.ObjectName} (line {owner.Package.Span.Start.Line}) have one name. Kubernetes allows that; GitOpsGen does not, because its folder base/{entry.ObjectName}/ and the settings know packages by name alone.",
                    "Give one of them another 'name', best one that nothing depends on."
                );
            }
        }
    }
}
