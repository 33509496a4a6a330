namespace GitOpsGen.Packages;

/// <summary>
/// A release of Crossplane with a fault that a cluster should not meet. The table has only what was seen or reported in public, and
/// <c>docs/updating.md</c> shows it. A setting turns the warning off, because a cluster may never meet the fault.
/// </summary>
/// <param name="Version">The release; builds of others on top of it have versions of their own.</param>
/// <param name="Reason">What happens, a clause.</param>
/// <param name="Take">The first release that does not have it.</param>
/// <param name="Source">Where it was reported.</param>
/// <param name="Reported">When it was reported.</param>
internal sealed record KnownBadCore(PackageVersion Version, string Reason, string Take, string Source, DateOnly Reported)
{
    private const string LeavesNothingRunning = "an update from v2.3 leaves no provider and no function running until the old revisions are deleted";

    /// <summary>The table, by version.</summary>
    public static IReadOnlyList<KnownBadCore> All { get; } =
    [
        new(PackageVersion.Parse("v2.4.0"), LeavesNothingRunning, "v2.4.3", "crossplane#7838", new(2026, 9, 16)),
        new(PackageVersion.Parse("v2.4.1"), LeavesNothingRunning, "v2.4.3", "crossplane#7838", new(2026, 9, 16)),
    ];

    /// <summary>What is known about a core; <see langword="null"/>: nothing.</summary>
    public static KnownBadCore? Of(PackageVersion core) => All.FirstOrDefault(bad => bad.Version.ComparePrecedence(core) == 0);
}
