using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace GitOpsGen.Cli.Graphs;

/// <summary>Pictures as a Mermaid flowchart, which GitHub and GitLab draw (https://mermaid.js.org/syntax/flowchart.html).</summary>
internal static class MermaidPicture
{
    public static string Of(ImmutableArray<Picture> pictures)
    {
        var text = new StringBuilder("flowchart LR\n");
        foreach (var (number, picture) in pictures.Index())
        {
            Append(text, picture, string.Create(CultureInfo.InvariantCulture, $"g{number}"), isAlone: pictures.Length == 1);
        }

        return text.Append("  classDef indirect stroke-dasharray: 4 4\n  classDef missing stroke:#d00,stroke-width:2px\n").ToString();
    }

    private static void Append(StringBuilder text, Picture picture, string id, bool isAlone)
    {
        if (!isAlone)
        {
            text.Append(CultureInfo.InvariantCulture, $"  subgraph {id}[\"{Escaped(picture.Title)}\"]\n");
        }

        foreach (var (number, cluster) in picture.Clusters.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"  subgraph {id}c{number}[\"{Escaped(cluster.Title)}\"]\n");
            foreach (var box in cluster.Boxes)
            {
                Append(text.Append("  "), box);
            }

            text.Append("  end\n");
        }

        foreach (var box in picture.Loose)
        {
            Append(text, box);
        }

        foreach (var arrow in picture.Arrows)
        {
            var label = arrow.Constraint.Text.Length == 0 ? "" : $"|\"{Escaped(arrow.Constraint.Text)}\"|";
            text.Append(CultureInfo.InvariantCulture, $"  {arrow.From.Id} {(arrow.To.IsCore ? "-.->" : "-->")}{label} {arrow.To.Id}\n");
        }

        if (!isAlone)
        {
            text.Append("  end\n");
        }
    }

    private static void Append(StringBuilder text, PictureBox box)
    {
        var style = box.Entry is null ? ":::missing" : box.Entry.IsIndirect ? ":::indirect" : "";
        text.Append(CultureInfo.InvariantCulture, $"  {box.Id}[\"{Escaped(box.Package.ToString())}<br/>{Escaped(box.Detail)}\"]{style}\n");
    }

    // Entities are written with # in place of &; the semicolon of a text, too, would be read as the end of a statement.
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            _ = char.IsAsciiLetterOrDigit(c) || c is ' ' or '.' or ',' or '-' or '/' or '_' or ':' || c > '\x7f' ? escaped.Append(c) : escaped.Append(CultureInfo.InvariantCulture, $"#{(int)c};");
        }

        return escaped.ToString();
    }
}
