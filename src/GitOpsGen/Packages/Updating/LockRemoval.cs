using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages.Updating;

/// <summary>
/// <c>remove</c>: declares packages no longer in the selected environments. The lock step then drops what nothing needs, and keeps as
/// indirect what others still need.
/// </summary>
internal static class LockRemoval
{
    /// <summary>The lockfile without the declarations; an error where nothing is declared and others need the packages.</summary>
    /// <param name="entries">The entries of the packages to remove.</param>
    /// <param name="use">The lockfile as it was read.</param>
    public static Result<PackageLock> Of(ImmutableArray<LockEntry> entries, LockUse use)
    {
        var bag = new DiagnosticBag();
        var going = entries.Where(use.IsSelected).ToHashSet();
        var isDeclared = going.Any(entry => !entry.IsIndirect);
        foreach (var package in going.Where(entry => isDeclared != entry.IsIndirect).GroupBy(entry => entry.Package.Value))
        {
            var where = package.SelectMany(use.SelectedOf).ToHashSet();
            ImmutableArray<LockEntry> dependents =
            [
                .. use.DemandsOn(package.Key, where).Select(demand => demand.Dependent).Where(dependent => !going.Contains(dependent)),
            ];
            if (dependents.Length > 0)
            {
                bag.Add(
                    isDeclared
                        ? new(
                            Rules.StillNeeded,
                            $"{package.Key} stays as an indirect package: {Text(dependents)} it.",
                            "To remove it, remove those too.",
                            package.First().Package.Span
                        )
                        : new(
                            Rules.NotDeclared,
                            $"{package.Key} is only here because {Text(dependents)} it.",
                            "Remove those: it goes with the last of them.",
                            package.First().Package.Span
                        )
                );
            }
        }

        return new(
            bag.HasFixedErrors ? null : new([.. use.Lockfile.Packages.SelectMany(entry => going.Contains(entry) ? Withdrawn(entry, use) : [entry])]),
            bag.ToImmutable()
        );
    }

    // Where only some environments are selected, the entry stays for the others.
    private static IEnumerable<LockEntry> Withdrawn(LockEntry entry, LockUse use)
    {
        var going = use.SelectedOf(entry);
        if (going.Count == use.Of(entry).Count)
            return [entry with { IsIndirect = true }];

        var patterns = new EnvironmentSplit(use.Scope);
        var rest = patterns.Staying(entry, going) ?? [.. EnvironmentSplit.Names(entry, use.Of(entry).Where(name => !going.Contains(name)))];
        return [entry with { Environments = rest }, entry with { Index = null, IsIndirect = true, Environments = patterns.Leaving(entry, going) }];
    }

    private static string Text(ImmutableArray<LockEntry> dependents) =>
        dependents switch
        {
            [var one] => $"{one.ObjectName} {one.Version} needs",
            _ => $"{Excerpt.Names([.. dependents.Select(one => one.ObjectName.Value)], 4)} need",
        };
}
