using GitOpsGen.Rendering.Tracing;

namespace GitOpsGen.Cli.Explaining;

/// <summary>
/// An explanation for people: blocks of lines, and under each what made it. Lines of one origin are one block: text of a template that
/// is there line by line, or a value on several lines.
/// </summary>
internal sealed class ExplanationText
{
    private const int OriginsShown = 8;
    private const string Deep = "             ";

    private readonly StringBuilder text = new();
    private readonly int numberWidth;

    private ExplanationText(int lastNumber)
    {
        numberWidth = lastNumber.ToString(CultureInfo.InvariantCulture).Length;
    }

    /// <summary>The whole text, ended by a line feed.</summary>
    public static string Of(Explanation explanation, RelativePath output)
    {
        var writer = new ExplanationText(explanation.Lines[^1].Number);
        writer.text.Append(explanation.Path.Below(output).Value).Append('\n');
        foreach (var block in Blocks(explanation.Lines))
        {
            writer.text.Append('\n');
            writer.Write(block);
        }

        return writer.text.ToString();
    }

    private static List<List<ExplainedLine>> Blocks(ImmutableArray<ExplainedLine> lines)
    {
        var blocks = new List<List<ExplainedLine>>();
        foreach (var line in lines)
        {
            if (blocks.Count > 0 && Continues(blocks[^1], line))
                blocks[^1].Add(line);
            else
                blocks.Add([line]);
        }

        return blocks;
    }

    private static bool Continues(List<ExplainedLine> block, ExplainedLine line)
    {
        var last = block[^1];
        if (
            last.Templates.Length != 1
            || line.Templates.Length != 1
            || !last.Because.Select(value => value.Path).SequenceEqual(line.Because.Select(value => value.Path))
        )
        {
            return false;
        }

        var (one, other) = (last.Templates[0], line.Templates[0]);
        var isConstant = last.Printed.IsEmpty && line.Printed.IsEmpty;
        return one.Place.File == other.Place.File
            && one.Includes.SequenceEqual(other.Includes)
            && (one.Place.Line == other.Place.Line || (isConstant && one.Place.Line + 1 == other.Place.Line));
    }

    // Under one line its template comes first; of several, each has its own values and all have one template.
    private void Write(List<ExplainedLine> block)
    {
        foreach (var line in block)
        {
            text.Append(line.Number.ToString(CultureInfo.InvariantCulture).PadLeft(numberWidth))
                .Append(" | ")
                .Append(Visible(line.Text))
                .Append('\n');
            if (block.Count > 1)
                WriteValues("printed", line.Printed, "  (from no setting)");
        }

        foreach (var template in block[0].Templates)
            WriteTemplate(template, block);

        if (block.Count == 1)
            WriteValues("printed", block[0].Printed, "  (from no setting)");

        WriteValues("because of", block[0].Because, "");
    }

    private void WriteTemplate(ExplainedTemplate template, List<ExplainedLine> block)
    {
        var last = block[^1].Templates[0].Place.Line;
        var to = block[0].Templates.Length == 1 && last > template.Place.Line ? string.Create(CultureInfo.InvariantCulture, $"-{last}") : "";
        Label("template").Append(At(template.Place)).Append(to);
        if (to.Length == 0 && template.Text != block[0].Text)
            text.Append("  ").Append(Visible(template.Text.Trim()));

        text.Append('\n');
        foreach (var include in Enumerable.Reverse(template.Includes))
            text.Append(Deep).Append("  included at ").Append(At(include)).Append('\n');
    }

    // Values of the same origin are shown together.
    private void WriteValues(string label, ImmutableArray<ExplainedValue> values, string withoutOrigin)
    {
        foreach (var alike in values.GroupBy(value => string.Join('\n', value.Origins.Select(Sentence))).OrderBy(alike => alike.Key.Length == 0))
        {
            Label(label)
                .Append(string.Join(", ", alike.Select(value => Visible(value.Path))))
                .Append(alike.Key.Length == 0 ? withoutOrigin : "")
                .Append('\n');
            var sentences = alike.Key.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            foreach (var sentence in sentences.Take(OriginsShown))
                text.Append(Deep).Append("  ").Append(sentence).Append('\n');

            if (sentences.Length > OriginsShown)
                text.Append(Deep).Append(CultureInfo.InvariantCulture, $"  and {sentences.Length - OriginsShown} more\n");
        }
    }

    private StringBuilder Label(string label) => text.Append("  ").Append(label.PadRight(Deep.Length - 2));

    private static string Sentence(ExplainedOrigin origin) =>
        origin switch
        {
            { Span: null } => $"default of {origin.Key}",
            { Span: { } span, IsNeed: true } => $"{span.File}:{span.Start.Line}:{span.Start.Column}  needed by {origin.Package}",
            { Span: { } span, Value: null } => $"{span.File}:{span.Start.Line}:{span.Start.Column}  {Visible(origin.Key)}",
            { Span: { } span } => $"{span.File}:{span.Start.Line}:{span.Start.Column}  {Visible(origin.Key)}: {origin.Value}",
        };

    private static string At(TemplatePlace place) => string.Create(CultureInfo.InvariantCulture, $"{place.File}:{place.Line}");

    // Neither an escape sequence nor a direction of the file's may reach a terminal.
    private static string Visible(string line) => line.Any(char.IsControl) ? string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c)) : line;
}
