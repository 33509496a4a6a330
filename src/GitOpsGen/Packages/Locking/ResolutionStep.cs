using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages.Locking;

/// <summary>How far a lockfile can be completed with what is known.</summary>
/// <param name="Lockfile">
/// Until it is complete, only the entries that are known now are. When it is: the whole, with packages added, dropped, and moved between
/// environments. Entries of the file keep their order; new ones follow, by package and version.
/// </param>
/// <param name="Missing">What has to be asked next; the answers may bring further questions.</param>
/// <param name="Diagnostics">What is wrong so far.</param>
internal sealed record ResolutionStep(PackageLock Lockfile, ImmutableArray<RegistryQuestion> Missing, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Whether everything is known that it takes. Nothing missing and yet not complete: <see cref="Diagnostics"/> says why.</summary>
    public bool IsComplete { get; init; } = true;
}
