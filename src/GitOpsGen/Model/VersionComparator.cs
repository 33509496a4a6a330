namespace GitOpsGen.Model;

/// <summary>
/// An operator and a version that may leave numbers out; those are 0 in <paramref name="Bound"/>. What each pair accepts is
/// Masterminds semver v3.5.0's doing, oddities included (<c>^*</c> is 0.0.0 alone, <c>~0.0.0</c> is everything): a constraint must
/// mean here what it means to the Crossplane that reads it.
/// </summary>
internal sealed record VersionComparator(ComparisonOperator Operator, VersionPrecedence Bound, VersionPrecision Precision)
{
    /// <summary>Whether the version is accepted. Whether pre-releases are is decided before, by the <see cref="ComparatorGroup"/>.</summary>
    public bool Accepts(VersionPrecedence version) =>
        Operator switch
        {
            ComparisonOperator.Equal => Precision == VersionPrecision.Patch ? version == Bound : IsInTildeRange(version),
            ComparisonOperator.NotEqual => Differs(version),
            ComparisonOperator.Greater => IsGreater(version),
            ComparisonOperator.Less => version.CompareTo(Bound) < 0,
            ComparisonOperator.GreaterOrEqual => version.CompareTo(Bound) >= 0,
            ComparisonOperator.LessOrEqual => IsLessOrEqual(version),
            ComparisonOperator.Tilde => IsInTildeRange(version),
            ComparisonOperator.Caret => IsInCaretRange(version),
            _ => throw new InvalidOperationException($"No such operator: {Operator}."),
        };

    private bool Differs(VersionPrecedence version) =>
        Precision switch
        {
            VersionPrecision.Major => version.Major != Bound.Major,
            // The patch is free, the pre-release is not: "!=4.1-alpha" refuses 4.1.7-alpha and accepts 4.1.7.
            VersionPrecision.Minor => !HasMinorOf(version) || version.Prerelease != Bound.Prerelease,
            _ => version != Bound,
        };

    // A partial bound stands for all that begins with it: 11.1.0 is not above 11.
    private bool IsGreater(VersionPrecedence version) =>
        Precision switch
        {
            VersionPrecision.Major => version.Major > Bound.Major,
            VersionPrecision.Minor => (version.Major, version.Minor).CompareTo((Bound.Major, Bound.Minor)) > 0,
            _ => version.CompareTo(Bound) > 0,
        };

    private bool IsLessOrEqual(VersionPrecedence version) =>
        Precision switch
        {
            VersionPrecision.Patch => version.CompareTo(Bound) <= 0,
            VersionPrecision.Major => version.Major <= Bound.Major,
            _ => (version.Major, version.Minor).CompareTo((Bound.Major, Bound.Minor)) <= 0,
        };

    private bool IsInTildeRange(VersionPrecedence version)
    {
        if (version.CompareTo(Bound) < 0)
        {
            return false;
        }
        return Precision switch
        {
            VersionPrecision.Any => true,
            VersionPrecision.Patch when Bound is { Major: 0, Minor: 0, Patch: 0 } => true,
            VersionPrecision.Major => version.Major == Bound.Major,
            _ => HasMinorOf(version),
        };
    }

    private bool IsInCaretRange(VersionPrecedence version)
    {
        if (version.CompareTo(Bound) < 0 || version.Major != Bound.Major)
        {
            return false;
        }
        if (Bound.Major > 0 || Precision == VersionPrecision.Major)
        {
            return true;
        }
        // Before 1.0.0 the minor version is the one that may break something, before 0.1.0 the patch.
        return version.Minor == Bound.Minor && (Bound.Minor > 0 || Precision == VersionPrecision.Minor || version.Patch == Bound.Patch);
    }

    private bool HasMinorOf(VersionPrecedence version) => version.Major == Bound.Major && version.Minor == Bound.Minor;
}
