using GitOpsGen.Lockfile;
using GitOpsGen.Settings;

namespace GitOpsGen.Packages;

/// <summary>
/// A locked version that may be gone from its registry, or may go soon. Without asking the registry nobody knows more: whether the version
/// is a backport, and whether it is the newest one, which stays.
/// </summary>
/// <param name="Entry">The entry.</param>
/// <param name="Day">The day on which the registry's promise to have it ends.</param>
/// <param name="IsPast">Whether it has ended.</param>
/// <param name="Availability">What the registry promises.</param>
internal sealed record Departure(LockEntry Entry, DateOnly Day, bool IsPast, RegistryAvailability Availability)
{
    /// <summary>How long before the day it is said.</summary>
    private const int NoticeDays = 60;

    /// <summary>The departure of an entry; <see langword="null"/> where its version stays for longer, or nothing is known.</summary>
    public static Departure? Of(LockEntry entry, ProjectSettings settings, DateOnly today) =>
        entry.Published is { Value.Day: var published }
        && published <= today
        && settings.AvailabilityOf(entry.Package.Value.Host) is { } availability
        && availability.EarliestEnd(published) is { } end
        && end.AddDays(-NoticeDays) <= today
            ? new(entry, end, end <= today, availability)
            : null;

    /// <summary>The findings about all entries: one for each package and version.</summary>
    public static ImmutableArray<Diagnostic> Check(PackageLock lockfile, ProjectSettings settings, DateOnly today)
    {
        var departures = lockfile
            .Packages.Select(entry => Of(entry, settings, today))
            .OfType<Departure>()
            .DistinctBy(departure => (departure.Entry.Package.Value, departure.Entry.Version.Value))
            .ToList();
        if (departures.Count == 0)
            return [];

        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);
        var environments = settings.InOrderOfTheFile.ToList();
        var groups = EntrySelection.Select(lockfile.Packages, [.. environments.Select(environment => environment.Name.Value)]).Groups;
        foreach (var departure in departures)
        {
            var applies = groups.Where(group => group.Entries.Contains(departure.Entry)).SelectMany(group => group.Environments).ToHashSet();
            var mirrored = environments.Find(environment =>
                applies.Contains(environment.Name.Value) && environment.Routes.PlaceOf(departure.Entry.Package.Value).Supply == Supply.Copied
            );
            bag.Add(Rules.MayBeGone, departure.Entry.Version.Span, departure.Message, Remedy(mirrored?.Name.Value));
        }

        return bag.ToImmutable();
    }

    private string Words => IsPast ? $"may be gone since {new PublicationDate(Day)}" : $"may be gone from {new PublicationDate(Day)} on";

    private string Message =>
        $"{Entry.Package} {Entry.Version} of {Entry.Published} {Words}: "
        + $"{Entry.Package.Value.Host} keeps a main release for {Availability.Main.Words} and a backport for {Availability.Backport.Words}.";

    private static string Remedy(EnvironmentName? mirrored) =>
        mirrored is null
            ? "Run 'gitopsgen outdated' to see whether it is still there, and which version is newer."
            : $"Run 'gitopsgen mirror verify' to see whether your mirrors have it, and 'gitopsgen mirror plan --from {mirrored}' to copy it from one that has.";
}
