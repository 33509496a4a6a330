using System.Collections.Immutable;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages.Locking;

namespace GitOpsGen.Packages.Updating;

/// <summary>Where the entries of a lockfile apply, and what needs them there.</summary>
internal sealed class LockUse
{
    private static readonly IReadOnlySet<EnvironmentName> Nowhere = ImmutableHashSet<EnvironmentName>.Empty;

    private readonly ImmutableArray<(ImmutableArray<EnvironmentName> Environments, ImmutableArray<LockEntry> Entries)> groups;
    private readonly Dictionary<LockEntry, HashSet<EnvironmentName>> applies = [];

    public LockUse(PackageLock lockfile, LockScope scope)
    {
        Scope = scope;
        (groups, _) = EntrySelection.Select(lockfile.Packages, scope.Present);
        foreach (var (names, entries) in groups)
        {
            foreach (var entry in entries)
            {
                applies.TryAdd(entry, []);
                applies[entry].UnionWith(names);
            }
        }
    }

    public LockScope Scope { get; }

    /// <summary>Every environment where an entry applies.</summary>
    public IReadOnlySet<EnvironmentName> Of(LockEntry entry) => applies.GetValueOrDefault(entry) ?? Nowhere;

    /// <summary>Those of them that the user selected.</summary>
    public ImmutableHashSet<EnvironmentName> SelectedOf(LockEntry entry) => [.. Of(entry).Where(Scope.IsPresentSelected)];

    /// <summary>Whether to work on an entry: it applies in a selected environment, or, without a selection, it applies nowhere yet.</summary>
    public bool IsSelected(LockEntry entry) => !SelectedOf(entry).IsEmpty || (Of(entry).Count == 0 && Scope.Patterns.IsEmpty);

    /// <summary>The dependents of a package in some environments, each once.</summary>
    public ImmutableArray<Demand> DemandsOn(Repository package, IReadOnlySet<EnvironmentName> where) =>
        [
            .. groups
                .Where(group => group.Environments.Any(where.Contains))
                .SelectMany(group => group.Entries)
                .Distinct()
                .SelectMany(entry =>
                    (entry.DependsOn ?? []).Where(need => need.Package.Value == package).Take(1).Select(need => new Demand(entry, need))
                ),
        ];
}
