using System.Collections.Immutable;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Rendering.Tracing;

/// <summary>A value of the model that a template read.</summary>
/// <param name="Path">Where it is, as from the top of a template: <c>environment.waves[1].number</c>.</param>
/// <param name="Origins">Where it comes from; none where the user decides nothing of it.</param>
internal sealed record ModelRead(string Path, ImmutableArray<Origin> Origins);

/// <summary>What a read does to a line: its value stands there, or it decides that something else does.</summary>
internal readonly record struct Influence(ModelRead Read, bool IsCause);
