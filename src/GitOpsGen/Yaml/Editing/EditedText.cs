namespace GitOpsGen.Yaml.Editing;

/// <summary>
/// A YAML text and the changes to make in it, by offset. Here it always ends with a line break, even if the file does not, so that whole
/// lines can be added and removed everywhere. A line break is LF, CRLF or CR, as for the reader.
/// </summary>
internal sealed class EditedText
{
    private readonly string text;
    private readonly bool endsWithBreak;
    private readonly List<int> starts = [0];
    private readonly List<(int Start, int End, string Replacement)> edits = [];
    private readonly SortedSet<int> removedLines = [];

    public EditedText(string source)
    {
        NewLine = BreakAt(source, source.AsSpan().IndexOfAny('\r', '\n')) is { Length: > 0 } first ? first : "\n";
        endsWithBreak = source.Length == 0 || source[^1] is '\r' or '\n';
        text = endsWithBreak ? source : source + NewLine;
        for (var i = text.AsSpan().IndexOfAny('\r', '\n'); i >= 0; i = IndexOfBreak(starts[^1]))
            starts.Add(i + BreakAt(text, i).Length);
    }

    /// <summary>The line break of the file: its first.</summary>
    public string NewLine { get; }

    public char this[int offset] => text[offset];

    public string this[Range range] => text[range];

    public int OffsetOf(SourcePosition position) => starts[position.Line - 1] + position.Column - 1;

    /// <summary>The range of a node, without the empty lines behind a block scalar.</summary>
    public (int Start, int End) RangeOf(YamlNode node)
    {
        var (start, end) = (OffsetOf(node.Span.Start), OffsetOf(node.Span.End));
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;

        return (start, end);
    }

    /// <summary>The line, from 0, of an offset.</summary>
    public int LineOf(int offset) => starts.BinarySearch(offset) is var found && found >= 0 ? found : ~found - 1;

    public int StartOfLine(int line) => starts[line];

    public bool IsLine(int line) => line >= 0 && line < starts.Count;

    /// <summary>The end of a line, before its break.</summary>
    public int EndOfLine(int line) => starts[line] + Line(line).TrimEnd("\r\n").Length;

    /// <summary>The start of the next line, or the end of the text.</summary>
    public int BehindLine(int line) => line + 1 < starts.Count ? starts[line + 1] : text.Length;

    /// <summary>How far the line that holds an offset is indented.</summary>
    public int IndentOf(int line) => Line(line) is var content ? content.Length - content.TrimStart(' ').Length : 0;

    public bool IsBlank(int line) => Line(line).IsWhiteSpace();

    public bool IsComment(int line) => Line(line).TrimStart(" \t").StartsWith('#');

    /// <summary>Whether only white space is before the offset in its line.</summary>
    public bool IsFirstInLine(int offset) => text.AsSpan(starts[LineOf(offset)]..offset).IsWhiteSpace();

    /// <summary>The next character that is neither white space nor in a comment. Starts outside of scalars.</summary>
    public int SkipToContent(int offset)
    {
        while (offset < text.Length && (char.IsWhiteSpace(text[offset]) || text[offset] == '#'))
            offset = text[offset] == '#' ? EndOfLine(LineOf(offset)) : offset + 1;

        return offset;
    }

    /// <summary>The next character of the line that is not a blank; its break, if there is none.</summary>
    public int SkipBlanks(int offset)
    {
        while (text[offset] is ' ' or '\t')
            offset++;

        return offset;
    }

    /// <summary>The first offset of a character between two offsets; -1 if it is not there.</summary>
    public int IndexOf(char character, int start, int end) => start < end ? text.IndexOf(character, start, end - start) : -1;

    /// <summary>The last line of a value that ends at an offset, with the deeper comment lines directly below.</summary>
    public int LastLineOf(int end, int indent)
    {
        var line = LineOf(end);
        while (line + 1 < starts.Count && IsComment(line + 1) && IndentOf(line + 1) > indent)
            line++;

        return line;
    }

    public void Insert(int offset, string inserted) => Replace(offset, offset, inserted);

    public void Remove(int start, int end) => Replace(start, end, "");

    public void Replace(int start, int end, string replacement) => edits.Add((start, end, replacement));

    /// <summary>Removes whole lines, and the blank lines around them that have become superfluous.</summary>
    public void RemoveLines(int first, int last) => removedLines.UnionWith(Enumerable.Range(first, last - first + 1));

    /// <summary>The text with all changes made.</summary>
    public string Apply()
    {
        foreach (var (first, last) in RemovedRuns())
            Remove(starts[first], BehindLine(last));

        var result = new StringBuilder(text.Length + 256);
        var copied = 0;
        foreach (var (start, end, replacement) in edits.OrderBy(e => e.Start).ThenBy(e => e.End))
        {
            result.Append(text, copied, Math.Max(start - copied, 0)).Append(replacement);
            copied = Math.Max(copied, end);
        }

        var edited = result.Append(text, copied, text.Length - copied).ToString();
        return endsWithBreak || !edited.EndsWith(NewLine, StringComparison.Ordinal) ? edited : edited[..^NewLine.Length];
    }

    private static string BreakAt(string text, int index) =>
        index < 0 ? ""
        : text[index] == '\r' && index + 1 < text.Length && text[index + 1] == '\n' ? "\r\n"
        : text[index].ToString();

    private int IndexOfBreak(int from) => text.AsSpan(from).IndexOfAny('\r', '\n') is var found && found < 0 ? -1 : from + found;

    private ReadOnlySpan<char> Line(int line) => text.AsSpan(starts[line]..BehindLine(line));

    private IEnumerable<(int First, int Last)> RemovedRuns()
    {
        var lines = new Queue<int>(removedLines);
        while (lines.TryDequeue(out var first))
        {
            var last = first;
            while (lines.TryPeek(out var next) && Enumerable.Range(last + 1, next - last - 1).All(IsBlank) && !IsInserted(last))
                last = lines.Dequeue();

            yield return IsInserted(last) || IsInserted(first - 1) ? (first, last) : WithBlankLines(first, last);
        }
    }

    private bool IsInserted(int line) => edits.Any(e => e.Start == e.End && e.Start == (line < 0 ? 0 : BehindLine(line)));

    // Of the blank lines above and below, the fewer remain.
    private (int First, int Last) WithBlankLines(int first, int last)
    {
        var above = 0;
        while (first - above > 0 && IsBlank(first - above - 1))
            above++;

        var below = 0;
        while (last + below + 1 < starts.Count - 1 && IsBlank(last + below + 1))
            below++;

        var isLast = last + below + 1 >= starts.Count - 1;
        return isLast && below == 0 ? (first - above, last)
            : below <= above ? (first, last + below)
            : (first - above, last);
    }
}

/// <summary>Finds comments.</summary>
internal static class Comments
{
    /// <summary>The comments in a stretch of text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Its start; it has no scalars except those of <paramref name="node"/>.</param>
    /// <param name="end">Its end.</param>
    /// <param name="node">Its content except comments; <see langword="null"/> for none.</param>
    public static ImmutableArray<string> In(EditedText text, int start, int end, YamlNode? node)
    {
        var comments = ImmutableArray.CreateBuilder<string>();
        foreach (var (scalarStart, scalarEnd) in (node?.KeysAndScalars() ?? []).Select(text.RangeOf).Append((end, end)))
        {
            while (text.IndexOf('#', start, scalarStart) is var at and >= 0)
            {
                start = text.EndOfLine(text.LineOf(at));
                comments.Add(text[at..start].TrimEnd());
            }

            start = scalarEnd;
        }

        return comments.ToImmutable();
    }
}
