using System.Globalization;
using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;

namespace GitOpsGen.Rendering.Tracing;

/// <summary>A file that the user wrote, to look things up in.</summary>
/// <param name="File">Its path as diagnostics print it.</param>
/// <param name="Root">What it says.</param>
internal sealed record InputDocument(string File, YamlMapping Root)
{
    /// <summary>Reads a file that was read without an error before.</summary>
    public static InputDocument Read(string file, ReadOnlySpan<byte> content) => new(file, (YamlMapping)YamlReader.Read(file, content).Value!);

    /// <summary>What stands at a place: its keys from the top, and the node; for a key itself no node. Nothing for a place of another kind.</summary>
    public (string Key, YamlNode? Node)? Find(SourceSpan span) => Find(Root, "", span);

    private static (string Key, YamlNode? Node)? Find(YamlNode node, string path, SourceSpan span)
    {
        if (node.Span == span)
        {
            return (path, node);
        }

        if (!Holds(node.Span, span))
        {
            return null;
        }

        switch (node)
        {
            case YamlMapping mapping:
                foreach (var (key, value) in mapping.Entries)
                {
                    var inner = path.Length == 0 ? key.Text : $"{path}.{key.Text}";
                    if (key.Span == span)
                    {
                        return (inner, null);
                    }

                    if (Find(value, inner, span) is { } found)
                    {
                        return found;
                    }
                }

                break;
            case YamlSequence list:
                for (var i = 0; i < list.Items.Length; i++)
                {
                    if (Find(list.Items[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), span) is { } found)
                    {
                        return found;
                    }
                }

                break;
        }

        return null;
    }

    private static bool Holds(SourceSpan outer, SourceSpan inner) =>
        outer.File == inner.File && outer.Start.CompareTo(inner.Start) <= 0 && outer.End.CompareTo(inner.End) >= 0;
}
