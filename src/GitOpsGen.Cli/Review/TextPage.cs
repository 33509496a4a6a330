namespace GitOpsGen.Cli.Review;

/// <summary>A page for a terminal.</summary>
/// <param name="page">The page.</param>
internal sealed class TextPage(ReviewPage page)
{
    private const int UsualWidth = 100;

    /// <summary>The whole page. Sentences are wrapped at 100 characters at most, and tables are cut where the width is known.</summary>
    public string Write(int? width) => Write(page.Blocks(PageDetail.Full), width);

    /// <summary>Some blocks, in the same way.</summary>
    public static string Write(IEnumerable<Block> blocks, int? width)
    {
        var text = new StringBuilder();
        foreach (var block in blocks)
            Append(text, block, "", width);

        return text.ToString();
    }

    private static void Append(StringBuilder text, Block block, string indent, int? width)
    {
        switch (block)
        {
            case Block.Heading heading:
                text.Append(text.Length > 0 ? "\n" : "")
                    .Append(heading.Text)
                    .Append(
                        text.Length == 0 ? ""
                        : heading.Level > 3 ? ":"
                        : ""
                    )
                    .Append('\n');
                break;
            case Block.Paragraph paragraph:
                AppendWrapped(text, $"{paragraph.Text}", indent, indent, width);
                break;
            case Block.Caution caution:
                foreach (var item in caution.Items)
                {
                    AppendWrapped(text.Append('\n'), $"DANGER: {item.Title}", "", "  ", width);
                    AppendWrapped(text, $"{item.Why}", "  ", "  ", width);
                    foreach (var (number, step) in item.Steps.Index())
                        AppendWrapped(text, $"{number + 1}. {step}", "  ", "     ", width);
                }

                break;
            case Block.Table table:
                AppendTable(indent.Length == 0 ? text.Append('\n') : text, table, indent, width);
                break;
            case Block.Steps steps:
                foreach (var (number, step) in steps.Items.Index())
                {
                    AppendWrapped(text, $"{number + 1}. {step.Text}", indent, indent + "   ", width);
                    if (step.Below is { } below)
                        Append(text, below, indent + "   ", width);
                }

                break;
            case Block.Details details:
                text.Append('\n').Append(details.Title).Append('\n');
                foreach (var inner in details.Blocks)
                    Append(text, inner, "  ", width);

                break;
            case Block.Changes changes:
                foreach (var line in changes.Lines)
                    text.Append(indent).Append("  ").Append(line.Mark).Append(' ').Append(VisibleText.OneLine(line.Text)).Append('\n');

                break;
        }
    }

    private static void AppendTable(StringBuilder text, Block.Table table, string indent, int? width)
    {
        string[][] rows =
        [
            [.. table.Head],
            .. table.Rows.Select(row => row.Select(cell => VisibleText.OneLine($"{cell}")).ToArray()),
        ];
        foreach (var line in TextTable.Of(rows, width - indent.Length).TrimEnd('\n').Split('\n'))
            text.Append(indent).Append(line).Append('\n');
    }

    private static void AppendWrapped(StringBuilder text, string words, string first, string rest, int? width)
    {
        var (used, most) = (first.Length, Math.Min(width ?? UsualWidth, UsualWidth));
        text.Append(first);
        var isStart = true;
        foreach (var word in VisibleText.OneLine(words).Split(' '))
        {
            if (!isStart && used + 1 + word.Length > most)
            {
                text.Append('\n').Append(rest);
                used = rest.Length;
                isStart = true;
            }

            text.Append(isStart ? "" : " ").Append(word);
            used += word.Length + (isStart ? 0 : 1);
            isStart = false;
        }

        text.Append('\n');
    }
}
