using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace GitOpsGen.Model;

/// <summary>
/// A constraint on versions as packages publish it: groups of comparators joined by <c>||</c>, in the grammar and with the
/// meaning of Masterminds semver v3.5.0 (https://github.com/Masterminds/semver), which Crossplane reads constraints with. Equal
/// when the texts are. NuGet.Versioning has no <c>||</c>, no <c>!=</c> and another idea of pre-releases, so nothing of it is used.
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

    /// <summary>
    /// The highest accepted version, or <see langword="null"/>: what Crossplane installs for a missing dependency. One pass;
    /// only versions above the best so far are tried.
    /// </summary>
    public PackageVersion? HighestOf(IEnumerable<PackageVersion> versions)
    {
        PackageVersion? highest = null;
        foreach (var version in versions)
        {
            if (version.CompareTo(highest) > 0 && Accepts(version))
            {
                highest = version;
            }
        }
        return highest;
    }

    /// <inheritdoc/>
    public bool Equals(VersionConstraint? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VersionConstraint);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
