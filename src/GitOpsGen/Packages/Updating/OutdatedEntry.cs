using System.Collections.Immutable;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;

namespace GitOpsGen.Packages.Updating;

/// <summary>An entry that is not at the newest version.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Allowed">Where <c>update</c> would move it; <see langword="null"/>: nowhere.</param>
/// <param name="Newest">The newest version, whether or not dependents accept it.</param>
/// <param name="Environments">Where it applies, of the selected environments, in ordinal order.</param>
internal sealed record OutdatedEntry(LockEntry Entry, PackageVersion? Allowed, PackageVersion Newest, ImmutableArray<EnvironmentName> Environments)
{
    /// <summary>Finds the outdated entries, in the order of the file.</summary>
    public static ImmutableArray<OutdatedEntry> Of(ImmutableArray<LockEntry> entries, LockUse use, UpdateLimits limits, VersionCatalogue versions)
    {
        var outdated = ImmutableArray.CreateBuilder<OutdatedEntry>();
        foreach (var entry in entries.Where(entry => use.IsSelected(entry)))
        {
            var (where, published) = (use.SelectedOf(entry), versions[entry.Package.Value]);
            var newest = VersionFinder.Find(entry, published, new() { AllowsPrereleases = limits.AllowsPrereleases }, []);
            if (newest is not null)
            {
                outdated.Add(
                    new(entry, VersionFinder.Find(entry, published, limits, use.DemandsOn(entry.Package.Value, where)), newest, [.. where.Order()])
                );
            }
        }

        return outdated.ToImmutable();
    }
}
