using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages.Updating;

/// <summary>An entry that is not at the newest version, or whose version its registry no longer has.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Environments">Where it applies, of the selected environments, in ordinal order.</param>
internal sealed record OutdatedEntry(LockEntry Entry, ImmutableArray<EnvironmentName> Environments)
{
    /// <summary>Where <c>update</c> would move it if it is named; <see langword="null"/>: nowhere.</summary>
    public PackageVersion? Compatible { get; private init; }

    /// <summary>The newest version, whether or not dependents accept it; <see langword="null"/> where none is newer.</summary>
    public PackageVersion? Newest { get; private init; }

    /// <summary>Whether <see cref="Newest"/> is a major step away, so that <c>update</c> takes it only with <c>--major</c> or <c>--to</c>.</summary>
    public bool IsMajor => Newest is not null && UpdateLimits.IsMajorStep(Entry.Version.Value, Newest);

    /// <summary>Whether the registry no longer lists the tag of the current version.</summary>
    public bool IsGone { get; private init; }

    /// <summary>Finds the outdated entries, in the order of the file.</summary>
    public static ImmutableArray<OutdatedEntry> Of(ImmutableArray<LockEntry> entries, LockUse use, UpdateLimits limits, VersionCatalogue versions)
    {
        var any = new UpdateLimits { Step = UpdateStep.Any, AllowsPrereleases = limits.AllowsPrereleases };
        return
        [
            .. entries
                .Where(use.IsSelected)
                .Select(entry =>
                {
                    var (where, published) = (use.SelectedOf(entry), versions[entry.Package.Value]);
                    return new OutdatedEntry(entry, [.. where.Order()])
                    {
                        Compatible = VersionFinder.Find(entry, published, limits, use.DemandsOn(entry.Package.Value, where)),
                        Newest = VersionFinder.Find(entry, published, any, []),
                        IsGone = !published.Descending.Contains(entry.Version.Value),
                    };
                })
                .Where(row => row.Newest is not null || row.IsGone),
        ];
    }
}
