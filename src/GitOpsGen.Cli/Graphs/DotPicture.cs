using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace GitOpsGen.Cli.Graphs;

/// <summary>Pictures in the language of Graphviz (https://graphviz.org/doc/info/lang.html).</summary>
internal static class DotPicture
{
    public static string Of(ImmutableArray<Picture> pictures)
    {
        var text = new StringBuilder("digraph packages {\n  rankdir=LR;\n  compound=true;\n  node [shape=box];\n");
        foreach (var (number, picture) in pictures.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"  subgraph cluster_{number} {{\n    label={Quoted(picture.Title)};\n");
            foreach (var (wave, cluster) in picture.Clusters.Index())
            {
                text.Append(CultureInfo.InvariantCulture, $"    subgraph cluster_{number}_{wave} {{\n      label={Quoted(cluster.Title)};\n");
                Append(text, cluster.Boxes, "      ");
                text.Append("    }\n");
            }

            Append(text, picture.Loose, "    ");
            text.Append("  }\n");
            foreach (var arrow in picture.Arrows)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {arrow.From.Id} -> {arrow.To.Id} [label={Quoted(arrow.Constraint.Text)}{(arrow.To.IsCore ? ", style=dotted" : "")}];\n");
            }
        }

        return text.Append("}\n").ToString();
    }

    private static void Append(StringBuilder text, ImmutableArray<PictureBox> boxes, string indent)
    {
        foreach (var box in boxes)
        {
            var style = box.Entry is null ? ", color=red" : box.Entry.IsIndirect ? ", style=dashed" : "";
            text.Append(CultureInfo.InvariantCulture, $"{indent}{box.Id} [label={Quoted($"{box.Package}\n{box.Detail}")}{style}];\n");
        }
    }

    // In a quoted string only the quote has to be escaped; a backslash begins an escape of labels, where \n is a new line.
    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
