using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages.Updating;

/// <summary>What a change of the lockfile does to environments: a package comes to them, leaves them, or is at another version there.</summary>
/// <param name="Package">The package.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="From">The version before; <see langword="null"/> where the environments did not have the package.</param>
/// <param name="To">The version now; <see langword="null"/> where they have it no longer.</param>
/// <param name="Environments">Those to which the same happens, in the order that was asked for.</param>
/// <param name="IsIndirect">Whether it is there, or was, only because another package depends on it.</param>
internal sealed record EnvironmentMove(
    Repository Package,
    PackageKind Kind,
    PackageVersion? From,
    PackageVersion? To,
    ImmutableArray<EnvironmentName> Environments,
    bool IsIndirect
)
{
    /// <summary>What happens, in a word: added, removed, changed.</summary>
    public string Change =>
        From is null ? "added"
        : To is null ? "removed"
        : "changed";

    /// <summary>The moves between two lockfiles, in the order of their packages; of one package in the order of the environments.</summary>
    /// <param name="before">The lockfile as it was.</param>
    /// <param name="after">The lockfile as it is, for the same environments.</param>
    /// <param name="environments">The environments, in the order in which moves name them.</param>
    public static ImmutableArray<EnvironmentMove> Between(LockUse before, LockUse after, ImmutableArray<EnvironmentName> environments)
    {
        var (was, now) = (ByEnvironment(before), ByEnvironment(after));
        // The same happens wherever the same entries applied and apply: a fleet has few such groups.
        var alike = environments
            .GroupBy(name => (From: was[name], To: now[name]))
            .Select(group => (group.Key.From, group.Key.To, Names: group.ToImmutableArray()))
            .ToList();
        return
        [
            .. before
                .Lockfile.Packages.Concat(after.Lockfile.Packages)
                .Select(entry => entry.Package.Value)
                .Distinct()
                .SelectMany(package =>
                    alike
                        .Select(group => (group.Names, From: group.From.GetValueOrDefault(package), To: group.To.GetValueOrDefault(package)))
                        .Where(group => group.From?.Version.Value != group.To?.Version.Value)
                        .GroupBy(group => Like(package, group.From, group.To))
                        .Select(same => same.Key with { Environments = Ordered([.. same.Select(group => group.Names)]) })
                ),
        ];

        ImmutableArray<EnvironmentName> Ordered(ImmutableArray<ImmutableArray<EnvironmentName>> names) =>
            names is [var one] ? one : [.. environments.Where(names.SelectMany(some => some).ToHashSet().Contains)];
    }

    private static EnvironmentMove Like(Repository package, LockEntry? from, LockEntry? to) =>
        new(package, (to ?? from)!.Kind, from?.Version.Value, to?.Version.Value, [], (to ?? from)!.IsIndirect);

    private static Dictionary<EnvironmentName, Dictionary<Repository, LockEntry>> ByEnvironment(LockUse use) =>
        use
            .Groups.SelectMany(group =>
            {
                var entries = group.Entries.ToDictionary(entry => entry.Package.Value);
                return group.Environments.Select(name => (name, entries));
            })
            .ToDictionary();
}
