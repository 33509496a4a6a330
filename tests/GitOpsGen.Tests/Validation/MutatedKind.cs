using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace GitOpsGen.Tests.Validation;

/// <summary>Damaged objects of one kind.</summary>
/// <param name="Schema">The kind's schema as a JSON Schema.</param>
/// <param name="Documents">The objects, as JSON.</param>
/// <param name="Prepared">The same objects behind pruning of nulls and defaulting.</param>
internal sealed record MutatedKind(JsonObject Schema, ImmutableArray<string> Documents, ImmutableArray<string> Prepared);
