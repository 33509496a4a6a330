using GitOpsGen.Diagnostics;

namespace GitOpsGen.Yaml;

/// <summary>
/// A YAML value and where it stands in a file. Immutable. Values that GitOpsGen itself puts together carry the place of the
/// setting or entry that they come from.
/// </summary>
internal abstract class YamlNode(SourceSpan span)
{
    /// <summary>From the first to behind the last character of the value, quotes included.</summary>
    public SourceSpan Span { get; } = span;
}
