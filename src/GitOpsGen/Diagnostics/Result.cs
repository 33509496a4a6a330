using System.Collections.Immutable;

namespace GitOpsGen.Diagnostics;

/// <summary>What a stage returns: its value, or none where the input does not allow one, and all that it found on the way.</summary>
internal sealed record Result<T>(T? Value, ImmutableArray<Diagnostic> Diagnostics)
    where T : class;
