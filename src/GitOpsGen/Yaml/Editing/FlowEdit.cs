namespace GitOpsGen.Yaml.Editing;

/// <summary>Adds and removes the elements of a mapping or list in brackets, on one line or with a line for each.</summary>
/// <param name="text">The text.</param>
/// <param name="open">The opening bracket.</param>
/// <param name="close">The closing bracket.</param>
/// <param name="elements">The places of the elements, without commas.</param>
internal sealed class FlowEdit(EditedText text, int open, int close, ImmutableArray<(int Start, int End)> elements)
{
    /// <param name="isRemoved">Which elements are removed.</param>
    /// <param name="added">New elements, each behind the element of that number; -1: before the first.</param>
    /// <param name="padding">The space inside the brackets, if they are empty.</param>
    public void Edit(Func<int, bool> isRemoved, ILookup<int, string> added, string padding)
    {
        ImmutableArray<int> kept = [.. Enumerable.Range(0, elements.Length).Where(i => !isRemoved(i))];
        if (kept.IsEmpty)
        {
            Refill([.. added.SelectMany(group => group)], padding);
            return;
        }

        var tail = kept[^1] + 1;
        Prepend([.. added[-1]]);
        foreach (var i in kept[..^1].Where(added.Contains))
            Append(i, [.. added[i]]);

        foreach (var i in Enumerable.Range(0, tail).Where(isRemoved))
            RemoveBeforeOthers(i);

        ChangeTail(kept[^1], [.. added.Where(group => group.Key >= kept[^1]).SelectMany(group => group)]);
    }

    // No old element remains.
    private void Refill(ImmutableArray<string> added, string padding)
    {
        var joined = string.Join(", ", added);
        if (!elements.IsEmpty && !added.IsEmpty)
            text.Replace(elements[0].Start, elements[^1].End, joined);
        else if (!elements.IsEmpty)
            Empty();
        else if (text.SkipBlanks(open + 1) == close)
            text.Replace(open + 1, close, padding + joined + padding);
        else
            text.Insert(close, joined);
    }

    // Comments around the elements stay, and with them the lines.
    private void Empty()
    {
        var (first, end) = (elements[0].Start, elements[^1].End);
        if (Comments.In(text, open + 1, first, null).IsEmpty && Comments.In(text, end, close, null).IsEmpty)
        {
            text.Remove(open + 1, close);
            return;
        }

        var trailing = CommaBehind(end);
        text.Remove(text.IsFirstInLine(first) ? text.EndOfLine(text.LineOf(first) - 1) : first, trailing < 0 ? end : trailing + 1);
    }

    private void Prepend(ImmutableArray<string> added)
    {
        if (!added.IsEmpty)
            text.Insert(elements[0].Start, string.Concat(added.Select(element => element + ", ")));
    }

    private void Append(int element, ImmutableArray<string> added)
    {
        var (start, end) = elements[element];
        var line = text.LineOf(end);
        var comma = CommaBehind(end);
        var rest = text.SkipBlanks(comma >= 0 && text.LineOf(comma) == line ? comma + 1 : end);
        var hasOwnLine = text.IsFirstInLine(start) && text[rest] is '#' or '\r' or '\n' && (comma < 0 || text.LineOf(comma) == line);
        if (!hasOwnLine)
        {
            text.Insert(end, string.Concat(added.Select(one => ", " + one)));
            return;
        }

        var lineStart = text.NewLine + new string(' ', text.IndentOf(text.LineOf(start)));
        if (comma < 0)
            text.Insert(end, ",");

        text.Insert(text.EndOfLine(line), lineStart + string.Join("," + lineStart, added) + (comma < 0 ? "" : ","));
    }

    // Up to the next element, or to the comment lines above it.
    private void RemoveBeforeOthers(int element)
    {
        var (start, end) = elements[element];
        var behind = text.SkipBlanks(CommaBehind(end) + 1);
        if (text.IsFirstInLine(start))
        {
            behind = text[behind] == '#' ? text.EndOfLine(text.LineOf(behind)) : behind;
            while (char.IsWhiteSpace(text[behind]))
                behind++;
        }

        text.Remove(start, behind);
    }

    // Behind the last element that stays, new elements replace the removed ones.
    private void ChangeTail(int last, ImmutableArray<string> added)
    {
        if (last == elements.Length - 1)
        {
            if (!added.IsEmpty)
                Append(last, added);
        }
        else if (!added.IsEmpty)
        {
            text.Replace(elements[last + 1].Start, elements[^1].End, string.Join(", ", added));
        }
        else
        {
            RemoveTail(last);
        }
    }

    private void RemoveTail(int last)
    {
        var (first, end) = (elements[last + 1].Start, elements[^1].End);
        var (comma, trailing) = (CommaBehind(elements[last].End), CommaBehind(end));
        if (!text.IsFirstInLine(first))
        {
            text.Remove(comma, end);
            return;
        }

        if (trailing < 0)
            text.Remove(comma, comma + 1);

        var behind = text.SkipBlanks(trailing < 0 ? end : trailing + 1);
        behind =
            text[behind] == '#' ? text.EndOfLine(text.LineOf(behind))
            : trailing < 0 ? end
            : trailing + 1;
        text.Remove(text.EndOfLine(text.LineOf(first) - 1), behind);
    }

    private int CommaBehind(int end) => text.SkipToContent(end) is var found && text[found] == ',' ? found : -1;
}
