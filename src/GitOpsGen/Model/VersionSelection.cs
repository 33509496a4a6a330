using NuGet.Versioning;

namespace GitOpsGen.Model;

/// <summary>
/// The versions that a person asks for on the command line: one exactly, or those of a constraint as packages publish it, or of a
/// range or floating version as NuGet writes it.
/// </summary>
internal abstract record VersionSelection
{
    private VersionSelection() { }

    /// <summary>As it was typed.</summary>
    public abstract string Text { get; }

    /// <summary>Whether a pre-release is asked for by name, so that such versions count.</summary>
    public abstract bool NamesPrerelease { get; }

    /// <summary>
    /// Reads a selection. <c>[ ]</c>, <c>( )</c> and <c>-*</c> are NuGet's; any other text that is not a complete version is a constraint.
    /// <c>2.*</c> and <c>*</c> mean the same to both.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out VersionSelection? selection, [NotNullWhen(false)] out string? problem)
    {
        (selection, problem) = (null, null);
        if (PackageVersion.TryParse(text, out var version))
            selection = new Exact(version);
        else if (string.IsNullOrWhiteSpace(text))
            problem = "it is empty";
        else if (text.StartsWith(Digest.Prefix, StringComparison.Ordinal))
            problem = "it is a digest; a version is a tag, whose digest is looked up";
        else if (text[0] is '[' or '(')
            selection = NuGetRange.TryParse(text, out var range, out problem) ? new Range(range) : null;
        else if (FloatingPrerelease.TryParse(text, out var floating))
            selection = new Floating(floating);
        else if (VersionConstraint.TryParse(text, out var constraint, out problem))
            selection = new Constrained(constraint);

        return selection is not null;
    }

    /// <summary>Whether the version is among them.</summary>
    public abstract bool Accepts(PackageVersion version);

    public sealed override string ToString() => Text;

    /// <summary>One version, with or without a leading <c>v</c>.</summary>
    internal sealed record Exact(PackageVersion Version) : VersionSelection
    {
        public override string Text => Version.Text;

        public override bool NamesPrerelease => Version.IsPrerelease;

        public override bool Accepts(PackageVersion version) => version.ComparePrecedence(Version) == 0;
    }

    /// <summary>What a constraint accepts.</summary>
    internal sealed record Constrained(VersionConstraint Constraint) : VersionSelection
    {
        public override string Text => Constraint.Text;

        public override bool NamesPrerelease => Constraint.Groups.Any(group => group.AcceptsPrereleases);

        public override bool Accepts(PackageVersion version) => Constraint.Accepts(version);
    }

    /// <summary>The versions between two bounds.</summary>
    internal sealed record Range(NuGetRange Bounds) : VersionSelection
    {
        public override string Text => Bounds.Text;

        public override bool NamesPrerelease => Bounds.NamesPrerelease;

        public override bool Accepts(PackageVersion version) => Bounds.Accepts(version.Precedence);
    }

    /// <summary>One release and the pre-releases before it.</summary>
    internal sealed record Floating(FloatingPrerelease Versions) : VersionSelection
    {
        public override string Text => Versions.Text;

        public override bool NamesPrerelease => true;

        public override bool Accepts(PackageVersion version) => Versions.Accepts(version.Precedence);
    }
}

/// <summary>
/// A version range in NuGet's brackets, such as <c>[2.1,3.0)</c>. NuGet reads it; the versions are compared as everywhere here, because
/// to NuGet <c>rc</c> and <c>RC</c> are the same, and it accepts pre-releases of an excluded upper bound although the lower bound names none.
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
            !VersionRange.TryParse(LeadingV().Replace(text, ""), allowFloating: false, out var range) ? "it is not a range such as [2.1,3.0)"
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

/// <summary>
/// NuGet's floating versions that reach pre-releases: <c>2.3.1-*</c>, <c>2.3.1-rc.*</c>, <c>2.*-*</c>. They include the release itself.
/// Unlike in NuGet, <c>RC</c> and <c>rc</c> differ, because they are different tags.
/// </summary>
internal sealed partial record FloatingPrerelease
{
    private readonly string numbers;
    private readonly string prefix;

    private FloatingPrerelease(string text, string numbers, string prefix) => (Text, this.numbers, this.prefix) = (text, numbers, prefix);

    /// <summary>As it was typed.</summary>
    public string Text { get; }

    public static bool TryParse(string text, [NotNullWhen(true)] out FloatingPrerelease? floating)
    {
        var match = Form().Match(text);
        floating = match.Success ? new(text, match.Groups["numbers"].Value, match.Groups["prefix"].Value) : null;
        return floating is not null;
    }

    public bool Accepts(VersionPrecedence version) =>
        $"{version.Major}.{version.Minor}.{version.Patch}" is var all
        && (numbers.EndsWith('*') ? all.StartsWith(numbers[..^1], StringComparison.Ordinal) : all == numbers)
        && (!version.IsPrerelease || version.Prerelease.StartsWith(prefix, StringComparison.Ordinal));

    [GeneratedRegex(
        @"\Av?(?<numbers>\*|[0-9]+\.\*|[0-9]+\.[0-9]+\.(?:\*|[0-9]+))-(?<prefix>[0-9A-Za-z.-]*)\*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Form();
}
