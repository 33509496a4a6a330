using GitOpsGen.Packages.Graphs;

namespace GitOpsGen.Cli.Graphs;

/// <summary>A picture as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html), which GitHub and GitLab draw in Markdown.</summary>
internal static class MermaidText
{
    public static string Of(GraphPicture picture)
    {
        var text = new StringBuilder("flowchart LR\n");
        foreach (var group in picture.Groups)
        {
            text.Append(CultureInfo.InvariantCulture, $"  subgraph {group.Id}[{Quote(group.Title)}]\n    direction LR\n");
            AppendNodes(text, group.Loose, "    ");
            foreach (var wave in group.Waves)
            {
                text.Append(CultureInfo.InvariantCulture, $"    subgraph {wave.Id}[{Quote(wave.Title)}]\n");
                AppendNodes(text, wave.Nodes, "      ");
                text.Append("    end\n");
            }

            text.Append("  end\n");
        }

        foreach (var edge in picture.Edges)
            text.Append(CultureInfo.InvariantCulture, $"  {edge.From} -->|{Quote(edge.Label)}| {edge.To}\n");

        AppendLooks(text, picture);
        return text.ToString();
    }

    private static void AppendNodes(StringBuilder text, IEnumerable<PictureNode> nodes, string indent)
    {
        foreach (var node in nodes)
            text.Append(CultureInfo.InvariantCulture, $"{indent}{node.Id}[{Quote([.. node.Lines])}]\n");
    }

    private static void AppendLooks(StringBuilder text, GraphPicture picture)
    {
        AppendClass(text, picture, NodeLook.Core, "core", "stroke-width:3px");
        AppendClass(text, picture, NodeLook.Indirect, "indirect", "stroke-dasharray:4 4");
        AppendClass(text, picture, NodeLook.Missing, "missing", "stroke:#c00,color:#c00,stroke-dasharray:4 4");
        var broken = picture.Edges.Index().Where(edge => edge.Item.IsBroken).Select(edge => edge.Index).ToList();
        if (broken.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"  linkStyle {string.Join(',', broken)} stroke:#c00,color:#c00\n");
    }

    private static void AppendClass(StringBuilder text, GraphPicture picture, NodeLook look, string name, string style)
    {
        var nodes = picture
            .Groups.SelectMany(group => group.Loose.Concat(group.Waves.SelectMany(wave => wave.Nodes)))
            .Where(node => node.Look == look)
            .Select(node => node.Id)
            .ToList();
        if (nodes.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"  classDef {name} {style}\n  class {string.Join(',', nodes)} {name}\n");
    }

    private static string Quote(params ReadOnlySpan<string> lines)
    {
        var quoted = new StringBuilder("\"");
        for (var i = 0; i < lines.Length; i++)
        {
            quoted.Append(i > 0 ? "<br/>" : "");
            AppendEscaped(quoted, lines[i]);
        }

        return quoted.Append('"').ToString();
    }

    // Inside quotes Mermaid still reads entities, HTML, Markdown between backticks, and a few of its own keywords before a colon: only what
    // no syntax knows stays as it is. #58; is Mermaid's own spelling of a character by its number.
    private static void AppendEscaped(StringBuilder quoted, string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || " .,-/()=+".Contains((char)rune.Value, StringComparison.Ordinal)))
                quoted.Append((char)rune.Value);
            else
                quoted.Append(CultureInfo.InvariantCulture, $"#{rune.Value};");
        }
    }
}
