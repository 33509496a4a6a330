namespace GitOpsGen.Yaml;

/// <summary>
/// Prints nodes as JSON: two spaces per level, LF, every integer digit for digit. Only what could mislead a reader of the file is
/// escaped: quotes, controls, invisible and bidirectional characters; <c>&lt;</c>, <c>&amp;</c>, <c>'</c> and letters are not.
/// </summary>
internal static class JsonWriter
{
    private const int Step = 2;

    /// <summary>The string as a JSON string.</summary>
    /// <exception cref="ArgumentException">The string holds half a surrogate pair.</exception>
    public static string Quote(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var quoted = new StringBuilder(value.Length + 8);
        CharacterEscapes.AppendQuoted(quoted, value, EscapeStyle.Json);
        return quoted.ToString();
    }

    /// <summary>
    /// Appends the node. The first line continues the line that <paramref name="output"/> ends with, later ones are indented by at
    /// least <paramref name="indent"/> spaces, and the last one is not ended. Fails on infinity and not-a-number, which JSON lacks:
    /// <paramref name="unrepresentable"/> is that scalar, and the output is incomplete.
    /// </summary>
    /// <exception cref="ArgumentException">A string holds half a surrogate pair, or a scalar's text is not of its kind.</exception>
    public static bool TryWrite(StringBuilder output, YamlNode node, int indent, [NotNullWhen(false)] out YamlScalar? unrepresentable)
    {
        unrepresentable = null;
        switch (node)
        {
            case YamlScalar { Kind: ScalarKind.Float } number when !NumberText.IsFinite(number.Text):
                unrepresentable = number;
                return false;
            case YamlScalar scalar:
                WriteScalar(output, scalar);
                return true;
            case YamlMapping mapping:
                return TryWriteMapping(output, mapping, indent, out unrepresentable);
            case YamlSequence sequence:
                return TryWriteSequence(output, sequence, indent, out unrepresentable);
            default:
                throw new ArgumentException($"{node.GetType().Name} is not a kind of node.", nameof(node));
        }
    }

    private static bool TryWriteMapping(StringBuilder output, YamlMapping mapping, int indent, [NotNullWhen(false)] out YamlScalar? unrepresentable)
    {
        unrepresentable = null;
        var separator = '{';
        foreach (var (key, value) in mapping.Entries)
        {
            StartLine(output, separator, indent + Step);
            CharacterEscapes.AppendQuoted(output, key.Text, EscapeStyle.Json);
            output.Append(": ");
            if (!TryWrite(output, value, indent + Step, out unrepresentable))
                return false;
            separator = ',';
        }

        Close(output, "{}", mapping.Entries.IsEmpty, indent);
        return true;
    }

    private static bool TryWriteSequence(
        StringBuilder output,
        YamlSequence sequence,
        int indent,
        [NotNullWhen(false)] out YamlScalar? unrepresentable
    )
    {
        unrepresentable = null;
        var separator = '[';
        foreach (var item in sequence.Items)
        {
            StartLine(output, separator, indent + Step);
            if (!TryWrite(output, item, indent + Step, out unrepresentable))
                return false;
            separator = ',';
        }

        Close(output, "[]", sequence.Items.IsEmpty, indent);
        return true;
    }

    private static void StartLine(StringBuilder output, char separator, int indent) => output.Append(separator).Append('\n').Append(' ', indent);

    private static void Close(StringBuilder output, string brackets, bool isEmpty, int indent)
    {
        if (isEmpty)
            output.Append(brackets);
        else
            output.Append('\n').Append(' ', indent).Append(brackets[1]);
    }

    private static void WriteScalar(StringBuilder output, YamlScalar scalar)
    {
        switch (scalar.Kind)
        {
            case ScalarKind.Integer:
                output.Append(NumberText.Integer(scalar.Text));
                break;
            case ScalarKind.Float:
                output.Append(NumberText.Float(scalar.Text));
                break;
            case ScalarKind.Boolean:
                output.Append(scalar.Text.ToLowerInvariant());
                break;
            case ScalarKind.Null:
                output.Append("null");
                break;
            default:
                CharacterEscapes.AppendQuoted(output, scalar.Text, EscapeStyle.Json);
                break;
        }
    }
}
