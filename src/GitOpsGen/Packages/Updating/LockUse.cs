using GitOpsGen.Lockfile;
using GitOpsGen.Packages.Locking;

namespace GitOpsGen.Packages.Updating;

/// <summary>Where the entries of a lockfile apply, and what needs them there.</summary>
internal sealed class LockUse
{
    private readonly EntryPlaces applies = new();
    private readonly Dictionary<IReadOnlySet<EnvironmentName>, IReadOnlySet<EnvironmentName>> selected = [];

    // By the package that is needed: every package of a long lockfile asks.
    private readonly Lazy<ILookup<Repository, Demand>> demands;

    public LockUse(PackageLock lockfile, LockScope scope)
    {
        (Lockfile, Scope) = (lockfile, scope);
        demands = new(() => Demands().ToLookup(demand => demand.Dependency.Package.Value));
        Selected = [.. scope.Present.Where(scope.IsPresentSelected)];
        (Groups, _) = EntrySelection.Select(lockfile.Packages, scope.Present);
        foreach (var (names, entries) in Groups)
            applies.Note(names, entries);
    }

    public PackageLock Lockfile { get; }

    public LockScope Scope { get; }

    /// <summary>The environments that the user selected.</summary>
    public ImmutableArray<EnvironmentName> Selected { get; }

    /// <summary>The entries that apply together, with the environments where they do.</summary>
    public ImmutableArray<(ImmutableArray<EnvironmentName> Environments, ImmutableArray<LockEntry> Entries)> Groups { get; }

    /// <summary>Every environment where an entry applies.</summary>
    public IReadOnlySet<EnvironmentName> Of(LockEntry entry) => applies.Of(entry);

    /// <summary>Those of them that the user selected.</summary>
    public IReadOnlySet<EnvironmentName> SelectedOf(LockEntry entry)
    {
        var all = Of(entry);
        return selected.TryGetValue(all, out var known) ? known : selected[all] = all.Where(Scope.IsPresentSelected).ToHashSet();
    }

    /// <summary>Whether to work on an entry: it applies in a selected environment. Without a selection all do, also those that apply nowhere yet.</summary>
    public bool IsSelected(LockEntry entry) => Scope.Patterns.IsEmpty || SelectedOf(entry).Count > 0;

    /// <summary>The dependents of a package in some environments, each once, in the order of the file.</summary>
    public ImmutableArray<Demand> DemandsOn(Repository package, IReadOnlySet<EnvironmentName> where) =>
        [.. demands.Value[package].Where(demand => Of(demand.Dependent).Overlaps(where))];

    private IEnumerable<Demand> Demands() =>
        from entry in Lockfile.Packages
        from need in (entry.DependsOn ?? []).DistinctBy(need => need.Package.Value)
        select new Demand(entry, need);
}
