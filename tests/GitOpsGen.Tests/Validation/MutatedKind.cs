using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace GitOpsGen.Tests.Validation;

/// <summary>Damaged objects of one kind.</summary>
/// <param name="Schema">The kind's schema as a JSON Schema.</param>
/// <param name="Documents">The objects, as JSON.</param>
/// <param name="Prepared">The same objects after defaulting and, where they are created, pruning of nulls.</param>
/// <param name="Findings">What GitOpsGen says about each, as far as it concerns the schema.</param>
internal sealed record MutatedKind(
    JsonObject Schema,
    ImmutableArray<string> Documents,
    ImmutableArray<string> Prepared,
    ImmutableArray<string[]> Findings
);
