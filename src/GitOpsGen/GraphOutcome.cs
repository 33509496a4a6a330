using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Packages;

namespace GitOpsGen;

/// <summary>What runs together with what, as far as the lock can be read.</summary>
/// <param name="Graphs">One for each set of entries that apply together, of the chosen environments alone; none where the files cannot be used.</param>
/// <param name="Diagnostics">Every finding about the files and the packages, with its final severity.</param>
internal sealed record GraphOutcome(ImmutableArray<PackageGraph> Graphs, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Whether the exit code is 1.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);
}
