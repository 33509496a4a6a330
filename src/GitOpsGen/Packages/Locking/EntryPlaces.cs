using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages.Locking;

/// <summary>
/// Environments of lock entries. They are noted for many entries at once, and made into a set when somebody asks: one set for all entries that
/// have the same place, because a fleet has many entries in many environments.
/// </summary>
internal sealed class EntryPlaces
{
    private static readonly HashSet<EnvironmentName> Nowhere = [];

    private readonly Dictionary<LockEntry, List<ImmutableArray<EnvironmentName>>> noted = [];
    private readonly Dictionary<ImmutableArray<EnvironmentName>, HashSet<EnvironmentName>> sets = [];
    private readonly Dictionary<LockEntry, HashSet<EnvironmentName>> unions = [];

    /// <summary>Every entry that was noted.</summary>
    public IReadOnlyCollection<LockEntry> Entries => noted.Keys;

    /// <summary>Notes environments, or none, for each of some entries.</summary>
    public void Note(ImmutableArray<EnvironmentName> names, IEnumerable<LockEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (!noted.TryGetValue(entry, out var places))
                noted[entry] = places = [];

            if (names.Length > 0)
                places.Add(names);
        }
    }

    /// <summary>Whether an entry was noted.</summary>
    public bool Has(LockEntry entry) => noted.ContainsKey(entry);

    /// <summary>Every environment that was noted for an entry.</summary>
    public IReadOnlySet<EnvironmentName> Of(LockEntry entry) =>
        noted.GetValueOrDefault(entry) switch
        {
            null or [] => Nowhere,
            [var only] => Once(sets, only, () => only),
            var several => Once(unions, entry, () => several.SelectMany(names => names)),
        };

    private static HashSet<EnvironmentName> Once<T>(Dictionary<T, HashSet<EnvironmentName>> made, T key, Func<IEnumerable<EnvironmentName>> names)
        where T : notnull => made.TryGetValue(key, out var set) ? set : made[key] = names().ToHashSet();
}
