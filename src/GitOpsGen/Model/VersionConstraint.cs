namespace GitOpsGen.Model;

/// <summary>
/// A constraint on versions as packages publish it: groups of comparators joined by <c>||</c>, in the grammar and with the
/// meaning of Masterminds semver v3.5.0 (https://github.com/Masterminds/semver), which Crossplane reads constraints with. Two are
/// equal when their texts are. NuGet.Versioning has no <c>||</c>, no <c>!=</c> and other rules for pre-releases, so it is not used.
/// </summary>
internal sealed class VersionConstraint : IEquatable<VersionConstraint>
{
    private VersionConstraint(string text, ImmutableArray<ComparatorGroup> groups)
    {
        Text = text;
        Groups = groups;
    }

    /// <summary>The constraint as published.</summary>
    public string Text { get; }

    /// <summary>At least one; a version that one of them accepts is accepted.</summary>
    public ImmutableArray<ComparatorGroup> Groups { get; }

    /// <summary>Reads a constraint; <see langword="false"/> with Masterminds' complaint where it has one.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out VersionConstraint? constraint, [NotNullWhen(false)] out string? error)
    {
        constraint = ConstraintGrammar.TryParse(text, out var groups, out error) ? new(text, groups) : null;
        return constraint is not null;
    }

    /// <summary>Whether one of the groups accepts the version.</summary>
    public bool Accepts(PackageVersion version) => Groups.Any(g => g.Accepts(version.Precedence));

    public bool Equals(VersionConstraint? other) => other is not null && Text == other.Text;

    public override bool Equals(object? obj) => Equals(obj as VersionConstraint);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}

/// <summary>Comparators that must all accept: the text between two <c>||</c>.</summary>
internal sealed class ComparatorGroup(ImmutableArray<VersionComparator> comparators)
{
    /// <summary>At least one.</summary>
    public ImmutableArray<VersionComparator> Comparators { get; } = comparators;

    /// <summary>
    /// Whether pre-releases count: only where one of the comparators names one. This is why packages write <c>-0</c>, the lowest
    /// pre-release, as in <c>&gt;=v1.14.1-0</c>.
    /// </summary>
    public bool AcceptsPrereleases { get; } = comparators.Any(c => c.Bound.IsPrerelease);

    /// <summary>Whether all comparators accept the version.</summary>
    public bool Accepts(VersionPrecedence version) => (AcceptsPrereleases || !version.IsPrerelease) && Comparators.All(c => c.Accepts(version));
}

/// <summary>
/// An operator and a version that may leave numbers out; those are 0 in <paramref name="Bound"/>. What each pair accepts follows
/// Masterminds semver v3.5.0, oddities included (<c>^*</c> is 0.0.0 alone, <c>~0.0.0</c> is everything): a constraint must
/// mean here what it means to the Crossplane that reads it.
/// </summary>
internal sealed record VersionComparator(ComparisonOperator Operator, VersionPrecedence Bound, VersionPrecision Precision)
{
    /// <summary>Whether the version is accepted. The <see cref="ComparatorGroup"/> has decided about pre-releases before.</summary>
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

    // A partial bound means every version that begins with it: 11.1.0 is not above 11.
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
            return false;
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
            return false;
        if (Bound.Major > 0 || Precision == VersionPrecision.Major)
            return true;
        // Before 1.0.0 the minor version is the one that may break something, before 0.1.0 the patch.
        return version.Minor == Bound.Minor && (Bound.Minor > 0 || Precision == VersionPrecision.Minor || version.Patch == Bound.Patch);
    }

    private bool HasMinorOf(VersionPrecedence version) => version.Major == Bound.Major && version.Minor == Bound.Minor;
}

/// <summary>How a <see cref="VersionComparator"/> compares.</summary>
internal enum ComparisonOperator
{
    /// <summary>No operator or <c>=</c>. With numbers left out it means what <see cref="Tilde"/> means.</summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&gt;=</c> or <c>=&gt;</c></summary>
    GreaterOrEqual,

    /// <summary><c>&lt;=</c> or <c>=&lt;</c></summary>
    LessOrEqual,

    /// <summary><c>~</c> or <c>~&gt;</c>: at least this, within its minor version, or its major one where no minor is written.</summary>
    Tilde,

    /// <summary><c>^</c>: at least this, up to the next version that may break something.</summary>
    Caret,
}

/// <summary>How many numbers of a version a constraint gives. The rest is missing or <c>x</c>, <c>X</c>, <c>*</c>.</summary>
internal enum VersionPrecision
{
    /// <summary>None: <c>*</c>.</summary>
    Any,

    /// <summary>One: <c>1</c>, <c>1.x</c>.</summary>
    Major,

    /// <summary>Two: <c>1.2</c>, <c>1.2.*</c>.</summary>
    Minor,

    /// <summary>All three.</summary>
    Patch,
}
