using GitOpsGen.Diagnostics;

namespace GitOpsGen.Yaml;

/// <summary>Stands where a value was refused and reported (an alias, say), so that nothing is reported about it twice.</summary>
internal sealed class YamlUnreadable(SourceSpan span) : YamlNode(span);
