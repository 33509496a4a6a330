using GitOpsGen.Validation.Schemas;

namespace GitOpsGen.Validation;

/// <summary>One version of a kind.</summary>
internal sealed record CrdVersion(string Name, bool IsServed, SchemaSlot Root);
