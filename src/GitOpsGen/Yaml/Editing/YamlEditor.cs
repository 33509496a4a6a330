namespace GitOpsGen.Yaml.Editing;

/// <summary>
/// Changes values of a file in place: what does not change keeps its bytes, and what is new looks like the rest. Every method takes a node
/// of the file, the value that it means, and the wanted value. Node and value differ only if a value has several spellings.
/// </summary>
internal sealed class YamlEditor
{
    private readonly EditedText text;
    private readonly EditStyle style;
    private readonly NodeText printer;
    private readonly Dictionary<YamlNode, ImmutableArray<string>> removedComments = [];

    /// <param name="text">The file.</param>
    /// <param name="root">Its document.</param>
    /// <param name="blockItems">See <see cref="EditStyle"/>.</param>
    public YamlEditor(EditedText text, YamlNode root, string blockItems)
    {
        this.text = text;
        style = new(text, root, blockItems);
        printer = new(style, text.NewLine);
    }

    /// <summary>The comments that were removed with an item of a list, or with a value and its key.</summary>
    public ImmutableArray<string> CommentsRemovedWith(YamlNode node) => removedComments.GetValueOrDefault(node, []);

    /// <summary>Edits a list, with the origin of each wanted item.</summary>
    /// <param name="owner">The list and its key.</param>
    /// <param name="before">The values that its items mean.</param>
    /// <param name="wanted">The wanted items; those with an origin in the order of the file.</param>
    /// <param name="inFlow">Whether the key is in brackets.</param>
    public void EditList(YamlEntry owner, ImmutableArray<YamlNode> before, ImmutableArray<ListItem> wanted, bool inFlow)
    {
        var list = (YamlSequence)owner.Value;
        foreach (var item in wanted.Where(item => item.Origin is not null))
            Edit(new(owner.Key, list.Items[item.Origin!.Value]), before[item.Origin.Value], item.Wanted, inFlow || style.IsFlow(list));

        var kept = wanted.Select(item => item.Origin).OfType<int>().ToHashSet();
        var added = Added(wanted);
        if (kept.Count == list.Items.Length && added.Count == 0)
            return;

        if (!style.IsFlow(list))
        {
            EditBlockList(owner, list, kept, added);
        }
        else if (
            list.Items.IsEmpty
            && !inFlow
            && IsEmptyOnOneLine(list)
            && !style.PrefersFlow(owner.Key.Text, new YamlSequence([added[-1].First()], list.Span))
        )
        {
            Unfold(owner, added[-1]);
        }
        else
        {
            var texts = added
                .SelectMany(g => g, (g, node) => (g.Key, Text: printer.Flow(owner.Key.Text, node)))
                .ToLookup(pair => pair.Key, pair => pair.Text);
            Flow(list, [.. list.Items.Select(text.RangeOf)]).Edit(i => !kept.Contains(i), texts, style.ListPadding);
        }
    }

    private void Edit(YamlEntry entry, YamlNode before, YamlNode wanted, bool inFlow)
    {
        if (NodeValues.Same(before, wanted))
            return;

        switch (entry.Value, wanted)
        {
            case (YamlScalar present, YamlScalar scalar):
                new ScalarEdit(text, style).Replace(present, scalar, inFlow);
                break;
            case (YamlMapping present, YamlMapping mapping):
                EditMapping(present, (YamlMapping)before, mapping, inFlow || style.IsFlow(present));
                break;
            case (YamlSequence, YamlSequence list):
                var items = ((YamlSequence)before).Items;
                EditList(entry, items, ListAlignment.Of(items, list.Items), inFlow);
                break;
            default:
                throw new InvalidOperationException($"'{entry.Key.Text}' cannot become another type.");
        }
    }

    private void EditMapping(YamlMapping present, YamlMapping before, YamlMapping wanted, bool inFlow)
    {
        var added = new List<(int Behind, YamlEntry Entry)>();
        var behind = -1;
        foreach (var entry in wanted.Entries)
        {
            if (IndexOf(present, entry.Key.Text) is var index and >= 0)
            {
                behind = index;
                Edit(present.Entries[index], before[entry.Key.Text] ?? present.Entries[index].Value, entry.Value, inFlow);
            }
            else
            {
                added.Add((behind, entry));
            }
        }

        // A redundant entry of the file, such as 'indirect: false', is in neither value.
        var removed = present.Entries.Where(entry => wanted[entry.Key.Text] is null && before[entry.Key.Text] is not null).ToList();
        if (added.Count + removed.Count == 0)
            return;

        if (inFlow)
        {
            Flow(present, [.. present.Entries.Select(e => (text.RangeOf(e.Key).Start, text.RangeOf(e.Value).End))])
                .Edit(
                    i => removed.Contains(present.Entries[i]),
                    added.ToLookup(a => a.Behind, a => printer.FlowEntry(a.Entry)),
                    style.MappingPadding
                );
            return;
        }

        var block = new BlockMappingEdit(text, present);
        removed.ForEach(entry => removedComments[entry.Value] = block.Remove(entry));
        added.ForEach(a => block.Insert(a.Behind, printer.BlockEntry(a.Entry, block.Indent)));
    }

    private void EditBlockList(YamlEntry owner, YamlSequence list, HashSet<int> kept, ILookup<int, YamlNode> added)
    {
        var colon = ColonOf(owner);
        var edit = new BlockListEdit(text, list, colon);
        foreach (var group in added)
        {
            var neighbour = list.Items[Math.Max(group.Key, 0)];
            var keys = neighbour is YamlMapping && !style.IsFlow(neighbour) ? neighbour.Span.Start.Column - 1 : edit.DashIndent + 2;
            edit.Insert(
                group.Key,
                group.Select(item => printer.BlockItem(owner.Key.Text, item, style.IsFlow(neighbour), (edit.DashIndent, keys))),
                isAlone: kept.Count == 0
            );
        }

        foreach (var i in Enumerable.Range(0, list.Items.Length).Where(i => !kept.Contains(i)))
        {
            edit.Remove(i);
            var (first, last) = edit.LinesOf(i);
            removedComments[list.Items[i]] = Comments.In(text, text.StartOfLine(first), text.EndOfLine(last), list.Items[i]);
        }

        if (kept.Count == 0 && added.Count == 0)
            text.Insert(colon + 1, " []");
    }

    // [] becomes a block.
    private void Unfold(YamlEntry owner, IEnumerable<YamlNode> items)
    {
        var indent = owner.Key.Span.Start.Column - 1;
        var close = text.RangeOf(owner.Value).End;
        text.Remove(ColonOf(owner) + 1, close);
        text.Insert(text.EndOfLine(text.LineOf(close)), printer.BlockItems(owner.Key.Text, new([.. items], owner.Value.Span), indent + style.Step));
    }

    private FlowEdit Flow(YamlNode collection, ImmutableArray<(int Start, int End)> elements)
    {
        var (start, end) = text.RangeOf(collection);
        return new(text, start, end - 1, elements);
    }

    private int ColonOf(YamlEntry entry) => text.SkipToContent(text.RangeOf(entry.Key).End);

    private bool IsEmptyOnOneLine(YamlSequence list) => text.RangeOf(list) is var (start, end) && text.SkipBlanks(start + 1) == end - 1;

    private static int IndexOf(YamlMapping mapping, string key)
    {
        for (var i = 0; i < mapping.Entries.Length; i++)
        {
            if (mapping.Entries[i].Key.Text == key)
                return i;
        }

        return -1;
    }

    private static ILookup<int, YamlNode> Added(ImmutableArray<ListItem> wanted)
    {
        var added = new List<(int Behind, YamlNode Node)>();
        var behind = -1;
        foreach (var item in wanted)
        {
            if (item.Origin is { } origin)
                behind = origin;
            else
                added.Add((behind, item.Wanted));
        }

        return added.ToLookup(a => a.Behind, a => a.Node);
    }
}

/// <summary>Replaces a scalar by another.</summary>
internal sealed class ScalarEdit(EditedText text, EditStyle style)
{
    private const int NearbyDistance = 3; // in lines

    /// <param name="present">The scalar of the file.</param>
    /// <param name="wanted">The wanted value.</param>
    /// <param name="inFlow">Whether it is in brackets.</param>
    public void Replace(YamlScalar present, YamlScalar wanted, bool inFlow)
    {
        var (start, end) = text.RangeOf(present);
        var replacement = style.Scalar(text[start], wanted, inFlow);
        if (text[start] is '|' or '>')
        {
            text.Replace(start, end, replacement + CommentBehind(start));
            return;
        }

        text.Replace(start, end, replacement);
        KeepCommentColumn(end, replacement.Length - (end - start));
    }

    // A block becomes one line; the comment behind its indicator stays.
    private string CommentBehind(int indicator)
    {
        var head = text[indicator..text.EndOfLine(text.LineOf(indicator))];
        return head.IndexOf(" #", StringComparison.Ordinal) is var comment and >= 0 ? head[comment..] : "";
    }

    // A comment behind the value that is aligned with a nearby one stays in its column.
    private void KeepCommentColumn(int end, int growth)
    {
        var (line, comment) = (text.LineOf(end), text.SkipBlanks(end));
        var column = comment - text.StartOfLine(line);
        if (text[comment] == '#' && !text[end..comment].Contains('\t') && NearbyLines(line).Any(other => HasCommentAt(other, column)))
            text.Replace(end, comment, new string(' ', Math.Max(1, comment - end - growth)));
    }

    private static IEnumerable<int> NearbyLines(int line) =>
        Enumerable.Range(line - NearbyDistance, (2 * NearbyDistance) + 1).Where(other => other != line);

    private bool HasCommentAt(int line, int column) =>
        text.IsLine(line) && text.StartOfLine(line) + column is var at && at < text.EndOfLine(line) && text[at] == '#' && text[at - 1] == ' ';
}

/// <summary>Compares nodes regardless of their places and the order of keys. Numbers are compared by their text.</summary>
internal static class NodeValues
{
    public static bool Same(YamlNode? left, YamlNode? right) =>
        ReferenceEquals(left, right)
        || (left, right) switch
        {
            (YamlScalar l, YamlScalar r) => l.Kind == r.Kind && l.Text == r.Text,
            (YamlSequence l, YamlSequence r) => l.Items.Length == r.Items.Length && l.Items.Zip(r.Items).All(pair => Same(pair.First, pair.Second)),
            (YamlMapping l, YamlMapping r) => l.Entries.Length == r.Entries.Length && l.Entries.All(entry => Same(entry.Value, r[entry.Key.Text])),
            _ => false,
        };
}
