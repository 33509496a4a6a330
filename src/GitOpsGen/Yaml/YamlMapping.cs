using System.Collections.Immutable;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Yaml;

/// <summary>A mapping with string keys, in the order of the text. Keys are unique.</summary>
internal sealed class YamlMapping(ImmutableArray<YamlEntry> entries, SourceSpan span) : YamlNode(span)
{
    private const int Few = 16;

    // Most mappings have a few keys, where a search is as quick; a merge of two with a hundred thousand keys each must not be quadratic.
    private readonly Lazy<Dictionary<string, YamlNode>>? index =
        entries.Length > Few ? new(() => entries.ToDictionary(e => e.Key.Text, e => e.Value, StringComparer.Ordinal)) : null;

    public ImmutableArray<YamlEntry> Entries { get; } = entries;

    /// <summary>The value under <paramref name="key"/>, or <see langword="null"/> where the key is absent.</summary>
    public YamlNode? this[string key]
    {
        get
        {
            if (index is not null)
            {
                return index.Value.GetValueOrDefault(key);
            }

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

    /// <summary>The same values with the keys of every mapping in ordinal order: what is printed does not show how it was ordered.</summary>
    public YamlMapping Sorted() =>
        new([.. Entries.Select(e => new YamlEntry(e.Key, Sorted(e.Value))).OrderBy(e => e.Key.Text, StringComparer.Ordinal)], Span);

    /// <inheritdoc cref="Sorted()"/>
    public static YamlNode Sorted(YamlNode node) =>
        node switch
        {
            YamlMapping mapping => mapping.Sorted(),
            YamlSequence list => new YamlSequence([.. list.Items.Select(Sorted)], list.Span),
            _ => node,
        };
}
