using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages.Locking;

/// <summary>
/// Makes the indirect entries of one package apply exactly where they are needed, and drops those that are no longer needed.
/// Patterns that match no other environment are kept, because a person wrote them; names are added.
/// </summary>
/// <param name="environments">Every environment.</param>
/// <param name="applies">Where each entry of the lockfile applies; the other entries are new.</param>
/// <param name="needed">Where each entry is needed; a direct one is needed wherever it applies.</param>
internal sealed class IndirectPlacement(ImmutableArray<EnvironmentName> environments, EntryPlaces applies, EntryPlaces needed)
{
    /// <summary>The entries of one package that stay: as they were, or with other environments.</summary>
    public IEnumerable<KeyValuePair<LockEntry, LockEntry>> Place(IReadOnlyList<LockEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (!entry.IsIndirect || (applies.Has(entry) && needed.Of(entry).SetEquals(WillApply(entry))))
                yield return new(entry, entry);
            else if (needed.Of(entry).Count > 0)
                yield return new(entry, entry with { Environments = IsEverywhere(entry) ? null : Patterns(entry) });
        }

        // Without a list, an entry applies where none of the others does once they are placed.
        IEnumerable<EnvironmentName> WillApply(LockEntry entry) =>
            entry.Environments is not null
                ? applies.Of(entry)
                : environments.Where(name => !entries.Any(other => other != entry && needed.Of(other).Contains(name)));

        // Only one entry of a package can have no list.
        bool IsEverywhere(LockEntry entry) =>
            needed.Of(entry).Count == environments.Length
            && !entries.Any(other => other != entry && other.Environments is null && applies.Has(other));
    }

    private ImmutableArray<Located<NamePattern>> Patterns(LockEntry entry)
    {
        var where = needed.Of(entry);
        var kept = (entry.Environments ?? [])
            .Where(pattern => environments.All(name => !pattern.Value.Matches(name.Value) || where.Contains(name)))
            .ToList();
        var names = where.Where(name => !kept.Exists(pattern => pattern.Value.Matches(name.Value))).Order();
        return [.. kept, .. names.Select(name => new Located<NamePattern>(new(name.Value), entry.Package.Span))];
    }
}
