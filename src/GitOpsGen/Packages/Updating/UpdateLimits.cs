using GitOpsGen.Model;

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
        && (Step == UpdateStep.Any || candidate.Major == current.Major)
        && (Step != UpdateStep.Patch || candidate.Minor == current.Minor);
}

/// <summary>How far an update may go.</summary>
internal enum UpdateStep
{
    /// <summary>To any higher version.</summary>
    Any,

    /// <summary>The first number stays.</summary>
    Minor,

    /// <summary>The first two numbers stay.</summary>
    Patch,
}
