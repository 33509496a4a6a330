using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages.Locking;

/// <summary>
/// The lock step: completes a lockfile from what is known of the registries, and says what else to look up. It asks no registry itself:
/// its caller does, and calls again with the results until nothing is missing. The outcome depends on the results, not on their order.
/// </summary>
internal sealed class Resolution
{
    // What the lock step supplies. Where it could not, it has said why.
    private static readonly Rule[] Supplied =
    [
        Rules.MissingDependency,
        Rules.NoDigest,
        Rules.StaleEntry,
        Rules.UnboundDigest,
        Rules.DependenciesUnknown,
    ];

    private readonly PackageLock lockfile;
    private readonly ImmutableArray<EnvironmentName> environments;
    private readonly Func<EnvironmentName, bool> isSelected;
    private readonly Func<EnvironmentName, ObjectName, bool> ignoresCore;
    private readonly LookupReader lookups;
    private readonly EntryCompletion completion;
    private readonly VersionChoice versions;
    private readonly EntryPlaces applies = new();
    private readonly EntryPlaces needed = new();

    private Resolution(PackageLock lockfile, LockScope scope, LookupResults known)
    {
        this.lockfile = lockfile;
        environments = scope.Present;
        isSelected = scope.IsPresentSelected;
        ignoresCore = scope.IgnoresCore;
        lookups = new(known);
        completion = new(lookups, scope);
        versions = new(lockfile, lookups);
        applies.Note([], lockfile.Packages);
    }

    /// <summary>Goes as far as the results allow.</summary>
    /// <param name="lockfile">As it was read, or edited; the same in every call.</param>
    /// <param name="scope">What it is completed for.</param>
    /// <param name="known">All results so far.</param>
    public static ResolutionStep Advance(PackageLock lockfile, LockScope scope, LookupResults known) =>
        new Resolution(lockfile, scope, known).Advance();

    private ResolutionStep Advance()
    {
        var (groups, found) = EntrySelection.Select(lockfile.Packages, environments);
        if (found.Any(d => d is { Severity: Severity.Error, Rule.CanChange: false }))
            return new(lockfile, [], found) { IsComplete = false };

        foreach (var (names, entries) in groups)
        {
            applies.Note(names, entries);
            needed.Note(names, entries.Where(e => !e.IsIndirect));
            needed.Note([.. names.Where(name => !isSelected(name))], entries);
        }

        var isKnown = FindClosures(groups) & CompleteUnused();
        return isKnown ? Finish() : Unfinished();
    }

    private bool FindClosures(ImmutableArray<(ImmutableArray<EnvironmentName> Environments, ImmutableArray<LockEntry> Entries)> groups)
    {
        var declaredEverywhere = lockfile
            .Packages.Where(e => e is { IsIndirect: false, Environments: null })
            .Select(e => e.Package.Value)
            .ToHashSet();
        var findings = new GraphFindings();
        var isKnown = true;
        foreach (var (names, entries) in groups)
        {
            if (names.Where(isSelected).ToImmutableArray() is not { Length: > 0 } selected)
                continue;

            // An indirect entry can set the version of a package that is declared without environments.
            var declared = entries.Where(e => !e.IsIndirect || declaredEverywhere.Contains(e.Package.Value)).ToImmutableArray();
            var search = new ClosureSearch(declared, entries.ToDictionary(e => e.Package.Value));
            if (search.Find(completion, versions, findings.In(selected)) is { } closure)
                needed.Note(selected, closure);
            else
                isKnown = false;
        }

        findings.AddTo(lookups.Bag);
        return isKnown;
    }

    /// <summary>Entries for environments that do not exist now, such as previews, are completed too.</summary>
    private bool CompleteUnused()
    {
        var isKnown = true;
        foreach (var entry in environments.All(isSelected) ? lockfile.Packages.Where(e => applies.Of(e).Count == 0) : [])
            isKnown &= completion.Complete(entry) is not null;

        return isKnown;
    }

    private ResolutionStep Finish()
    {
        var placement = new IndirectPlacement(environments, applies, needed);
        var added = needed.Entries.Except(lockfile.Packages).OrderBy(e => e.Package.Value).ThenBy(e => e.Version.Value);
        var all = lockfile.Packages.Concat(added).ToList();
        var placed = all.GroupBy(e => e.Package.Value).SelectMany(package => placement.Place([.. package])).ToDictionary();
        var wanted = new PackageLock([.. all.Where(placed.ContainsKey).Select(e => Merge(completion.Known(e), placed[e]))]);
        var (_, found) = GraphBuilder.Build(wanted, environments, isSelected, ignoresCore);
        return new(wanted, [], [.. lookups.Found, .. found.Where(d => !Supplied.Contains(d.Rule))]);
    }

    private ResolutionStep Unfinished() =>
        new(new([.. lockfile.Packages.Select(completion.Known)]), lookups.Missing, lookups.Found) { IsComplete = false };

    private static LockEntry Merge(LockEntry completed, LockEntry placed) =>
        completed.Environments == placed.Environments ? completed : completed with { Environments = placed.Environments };
}

/// <summary>How far a lockfile can be completed with what is known.</summary>
/// <param name="Lockfile">
/// Until it is complete, the entries as far as they are known. Then the whole, with packages added, dropped, and moved between
/// environments. Entries of the file keep their order; new ones follow, by package and version.
/// </param>
/// <param name="Missing">What to look up next; the results may lead to further lookups.</param>
/// <param name="Diagnostics">What is wrong so far.</param>
internal sealed record ResolutionStep(PackageLock Lockfile, ImmutableArray<RegistryLookup> Missing, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Whether the lockfile is complete. If not, and nothing is missing, <see cref="Diagnostics"/> says why.</summary>
    public bool IsComplete { get; init; } = true;
}
