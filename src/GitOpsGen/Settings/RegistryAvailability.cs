namespace GitOpsGen.Settings;

/// <summary>For how long a registry keeps a version after its release.</summary>
/// <param name="Main">A release of the newest minor version at its time.</param>
/// <param name="Backport">A later patch of an older minor version. No file tells which of the two a version is.</param>
internal sealed record RegistryAvailability(RetentionPeriod Main, RetentionPeriod Backport)
{
    private static readonly Policy[] Policies =
    [
        // https://docs.upbound.io/manuals/packages/policies/, policy 1.0.0, in force since 2025-10-14, read on 2026-11-27. The newest main
        // release is exempt, and no file tells which one that is.
        new("xpkg.upbound.io", "12mo", "18mo"),
    ];

    /// <summary>What the registry has published about itself; <see langword="null"/> where nothing is known, so that versions are taken to stay.</summary>
    public static RegistryAvailability? Published(string host) =>
        Policies.FirstOrDefault(policy => policy.Host == host) is { } known
            ? new(RetentionPeriod.Parse(known.Main), RetentionPeriod.Parse(known.Backport))
            : null;

    /// <summary>The day after which a version may be gone: by the shorter of the two periods.</summary>
    public DateOnly? EarliestEnd(DateOnly published) =>
        (Main.EndFrom(published), Backport.EndFrom(published)) switch
        {
            ({ } main, { } backport) => main < backport ? main : backport,
            var (main, backport) => main ?? backport,
        };

    private sealed record Policy(string Host, string Main, string Backport);
}
