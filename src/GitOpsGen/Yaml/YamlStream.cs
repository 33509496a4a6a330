using System.Collections.Immutable;

namespace GitOpsGen.Yaml;

/// <summary>The documents of one file, in the order of the text.</summary>
internal sealed record YamlStream(ImmutableArray<YamlNode> Documents);
