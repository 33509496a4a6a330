namespace GitOpsGen.Yaml;

/// <summary>
/// Prints nodes as block-style YAML that YAML 1.1 and 1.2 readers read alike: two spaces per level, sequences indented under their
/// key, LF. Nodes are at most as deep as the reader allows, so recursion is safe.
/// </summary>
internal static class YamlWriter
{
    private const int Step = 2;

    // Readers look for the colon of a one-line key in at most 1024 characters; a UTF-16 unit is at most three bytes of UTF-8.
    private const int LongestKey = 1000 / 3;

    /// <summary>Appends the node as whole lines, each indented by at least <paramref name="indent"/> spaces and ended by LF.</summary>
    /// <exception cref="ArgumentException">A string holds half a surrogate pair, or a scalar's text is not of its kind.</exception>
    public static void Write(StringBuilder output, YamlNode node, int indent)
    {
        output.Append(' ', indent);
        WriteAfterIndent(output, node, indent);
    }

    private static void WriteAfterIndent(StringBuilder output, YamlNode node, int indent)
    {
        switch (node)
        {
            case YamlMapping { Entries.IsEmpty: false } mapping:
                for (var i = 0; i < mapping.Entries.Length; i++)
                {
                    output.Append(' ', i == 0 ? 0 : indent);
                    WriteEntry(output, mapping.Entries[i].Key.Text, mapping.Entries[i].Value, indent);
                }

                break;
            case YamlSequence { Items.IsEmpty: false } sequence:
                for (var i = 0; i < sequence.Items.Length; i++)
                {
                    output.Append(' ', i == 0 ? 0 : indent).Append("- ");
                    WriteItem(output, sequence.Items[i], indent);
                }

                break;
            default:
                WriteLeaf(output, node, indent);
                break;
        }
    }

    private static void WriteEntry(StringBuilder output, string key, YamlNode value, int indent)
    {
        var quoted = ScalarQuoting.Quote(key);
        if (quoted.Length > LongestKey)
            output.Append("? ").Append(quoted).Append('\n').Append(' ', indent);
        else
            output.Append(quoted);
        output.Append(':');
        if (IsLeaf(value))
        {
            output.Append(' ');
            WriteLeaf(output, value, indent);
        }
        else
        {
            output.Append('\n');
            Write(output, value, indent + Step);
        }
    }

    private static void WriteItem(StringBuilder output, YamlNode item, int indent)
    {
        if (IsLeaf(item))
            WriteLeaf(output, item, indent);
        else
            WriteAfterIndent(output, item, indent + Step);
    }

    private static bool IsLeaf(YamlNode node) => node is YamlScalar or YamlMapping { Entries.IsEmpty: true } or YamlSequence { Items.IsEmpty: true };

    private static void WriteLeaf(StringBuilder output, YamlNode node, int indent)
    {
        switch (node)
        {
            case YamlScalar { Kind: ScalarKind.String } text when IsLiteral(text.Text):
                WriteLiteral(output, text.Text, indent + Step);
                break;
            case YamlScalar scalar:
                output.Append(Spelling(scalar)).Append('\n');
                break;
            default:
                output.Append(node is YamlMapping ? "{}\n" : "[]\n");
                break;
        }
    }

    private static string Spelling(YamlScalar scalar) =>
        scalar.Kind switch
        {
            ScalarKind.Integer => NumberText.Integer(scalar.Text),
            ScalarKind.Float => NumberText.Float(scalar.Text),
            ScalarKind.Boolean => scalar.Text.ToLowerInvariant(),
            ScalarKind.Null => "null",
            _ => ScalarQuoting.Quote(scalar.Text),
        };

    // Lines that end in a space, and empty lines at the end of a file, would not survive editors and Git hooks; a first line that starts with a
    // space, or is empty, would need an indentation indicator, which readers handle differently.
    private static bool IsLiteral(string text)
    {
        if (
            !text.Contains('\n')
            || text[0] is ' ' or '\n'
            || text[^1] == ' '
            || text.Contains(" \n", StringComparison.Ordinal)
            || text.EndsWith("\n\n", StringComparison.Ordinal)
        )
            return false;
        for (var i = 0; i < text.Length; )
        {
            if (!CharacterEscapes.IsRaw(text, i, out var length) && text[i] != '\n')
                return false;
            i += length;
        }

        return true;
    }

    private static void WriteLiteral(StringBuilder output, string text, int indent)
    {
        output.Append(text.EndsWith('\n') ? "|\n" : "|-\n");
        var lines = text.EndsWith('\n') ? text.AsSpan(..^1) : text;
        foreach (var range in lines.Split('\n'))
        {
            var line = lines[range];
            output.Append(' ', line.IsEmpty ? 0 : indent).Append(line).Append('\n');
        }
    }
}
