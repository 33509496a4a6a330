using System.Collections.Immutable;

namespace GitOpsGen.Registry.Oci;

/// <summary>Every tag of a repository, each once, as the registry orders them.</summary>
internal sealed record TagList(ImmutableArray<string> Tags);
