using System.Collections.Immutable;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Yaml;

internal sealed class YamlSequence(ImmutableArray<YamlNode> items, SourceSpan span) : YamlNode(span)
{
    public ImmutableArray<YamlNode> Items { get; } = items;
}
