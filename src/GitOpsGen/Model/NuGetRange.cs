using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using NuGet.Versioning;

namespace GitOpsGen.Model;

/// <summary>
/// A version range in NuGet's brackets, such as <c>[2.1,3.0)</c>. NuGet reads it; the versions are compared as everywhere here, because
/// NuGet takes <c>rc</c> and <c>RC</c> for one, and lets pre-releases of an excluded upper bound in, although the lower names none of them.
/// </summary>
internal sealed partial record NuGetRange
{
    private readonly VersionRange range;

    private NuGetRange(string text, VersionRange range) => (Text, this.range) = (text, range);

    /// <summary>As it was typed.</summary>
    public string Text { get; }

    /// <summary>Whether a bound is a pre-release.</summary>
    public bool NamesPrerelease => range.MinVersion?.IsPrerelease == true || range.MaxVersion?.IsPrerelease == true;

    public static bool TryParse(string text, [NotNullWhen(true)] out NuGetRange? result, [NotNullWhen(false)] out string? problem)
    {
        result = null;
        problem =
            !VersionRange.TryParse(LeadingV().Replace(text, ""), allowFloating: false, out var range) ? "it is no range such as [2.1,3.0)"
            : IsTooLong(range.MinVersion) || IsTooLong(range.MaxVersion) ? "a bound has four numbers; versions here have three"
            : null;
        result = problem is null ? new(text, range!) : null;
        return result is not null;
    }

    public bool Accepts(VersionPrecedence version)
    {
        var (low, high) = (range.HasLowerBound ? Of(range.MinVersion!) : null, range.HasUpperBound ? Of(range.MaxVersion!) : null);
        return (low is null || version.CompareTo(low) >= (range.IsMinInclusive ? 0 : 1))
            && (high is null || version.CompareTo(high) <= (range.IsMaxInclusive ? 0 : -1))
            && (high is null || range.IsMaxInclusive || !IsPrereleaseOf(high, version) || (low is not null && IsPrereleaseOf(high, low)));
    }

    private static bool IsPrereleaseOf(VersionPrecedence release, VersionPrecedence version) =>
        version.IsPrerelease && version with { Prerelease = "" } == release;

    private static VersionPrecedence Of(NuGetVersion version) =>
        new((ulong)version.Major, (ulong)version.Minor, (ulong)version.Patch, version.Release);

    private static bool IsTooLong(NuGetVersion? version) => version is { IsLegacyVersion: true };

    [GeneratedRegex(@"(?<=[\[(,]\s*)v(?=[0-9])")]
    private static partial Regex LeadingV();
}
