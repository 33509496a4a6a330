using System.Collections.Immutable;
using GitOpsGen.Lockfile;

namespace GitOpsGen.Planning;

/// <summary>One ImageConfig: what Crossplane does with references that begin with a prefix.</summary>
/// <param name="Name">The object's name.</param>
/// <param name="Prefixes">The prefixes that it matches.</param>
/// <param name="RewritePrefix">What replaces the prefix in a pull, for an ImageConfig that redirects.</param>
/// <param name="PullSecret">The Secret that pulls use, for an ImageConfig that authenticates.</param>
internal sealed record ImageConfigPlan(string Name, ImmutableArray<string> Prefixes, string? RewritePrefix, string? PullSecret)
{
    /// <summary>The packages that it is for.</summary>
    public ImmutableArray<LockEntry> Entries { get; init; } = [];
}
