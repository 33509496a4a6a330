using System.Collections.Immutable;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;

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
    /// <param name="after">The lockfile as it is.</param>
    /// <param name="environments">The environments, in the order in which moves name them.</param>
    public static ImmutableArray<EnvironmentMove> Between(PackageLock before, PackageLock after, ImmutableArray<EnvironmentName> environments)
    {
        var (was, now) = (Present(before, environments), Present(after, environments));
        return
        [
            .. before
                .Packages.Concat(after.Packages)
                .Select(entry => entry.Package.Value)
                .Distinct()
                .SelectMany(package =>
                    environments
                        .Select(name => (Name: name, From: was.GetValueOrDefault((package, name)), To: now.GetValueOrDefault((package, name))))
                        .Where(one => one.From?.Version.Value != one.To?.Version.Value)
                        .GroupBy(one => Like(package, one.From, one.To))
                        .Select(alike => alike.Key with { Environments = [.. alike.Select(one => one.Name)] })
                ),
        ];
    }

    private static EnvironmentMove Like(Repository package, LockEntry? from, LockEntry? to) =>
        new(package, (to ?? from)!.Kind, from?.Version.Value, to?.Version.Value, [], (to ?? from)!.IsIndirect);

    private static Dictionary<(Repository, EnvironmentName), LockEntry> Present(PackageLock lockfile, ImmutableArray<EnvironmentName> environments)
    {
        var present = new Dictionary<(Repository, EnvironmentName), LockEntry>();
        foreach (var (names, entries) in EntrySelection.Select(lockfile.Packages, environments).Groups)
        {
            foreach (var name in names)
            {
                foreach (var entry in entries)
                {
                    present.TryAdd((entry.Package.Value, name), entry);
                }
            }
        }

        return present;
    }
}
