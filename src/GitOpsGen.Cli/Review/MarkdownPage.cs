namespace GitOpsGen.Cli.Review;

/// <summary>
/// A page as markdown that GitHub, GitLab and Azure DevOps all render: tables, details and fences, no other HTML, no image, no link but those
/// that the user gave. What comes from files is in code, so that no mention, reference, link or HTML of an author's can act.
/// </summary>
/// <param name="page">The page.</param>
/// <param name="options">How it is written.</param>
internal sealed class MarkdownPage(ReviewPage page, MarkdownOptions options)
{
    private const int MostCharacters = 200;
    private const int MostLinks = 500;
    private const int TitleLevel = 3;

    /// <summary>The whole page, in at most so many bytes of UTF-8: whole parts go, never half of one.</summary>
    public string Write()
    {
        var text = Write(PageDetail.Full, cut: false);
        if (Size(text) <= options.MaxLength)
            return text;

        foreach (var detail in Details())
        {
            text = Write(detail, cut: true);
            if (Size(text) <= options.MaxLength)
                return text;
        }

        return text;
    }

    // A comment ends at the first two hyphens with an angle bracket.
    public static string RootMark(string root) => Shorten(root).Replace("--", "- -", StringComparison.Ordinal);

    /// <summary>How many bytes a text has in UTF-8.</summary>
    public static int Size(string text) => Encoding.UTF8.GetByteCount(text);

    // What goes first matters least. Fields of objects leave one object after the other, the largest first.
    private IEnumerable<PageDetail> Details()
    {
        var detail = PageDetail.Full with { DriftFields = false };
        yield return detail;
        detail = detail with { ObjectsWithFields = 0 };
        if (Fits(detail))
        {
            yield return detail with
            {
                ObjectsWithFields = MostObjects(detail),
            };
        }

        yield return detail = detail with { ObjectNames = false };
        yield return detail = detail with { Files = false };
        yield return detail = detail with { PackageRows = 30 };
        yield return detail = detail with { AccessRows = 30 };
        yield return detail = detail with { Dangers = 20 };
        foreach (var rows in new[] { 30, 20, 10, 5, 2, 1, 0 })
        {
            yield return detail with
            {
                PackageRows = Math.Min(rows, 30),
                AccessRows = rows,
                Dangers = Math.Min(rows, 20),
                HandRows = rows,
            };
        }

        yield return PageDetail.Least;
    }

    private int MostObjects(PageDetail detail)
    {
        var (fits, tooMany) = (0, page.ObjectCount);
        while (fits + 1 < tooMany)
        {
            var middle = (fits + tooMany) / 2;
            (fits, tooMany) = Fits(detail with { ObjectsWithFields = middle }) ? (middle, tooMany) : (fits, middle);
        }

        return fits;
    }

    private bool Fits(PageDetail detail) => Size(Write(detail, cut: true)) <= options.MaxLength;

    private string Write(PageDetail detail, bool cut)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<!-- gitopsgen diff root={RootMark(page.Root)} -->\n");
        foreach (var block in page.Blocks(detail))
            Append(text, block);

        if (page.IsEmpty)
            return text.ToString();

        text.Append(CultureInfo.InvariantCulture, $"\n{page.Footer}\n");
        if (cut)
            text.Append(CultureInfo.InvariantCulture, $"\nCut at {options.MaxLength} bytes; the full report is in {FullReport()}.\n");
        else if (options.Links.Length > 0)
            text.Append('\n').Append(Links()).Append('\n');

        return text.ToString();
    }

    // A page that is cut has no room for addresses of any length.
    private string FullReport() => Links() is { Length: > 0 } links && Size(links) <= MostLinks ? links : Inline(Words.Code(page.Command));

    private string Links() => string.Join(", ", options.Links.Select(link => $"[{MarkdownText.Escape(link.Text)}]({AddressOf(link.Url)})"));

    // A parenthesis would end the link.
    private static string AddressOf(Uri url) =>
        url.AbsoluteUri.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal);

    private static void Append(StringBuilder text, Block block)
    {
        switch (block)
        {
            case Block.Heading heading:
                text.Append(heading.Level > TitleLevel ? "\n" : "").Append('#', heading.Level).Append(' ').Append(Inline(heading.Text)).Append('\n');
                break;
            case Block.Paragraph paragraph:
                text.Append('\n').Append(Inline(paragraph.Text)).Append('\n');
                break;
            case Block.Caution caution:
                Append(text, caution);
                break;
            case Block.Table table:
                Append(text.Append('\n'), table, "");
                break;
            case Block.Steps steps:
                Append(text, steps);
                break;
            case Block.Details details:
                text.Append("\n<details><summary>").Append(Inline(details.Title)).Append("</summary>\n");
                foreach (var inner in details.Blocks)
                    Append(text, inner);

                text.Append("\n</details>\n");
                break;
            case Block.Changes changes:
                Append(text, changes);
                break;
        }
    }

    private static void Append(StringBuilder text, Block.Caution caution)
    {
        text.Append("\n> [!CAUTION]\n");
        foreach (var (number, item) in caution.Items.Index())
        {
            text.Append(number == 0 ? "" : ">\n").Append("> **").Append(Inline(item.Title)).Append("** ").Append(Inline(item.Why)).Append('\n');
            foreach (var (step, words) in item.Steps.Index())
                text.Append(CultureInfo.InvariantCulture, $"> {step + 1}. {Inline(words)}\n");
        }
    }

    private static void Append(StringBuilder text, Block.Steps steps)
    {
        foreach (var (number, step) in steps.Items.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{number + 1}. {Inline(step.Text)}\n");
            if (step.Below is Block.Table table)
                Append(text.Append('\n'), table, "   ");
        }
    }

    private static void Append(StringBuilder text, Block.Table table, string indent)
    {
        text.Append(indent).Append("| ").AppendJoin(" | ", table.Head).Append(" |\n");
        text.Append(indent).Append('|').Insert(text.Length, "---|", table.Head.Length).Append('\n');
        foreach (var row in table.Rows)
            text.Append(indent).Append("| ").AppendJoin(" | ", row.Select(cell => Inline(cell, inTable: true))).Append(" |\n");
    }

    private static void Append(StringBuilder text, Block.Changes changes)
    {
        var lines = changes.Lines.Select(line => $"{line.Mark}{Shorten(line.Text)}").ToList();
        var fence = new string('`', Math.Max(3, lines.Max(LongestTicks) + 1));
        text.Append('\n').Append(fence).Append("diff\n").AppendJoin('\n', lines).Append('\n').Append(fence).Append('\n');
    }

    /// <summary>The words in one line.</summary>
    public static string Inline(Words words, bool inTable = false) =>
        string.Concat(
            words.All.Select(word =>
                word.Style switch
                {
                    WordStyle.Code => Code(word.Text, inTable),
                    WordStyle.Bold => $"**{MarkdownText.Escape(word.Text)}**",
                    _ => MarkdownText.Escape(word.Text),
                }
            )
        );

    // In code, nothing acts but the end of the code and, in a table, the end of the cell. A bar after a backslash of the text's own ends it for
    // some readers, whatever stands between, so that the two are kept apart.
    private static string Code(string text, bool inTable)
    {
        var shown = Shorten(text);
        shown = inTable ? shown.Replace(@"\|", @"\ |", StringComparison.Ordinal).Replace("|", @"\|", StringComparison.Ordinal) : shown;
        var ticks = new string('`', LongestTicks(shown) + 1);
        var padding = shown.Length == 0 || shown.StartsWith('`') || shown.EndsWith('`') ? " " : "";
        return $"{ticks}{padding}{shown}{padding}{ticks}";
    }

    private static string Shorten(string text) => TextTable.Shorten(VisibleText.OneLine(text), MostCharacters);

    private static int LongestTicks(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}

/// <summary>How markdown is written.</summary>
/// <param name="MaxLength">How many bytes of UTF-8 it may have.</param>
/// <param name="Links">Where the full report is.</param>
internal sealed record MarkdownOptions(int MaxLength, ImmutableArray<ReportLink> Links)
{
    /// <summary>A comment on GitHub holds 65,536 characters; the rest is a reserve for what a recipe adds.</summary>
    public const int UsualLength = 60000;

    /// <summary>Below this, not even the verdict and the headings have room.</summary>
    public const int LeastLength = 2000;
}

/// <summary>A link that the user gave.</summary>
/// <param name="Text">What is shown.</param>
/// <param name="Url">Where it leads; https.</param>
internal sealed record ReportLink(string Text, Uri Url);
