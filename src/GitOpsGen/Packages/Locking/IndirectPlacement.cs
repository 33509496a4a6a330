using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;

namespace GitOpsGen.Packages.Locking;

/// <summary>
/// Makes the indirect entries of one package apply exactly where they are needed, and drops those that are no longer needed.
/// Patterns that match no other environment are kept, because a person wrote them; names are added.
/// </summary>
/// <param name="environments">Every environment.</param>
/// <param name="applies">Where each entry of the lockfile applies; the other entries are new.</param>
/// <param name="needed">Where each entry is needed; a direct one is needed wherever it applies.</param>
internal sealed class IndirectPlacement(
    ImmutableArray<EnvironmentName> environments,
    Dictionary<LockEntry, HashSet<EnvironmentName>> applies,
    Dictionary<LockEntry, HashSet<EnvironmentName>> needed
)
{
    private static readonly HashSet<EnvironmentName> Nowhere = [];

    /// <summary>The entries of one package that stay: as they were, or with other environments.</summary>
    public IEnumerable<KeyValuePair<LockEntry, LockEntry>> Place(IReadOnlyList<LockEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (!entry.IsIndirect || (applies.TryGetValue(entry, out var now) && Needed(entry).SetEquals(WillApply(entry, now))))
            {
                yield return new(entry, entry);
            }
            else if (Needed(entry).Count > 0)
            {
                yield return new(entry, entry with { Environments = IsEverywhere(entry) ? null : Patterns(entry) });
            }
        }

        // Without a list, an entry applies where none of the others does once they are placed.
        HashSet<EnvironmentName> WillApply(LockEntry entry, HashSet<EnvironmentName> now) =>
            entry.Environments is not null
                ? now
                : [.. environments.Where(name => !entries.Any(other => other != entry && Needed(other).Contains(name)))];

        // Only one entry of a package can have no list.
        bool IsEverywhere(LockEntry entry) =>
            Needed(entry).Count == environments.Length
            && !entries.Any(other => other != entry && other.Environments is null && applies.ContainsKey(other));
    }

    private HashSet<EnvironmentName> Needed(LockEntry entry) => needed.GetValueOrDefault(entry) ?? Nowhere;

    private ImmutableArray<Located<NamePattern>> Patterns(LockEntry entry)
    {
        var where = Needed(entry);
        var kept = (entry.Environments ?? [])
            .Where(pattern => environments.All(name => !pattern.Value.Matches(name.Value) || where.Contains(name)))
            .ToList();
        var names = where.Where(name => !kept.Exists(pattern => pattern.Value.Matches(name.Value))).Order();
        return [.. kept, .. names.Select(name => new Located<NamePattern>(new(name.Value), entry.Package.Span))];
    }
}
