using System.Globalization;

namespace GitOpsGen.Model;

/// <summary>
/// What decides between two versions: three numbers and a pre-release, ordered as Masterminds semver v3 orders them, because
/// that is what Crossplane picks with. Identifiers of digits come before all others and compare as numbers; the others compare
/// by their ASCII codes, so <c>RC</c> comes before <c>rc</c>. NuGet.Versioning folds case there, and is not used for that reason.
/// </summary>
internal sealed record VersionPrecedence(ulong Major, ulong Minor, ulong Patch, string Prerelease) : IComparable<VersionPrecedence>
{
    /// <summary>Whether there is a pre-release.</summary>
    public bool IsPrerelease => Prerelease.Length > 0;

    /// <inheritdoc/>
    public int CompareTo(VersionPrecedence? other)
    {
        if (other is null)
        {
            return 1;
        }
        var numbers = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return numbers != 0 ? numbers : ComparePrereleases(Prerelease, other.Prerelease);
    }

    private static int ComparePrereleases(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            // The release comes after all its pre-releases.
            return (left.Length == 0).CompareTo(right.Length == 0);
        }
        var lefts = left.Split('.');
        var rights = right.Split('.');
        for (var i = 0; i < Math.Min(lefts.Length, rights.Length); i++)
        {
            if (CompareIdentifiers(lefts[i], rights[i]) is not 0 and var order)
            {
                return order;
            }
        }
        return lefts.Length.CompareTo(rights.Length);
    }

    // Digits above 64 bits are text to Masterminds; the order stays a total one.
    private static int CompareIdentifiers(string left, string right) =>
        (Number(left), Number(right)) switch
        {
            ({ } l, { } r) => l.CompareTo(r),
            ({ }, null) => -1,
            (null, { }) => 1,
            (null, null) => Math.Sign(string.CompareOrdinal(left, right)),
        };

    private static ulong? Number(string identifier) =>
        ulong.TryParse(identifier, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
