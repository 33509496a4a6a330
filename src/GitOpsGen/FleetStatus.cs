using GitOpsGen.Inputs;
using GitOpsGen.Lockfile;
using GitOpsGen.Packages;
using GitOpsGen.Settings;

namespace GitOpsGen;

/// <summary>Which version of which package runs where.</summary>
/// <param name="Environments">The chosen environments, in the order of the settings.</param>
/// <param name="Packages">The packages, in the order of the lockfile.</param>
/// <param name="Diagnostics">The errors for which a part of it may be wrong. Warnings are left to lint.</param>
internal sealed record FleetStatus(
    ImmutableArray<EnvironmentName> Environments,
    ImmutableArray<PackageStatus> Packages,
    ImmutableArray<Diagnostic> Diagnostics
)
{
    /// <summary>Whether the files could be read.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>Reads what is locked; renders nothing and asks no registry.</summary>
    /// <param name="inputs">What to read.</param>
    /// <param name="options">Which environments.</param>
    /// <param name="today">The day by which the age of versions is counted.</param>
    /// <param name="cancellation">Ends the run.</param>
    public static FleetStatus Of(InputTree inputs, RunOptions options, DateOnly today, CancellationToken cancellation)
    {
        var project = Project.Open(inputs, options.Environments, cancellation);
        if (project is not { Settings: { } settings, Lockfile: { } lockfile, HasFixedErrors: false })
            return new([], [], project.ErrorsWith([])) { IsKnown = false };

        var (groups, found) = EntrySelection.Select(lockfile.Packages, project.Environments);
        var environments = settings.InOrderOfTheFile.Select(e => e.Name.Value).Where(project.IsSelected).ToImmutableArray();
        var isWhole = options.Environments.IsEmpty;
        var used = groups.SelectMany(group => group.Entries).ToHashSet();
        var packages = new OrderedDictionary<Repository, PackageRow>();
        foreach (var entry in lockfile.Packages.Where(entry => isWhole && !used.Contains(entry)))
            RowOf(entry).Entries.Add(entry);

        foreach (var (names, entries) in groups)
        {
            var chosen = names.Where(project.IsSelected).ToList();
            foreach (var entry in chosen.Count > 0 ? entries : [])
            {
                var row = RowOf(entry);
                row.Entries.Add(entry);
                chosen.ForEach(name => row.Versions.TryAdd(name, entry.Version.Value));
            }
        }

        var order = lockfile.Packages.Select(entry => entry.Package.Value).Distinct().Where(packages.ContainsKey);
        return new(environments, [.. order.Select(package => packages[package].ToStatus(settings, today))], project.ErrorsWith(found));

        PackageRow RowOf(LockEntry entry)
        {
            packages.TryAdd(entry.Package.Value, new(entry));
            return packages[entry.Package.Value];
        }
    }

    private sealed class PackageRow(LockEntry first)
    {
        public HashSet<LockEntry> Entries { get; } = [];

        public Dictionary<EnvironmentName, PackageVersion> Versions { get; } = [];

        public PackageStatus ToStatus(ProjectSettings settings, DateOnly today)
        {
            var entries = Entries.OrderBy(entry => entry.Index).ToList();
            return new(first.Package.Value, first.Kind, Versions)
            {
                Stale = VersionsOf(entries.Where(entry => entry.IsStale)),
                Unlocked = VersionsOf(entries.Where(entry => entry is { Locked: null, UnboundDigest: null })),
                Departures =
                [
                    .. entries
                        .Select(entry => Departure.Of(entry, settings, today))
                        .OfType<Departure>()
                        .DistinctBy(departure => departure.Entry.Version.Value),
                ],
            };
        }

        private static ImmutableArray<PackageVersion> VersionsOf(IEnumerable<LockEntry> entries) =>
            [.. entries.Select(entry => entry.Version.Value).Distinct()];
    }
}

/// <summary>One package in all environments.</summary>
/// <param name="Package">The upstream repository.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Versions">Its version in each environment that has it.</param>
internal sealed record PackageStatus(Repository Package, PackageKind Kind, IReadOnlyDictionary<EnvironmentName, PackageVersion> Versions)
{
    /// <summary>Versions that were changed since they were locked.</summary>
    public ImmutableArray<PackageVersion> Stale { get; init; } = [];

    /// <summary>Versions that were never locked.</summary>
    public ImmutableArray<PackageVersion> Unlocked { get; init; } = [];

    /// <summary>Versions that may be gone from their registry, or may go soon.</summary>
    public ImmutableArray<Departure> Departures { get; init; } = [];

    /// <summary>How many versions run at the same time.</summary>
    public int VersionCount => Versions.Values.Distinct().Count();
}
