using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Builds;

/// <summary>What one folder of the output comes to.</summary>
/// <param name="Objects">Its objects, patched.</param>
/// <param name="Findings">Why it cannot be built.</param>
/// <param name="Gaps">What may change its objects and was not applied.</param>
internal sealed record BuiltFolder(ImmutableArray<YamlNode> Objects, ImmutableArray<Diagnostic> Findings, ImmutableArray<Diagnostic> Gaps);
