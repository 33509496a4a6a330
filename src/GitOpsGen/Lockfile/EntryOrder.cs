namespace GitOpsGen.Lockfile;

/// <summary>
/// Where new entries appear: after the last entry of the same package, else after the last one that depends on it, else at the end.
/// New entries at one place are ordered by package.
/// </summary>
internal sealed class EntryOrder
{
    private readonly List<LockEntry> placed;
    private readonly ILookup<Repository, LockEntry> dependents;

    private EntryOrder(ImmutableArray<LockEntry> entries)
    {
        placed = [.. entries.Where(e => e.Index is not null).OrderBy(e => e.Index)];
        dependents = entries
            .SelectMany(entry => (entry.DependsOn ?? []).Select(dependency => (Package: dependency.Package.Value, entry)))
            .ToLookup(edge => edge.Package, edge => edge.entry);
    }

    /// <summary>All entries, those of the file in its order.</summary>
    public static ImmutableArray<LockEntry> Of(ImmutableArray<LockEntry> entries)
    {
        var placement = new EntryOrder(entries);
        var waiting = entries.Where(e => e.Index is null).OrderBy(e => e.Package.Value).ThenBy(e => e.Version.Value).ToList();
        var unplaced = waiting.ToHashSet();
        while (waiting.Count > 0)
        {
            // Dependents come first; in a cycle, any of them.
            var next =
                waiting.Find(entry => !placement.dependents[entry.Package.Value].Any(dependent => dependent != entry && unplaced.Contains(dependent)))
                ?? waiting[0];
            waiting.Remove(next);
            unplaced.Remove(next);
            placement.Place(next);
        }

        return [.. placement.placed];
    }

    private void Place(LockEntry entry)
    {
        var anchor = placed.FindLastIndex(other => other.Package.Value == entry.Package.Value);
        anchor = anchor >= 0 ? anchor : placed.FindLastIndex(dependents[entry.Package.Value].Contains);
        if (anchor < 0)
        {
            placed.Add(entry);
            return;
        }

        while (anchor + 1 < placed.Count && placed[anchor + 1].Index is null)
            anchor++;

        placed.Insert(anchor + 1, entry);
    }
}
