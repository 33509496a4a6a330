using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Builds;

/// <summary>What one folder of the output comes to.</summary>
/// <param name="Objects">The objects, patched, that are whole here: its own, those of base folders, and others that it changes.</param>
/// <param name="Findings">Why it cannot be built.</param>
/// <param name="Gaps">What may change its objects and was not applied.</param>
/// <param name="IsComplete">Whether nothing was left out here, nor in a folder that it builds on.</param>
internal sealed record BuiltFolder(
    ImmutableArray<YamlNode> Objects,
    ImmutableArray<Diagnostic> Findings,
    ImmutableArray<Diagnostic> Gaps,
    bool IsComplete
)
{
    /// <summary>Whether nothing that was not applied can change which objects there are, or what they are named.</summary>
    public bool KeepsIdentities { get; init; } = true;

    /// <summary>What was not applied, where that can.</summary>
    public ImmutableArray<Diagnostic> Doubts => KeepsIdentities ? [] : Gaps;
}
