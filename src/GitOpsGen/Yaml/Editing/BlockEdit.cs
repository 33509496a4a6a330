namespace GitOpsGen.Yaml.Editing;

/// <summary>
/// Adds and removes the items of a list with dashes. The comment lines directly above an item belong to it, and those below it that are
/// indented deeper than its dash; a blank line ends them.
/// </summary>
internal sealed class BlockListEdit
{
    private readonly EditedText text;
    private readonly ImmutableArray<(int Dash, int First, int Last)> items;

    /// <param name="text">The text.</param>
    /// <param name="list">The list; not an empty one.</param>
    /// <param name="colon">The colon of its key.</param>
    public BlockListEdit(EditedText text, YamlSequence list, int colon)
    {
        this.text = text;
        var found = ImmutableArray.CreateBuilder<(int, int, int)>();
        var (behind, above) = (colon + 1, text.LineOf(colon));
        foreach (var item in list.Items)
        {
            var dash = text.SkipToContent(behind);
            (_, behind) = text.RangeOf(item);
            found.Add((dash, FirstLineOf(dash, above), above = text.LastLineOf(behind, Indent(dash))));
        }

        items = found.ToImmutable();
    }

    /// <summary>How far the dashes are indented.</summary>
    public int DashIndent => Indent(items[0].Dash);

    /// <summary>The lines of an item, its comments included.</summary>
    public (int First, int Last) LinesOf(int item) => (items[item].First, items[item].Last);

    public void Remove(int item) => text.RemoveLines(items[item].First, items[item].Last);

    /// <summary>Adds items behind another one; -1: before the first. If blank lines separate all items, they separate the new ones, too.</summary>
    /// <param name="behind">The other item.</param>
    /// <param name="added">The new ones, each from its dash.</param>
    /// <param name="isAlone">Whether no other item remains.</param>
    public void Insert(int behind, IEnumerable<string> added, bool isAlone)
    {
        var separator = IsSpaced() ? text.NewLine : "";
        var lines = string.Join(separator, added.Select(item => new string(' ', DashIndent) + item + text.NewLine));
        if (behind < 0)
            text.Insert(text.StartOfLine(items[0].First), lines + (isAlone ? "" : separator));
        else
            text.Insert(text.BehindLine(items[behind].Last), separator + lines);
    }

    private int Indent(int dash) => dash - text.StartOfLine(text.LineOf(dash));

    private int FirstLineOf(int dash, int above)
    {
        var line = text.LineOf(dash);
        while (line - 1 > above && text.IsComment(line - 1) && text.IndentOf(line - 1) <= Indent(dash))
            line--;

        return line;
    }

    private bool IsSpaced() =>
        items.Length > 1
        && Enumerable
            .Range(1, items.Length - 1)
            .All(i => Enumerable.Range(items[i - 1].Last + 1, items[i].First - items[i - 1].Last - 1).Any(text.IsBlank));
}

/// <summary>Adds and removes the keys of a mapping with a line for each. Comment lines above a removed key stay.</summary>
internal sealed class BlockMappingEdit(EditedText text, YamlMapping mapping)
{
    // The offset of the text that replaced removed keys behind the dash of an item.
    private int pulledUp = -1;

    /// <summary>How far the keys are indented.</summary>
    public int Indent { get; } = mapping.Span.Start.Column - 1;

    /// <summary>Adds a key behind another one.</summary>
    /// <param name="behind">The number of the other key.</param>
    /// <param name="entry">The new one, of which the first line is not indented.</param>
    public void Insert(int behind, string entry) =>
        text.Insert(text.BehindLine(LastLineOf(mapping.Entries[behind])), new string(' ', Indent) + entry + text.NewLine);

    /// <summary>Removes a key with its lines, from the first to the last; returns the comments that go with it.</summary>
    public ImmutableArray<string> Remove(YamlEntry entry)
    {
        var (start, end, last) = (text.RangeOf(entry.Key).Start, text.RangeOf(entry.Value).End, LastLineOf(entry));
        if (text.IsFirstInLine(start) && start != pulledUp)
        {
            text.RemoveLines(text.LineOf(start), last);
        }
        else
        {
            pulledUp = text.BehindLine(last);
            while (char.IsWhiteSpace(text[pulledUp]))
                pulledUp++;

            text.Remove(start, pulledUp);
        }

        return Comments.In(text, end, text.EndOfLine(last), null);
    }

    private int LastLineOf(YamlEntry entry) => text.LastLineOf(text.RangeOf(entry.Value).End, Indent);
}
