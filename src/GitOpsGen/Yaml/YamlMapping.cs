using System.Collections.Immutable;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Yaml;

/// <summary>A mapping with string keys, in the order of the text. Keys are unique.</summary>
internal sealed class YamlMapping(ImmutableArray<YamlEntry> entries, SourceSpan span) : YamlNode(span)
{
    public ImmutableArray<YamlEntry> Entries { get; } = entries;

    /// <summary>The value under <paramref name="key"/>, or <see langword="null"/> where the key is absent.</summary>
    public YamlNode? this[string key]
    {
        get
        {
            foreach (var entry in Entries)
            {
                if (entry.Key.Text == key)
                {
                    return entry.Value;
                }
            }

            return null;
        }
    }
}
