using System.Collections.Immutable;
using GitOpsGen.Model;

namespace GitOpsGen.Packages.Locking;

/// <summary>What a lockfile is completed for.</summary>
/// <param name="Environments">Every environment there is.</param>
internal sealed record LockScope(ImmutableArray<EnvironmentName> Environments)
{
    /// <summary>Those whose packages are completed. In the others everything stays as it is.</summary>
    public Func<EnvironmentName, bool> IsSelected { get; init; } = _ => true;

    /// <summary>Whether a tag that moved since it was locked is locked anew.</summary>
    public bool AcceptsMovedTags { get; init; }
}
