using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages.Updating;

/// <summary><c>update</c>: moves packages to the highest versions that are allowed, in the selected environments.</summary>
internal static class LockUpdate
{
    /// <summary>The lockfile with the packages moved; the content of their new versions is not known yet.</summary>
    /// <param name="entries">The entries of the packages that may move.</param>
    /// <param name="use">The lockfile as it was read.</param>
    /// <param name="limits">What the user wants.</param>
    /// <param name="versions">The published versions of each package.</param>
    public static Result<PackageLock> Of(ImmutableArray<LockEntry> entries, LockUse use, UpdateLimits limits, VersionCatalogue versions)
    {
        var bag = new DiagnosticBag();
        var moves = ImmutableArray.CreateBuilder<EntryMove>();
        foreach (var entry in entries.Where(entry => use.IsSelected(entry)))
        {
            var where = use.SelectedOf(entry);
            var demands = use.DemandsOn(entry.Package.Value, where);
            var published = versions[entry.Package.Value];
            if (VersionFinder.Find(entry, published, limits, demands) is not { } version)
            {
                bag.AddRange(VersionFinder.Objection(entry, published, limits, demands) is { } objection ? [objection] : []);
            }
            else if (version != entry.Version.Value)
            {
                moves.Add(new(entry, where, version));
                WarnOfChart(entry, bag);
            }
        }

        return new(bag.HasFixedErrors ? null : PackageMoves.Apply(use, moves.ToImmutable()), bag.ToImmutable());
    }

    /// <summary>
    /// The entries that an update without names is about, or one with names. The core moves only where a name, and not a glob, says so:
    /// every package in the environment is installed by it.
    /// </summary>
    public static ImmutableArray<LockEntry> Movable(ImmutableArray<LockEntry> entries, ImmutableArray<string> names) =>
        [.. entries.Where(entry => entry.Kind != PackageKind.Crossplane || PackageNaming.IsNamed(entry, names))];

    /// <summary>Whether the lockfile itself has the version that a user names exactly, locked for another environment.</summary>
    public static bool IsKnown(PackageLock lockfile, LockEntry entry, UpdateLimits limits) =>
        limits.To is VersionSelection.Exact
        && lockfile.Packages.Any(other =>
            other.Package.Value == entry.Package.Value && other.Digest is not null && limits.To.Accepts(other.Version.Value)
        );

    private static void WarnOfChart(LockEntry core, DiagnosticBag bag)
    {
        if (core.Chart is { } chart && !PackageMoves.HasChartOfItsVersion(core))
        {
            bag.Add(
                Rules.ChartStays,
                chart.Span,
                $"The core moves, but its chart stays at {chart.Value.Version}, because that is not the core's version {core.Version}.",
                "Set the chart's version by hand."
            );
        }
    }
}
