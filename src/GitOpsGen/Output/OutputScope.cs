using System.Collections.Frozen;

namespace GitOpsGen.Output;

/// <summary>Which part of the output a run is about.</summary>
/// <param name="Environments">The environments that this run renders.</param>
/// <param name="IsComplete">
/// Whether these are all environments of the settings (no <c>--env</c>). Only then can a ledger on disk be known to belong to an
/// environment that left the settings.
/// </param>
internal sealed record OutputScope(FrozenSet<string> Environments, bool IsComplete);
