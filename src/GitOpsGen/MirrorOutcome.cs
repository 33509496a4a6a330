using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Planning;
using GitOpsGen.Settings;

namespace GitOpsGen;

/// <summary>What a run about mirrors found.</summary>
/// <param name="Settings">The settings; <see langword="null"/> where they cannot be used.</param>
/// <param name="Plan">The copies; <see langword="null"/> where an error stops the run.</param>
/// <param name="Diagnostics">Every finding, with its final severity.</param>
internal sealed record MirrorOutcome(ProjectSettings? Settings, MirrorPlan? Plan, ImmutableArray<Diagnostic> Diagnostics);
