using System.Collections.Immutable;

namespace GitOpsGen.Model;

/// <summary>Comparators that must all accept: what stands between two <c>||</c>.</summary>
internal sealed class ComparatorGroup(ImmutableArray<VersionComparator> comparators)
{
    /// <summary>At least one.</summary>
    public ImmutableArray<VersionComparator> Comparators { get; } = comparators;

    /// <summary>
    /// Whether pre-releases are considered: only where one of the comparators names one. Hence the <c>-0</c> in
    /// <c>&gt;=v1.14.1-0</c>, the lowest pre-release there is.
    /// </summary>
    public bool AcceptsPrereleases { get; } = comparators.Any(c => c.Bound.IsPrerelease);

    /// <summary>Whether all comparators accept the version.</summary>
    public bool Accepts(VersionPrecedence version) => (AcceptsPrereleases || !version.IsPrerelease) && Comparators.All(c => c.Accepts(version));
}
