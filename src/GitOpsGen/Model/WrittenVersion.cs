using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GitOpsGen.Model;

/// <summary>
/// A version as a constraint writes it: its text, its up to three numbers or wildcards (empty where missing), its pre-release
/// without the hyphen. Build metadata is in the text only, as it decides nothing.
/// </summary>
internal readonly record struct WrittenVersion(string Text, string Major, string Minor, string Patch, string Prerelease)
{
    private const int MaxLength = 256;

    /// <summary>
    /// The version meant, with 0 for each number left out; whatever stands behind a wildcard is not looked at. Leading zeros are
    /// tolerated in the numbers, not in the pre-release; numbers have 64 bits.
    /// </summary>
    public bool TryResolve([NotNullWhen(true)] out VersionPrecedence? bound, out VersionPrecision precision)
    {
        precision =
            IsOpen(Major) ? VersionPrecision.Any
            : IsOpen(Minor) ? VersionPrecision.Major
            : IsOpen(Patch) ? VersionPrecision.Minor
            : VersionPrecision.Patch;
        bound =
            TryNumber(Major, precision >= VersionPrecision.Major, out var major)
            && TryNumber(Minor, precision >= VersionPrecision.Minor, out var minor)
            && TryNumber(Patch, precision >= VersionPrecision.Patch, out var patch)
            && IsPrerelease(Prerelease)
            && LengthRead(precision) <= MaxLength
                ? new(major, minor, patch, Prerelease)
                : null;
        return bound is not null;
    }

    private static bool IsOpen(string segment) => segment is "" or "x" or "X" or "*";

    private static bool TryNumber(string segment, bool given, out ulong number)
    {
        number = 0;
        return !given || ulong.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static bool IsPrerelease(string prerelease) =>
        prerelease.Split('.').All(i => i.Length < 2 || i[0] != '0' || i.AsSpan().ContainsAnyExceptInRange('0', '9'));

    // Masterminds measures what it makes of the text: for a partial version the numbers, zeros and pre-release, without v and build.
    private int LengthRead(VersionPrecision precision)
    {
        var prerelease = Prerelease.Length > 0 ? Prerelease.Length + 1 : 0;
        return precision switch
        {
            VersionPrecision.Any => "0.0.0".Length + prerelease,
            VersionPrecision.Major => Major.Length + ".0.0".Length + prerelease,
            VersionPrecision.Minor => Major.Length + 1 + Minor.Length + ".0".Length + prerelease,
            _ => Text.Length,
        };
    }
}
