namespace GitOpsGen.Packages.Updating;

/// <summary>The versions that a user wants to move to.</summary>
internal sealed record UpdateLimits
{
    /// <summary>The versions that <c>--to</c> names; <see langword="null"/>: any.</summary>
    public VersionSelection? To { get; init; }

    public UpdateStep Step { get; init; }

    /// <summary>Whether pre-releases count even if nothing else asks for them.</summary>
    public bool AllowsPrereleases { get; init; }

    /// <summary>Whether to move to a version. A lower one must be named exactly.</summary>
    public bool Allow(PackageVersion current, PackageVersion candidate) =>
        (To?.Accepts(candidate) ?? true)
        && (To is VersionSelection.Exact || candidate.ComparePrecedence(current) > 0)
        && (!candidate.IsPrerelease || AllowsPrereleases || current.IsPrerelease || To is { NamesPrerelease: true })
        && IsWithin(Step, current, candidate);

    /// <summary>Whether a version that follows another may break those who use it: another major version, or of 0.x another minor one.</summary>
    public static bool IsMajorStep(PackageVersion current, PackageVersion candidate) => !IsWithin(UpdateStep.Compatible, current, candidate);

    private static bool IsWithin(UpdateStep step, PackageVersion current, PackageVersion candidate) =>
        step switch
        {
            UpdateStep.Any => true,
            UpdateStep.Minor => candidate.Major == current.Major,
            UpdateStep.Patch => candidate.Major == current.Major && candidate.Minor == current.Minor,
            _ => candidate.Major == current.Major && (current.Major > 0 || candidate.Minor == current.Minor),
        };
}

/// <summary>How far an update may go.</summary>
internal enum UpdateStep
{
    /// <summary>The first number stays; of 0.x the first two, because there a minor version may break what a major one may elsewhere.</summary>
    Compatible,

    /// <summary>To any higher version.</summary>
    Any,

    /// <summary>The first number stays.</summary>
    Minor,

    /// <summary>The first two numbers stay.</summary>
    Patch,
}
