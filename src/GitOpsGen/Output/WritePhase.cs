using System.Collections.Immutable;

namespace GitOpsGen.Output;

/// <summary>Steps that are done before any step of the next phase. Steps side by side are independent of each other.</summary>
internal sealed record WritePhase(bool SideBySide, ImmutableArray<WriteStep> Steps);
