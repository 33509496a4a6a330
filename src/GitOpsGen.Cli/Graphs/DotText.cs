using GitOpsGen.Packages.Graphs;

namespace GitOpsGen.Cli.Graphs;

/// <summary>A picture in Graphviz' language (https://graphviz.org/doc/info/lang.html).</summary>
internal static class DotText
{
    public static string Of(GraphPicture picture)
    {
        var text = new StringBuilder(
            "digraph packages {\n  graph [rankdir=LR, fontname=\"sans-serif\"]\n  node [shape=box, fontname=\"sans-serif\"]\n  edge [fontname=\"sans-serif\", fontsize=10]\n"
        );
        foreach (var group in picture.Groups)
        {
            text.Append(CultureInfo.InvariantCulture, $"  subgraph cluster_{group.Id} {{\n    label={Quote(group.Title)}\n");
            AppendNodes(text, group.Loose, "    ");
            foreach (var wave in group.Waves)
            {
                text.Append(CultureInfo.InvariantCulture, $"    subgraph cluster_{wave.Id} {{\n      label={Quote(wave.Title)}\n");
                AppendNodes(text, wave.Nodes, "      ");
                text.Append("    }\n");
            }

            text.Append("  }\n");
        }

        foreach (var edge in picture.Edges)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {edge.From} -> {edge.To} [label={Quote(edge.Label)}{(edge.IsBroken ? ", color=\"#cc0000\", fontcolor=\"#cc0000\"" : "")}]\n"
            );
        }

        return text.Append("}\n").ToString();
    }

    private static void AppendNodes(StringBuilder text, IEnumerable<PictureNode> nodes, string indent)
    {
        foreach (var node in nodes)
            text.Append(CultureInfo.InvariantCulture, $"{indent}{node.Id} [label={Quote([.. node.Lines])}{Look(node.Look)}]\n");
    }

    private static string Look(NodeLook look) =>
        look switch
        {
            NodeLook.Core => ", penwidth=3",
            NodeLook.Indirect => ", style=dashed",
            NodeLook.Missing => ", style=dashed, color=\"#cc0000\", fontcolor=\"#cc0000\"",
            _ => "",
        };

    // A label knows escapes of its own (\N is the node's name) and, beside them, HTML entities.
    private static string Quote(params ReadOnlySpan<string> lines) =>
        "\""
        + string.Join(
            "\\n",
            lines
                .ToArray()
                .Select(line =>
                    line.Replace("&", "&amp;", StringComparison.Ordinal)
                        .Replace("\\", "\\\\", StringComparison.Ordinal)
                        .Replace("\"", "\\\"", StringComparison.Ordinal)
                )
        )
        + "\"";
}
