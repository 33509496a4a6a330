using DiffPlex;
using DiffPlex.Chunkers;
using DiffPlex.Model;

namespace GitOpsGen.Output;

/// <summary>Differences as text, in the form of <c>git diff</c>, with a bound on their length.</summary>
/// <param name="folder">The start of each path: the output, relative to the root.</param>
/// <param name="limits">How much is printed; what is left out is counted.</param>
public sealed class UnifiedDiff(RelativePath folder, DiffLimits limits)
{
    /// <summary>All changes, one after the other, each line ended by a line feed.</summary>
    public string Of(params IEnumerable<Change> changes)
    {
        var text = new StringBuilder();
        var left = limits.Lines;
        var omitted = 0;
        foreach (var change in changes)
        {
            if (left <= 0)
                omitted++;
            else
                left -= Append(text, change, Math.Min(left, limits.LinesPerFile));
        }

        if (omitted > 0)
            text.Append(CultureInfo.InvariantCulture, $"... {omitted} more {(omitted == 1 ? "file differs" : "files differ")}\n");
        return text.ToString();
    }

    private int Append(StringBuilder text, Change change, int max)
    {
        var path = $"{folder}/{change.Path}";
        text.Append(change.Kind == ChangeKind.Added ? "--- /dev/null\n" : $"--- a/{path}\n");
        text.Append(change.New is null ? "+++ /dev/null\n" : $"+++ b/{path}\n");
        const int Headers = 2;
        var (printed, omitted) = (0, 0);
        foreach (var line in Body(change))
        {
            if (printed < max)
                text.Append(line).Append('\n');
            _ = printed < max ? printed++ : omitted++;
        }

        if (omitted > 0)
            text.Append(CultureInfo.InvariantCulture, $"... {omitted} more {(omitted == 1 ? "line" : "lines")}\n");
        return printed + Headers;
    }

    private static IEnumerable<string> Body(Change change)
    {
        if (change is { Old: null, OldLength: > 0 })
            return [Sizes("Too large to compare", change)];
        var before = DiffText.TryDecode((change.Old ?? default).Span);
        var after = DiffText.TryDecode((change.New ?? default).Span);
        return before is null || after is null ? [Sizes("Not text", change)] : new DiffHunks(DiffText.Lines(before), DiffText.Lines(after)).Lines();
    }

    private static string Sizes(string what, Change change) =>
        string.Create(CultureInfo.InvariantCulture, $"{what}: {change.OldLength} bytes before, {change.New?.Length ?? 0} after");
}

/// <summary>How much of a difference is printed.</summary>
/// <param name="LinesPerFile">At most this many lines of one file.</param>
/// <param name="Lines">At most this many lines in all.</param>
public sealed record DiffLimits(int LinesPerFile, int Lines)
{
    /// <summary>Enough for a person to see what happened.</summary>
    public static DiffLimits Default { get; } = new(200, 2000);
}

/// <summary>
/// The hunks of a unified diff. DiffPlex finds what differs; its own renderer counts the final line feed as a line and never says that
/// one is missing, so the hunks are written here.
/// </summary>
internal sealed class DiffHunks(ImmutableArray<string> before, ImmutableArray<string> after)
{
    private const int Context = 3;

    // Myers' algorithm takes time in lines × differences. Past this the whole text is shown as replaced.
    private const long MaxEffort = 50_000_000;

    /// <summary>The lines of all hunks, headers included, as they are needed.</summary>
    public IEnumerable<string> Lines()
    {
        var blocks = Blocks();
        for (var first = 0; first < blocks.Count; )
        {
            var last = first;
            while (last + 1 < blocks.Count && blocks[last + 1].DeleteStartA - EndOf(blocks[last]) <= 2 * Context)
                last++;
            foreach (var line in Hunk(blocks, first, last))
                yield return line;
            first = last + 1;
        }
    }

    private IEnumerable<string> Hunk(IList<DiffBlock> blocks, int first, int last)
    {
        var start = Math.Max(0, blocks[first].DeleteStartA - Context);
        var end = Math.Min(before.Length, EndOf(blocks[last]) + Context);
        var startAfter = start + blocks[first].InsertStartB - blocks[first].DeleteStartA;
        var inserted = blocks.Skip(first).Take(last - first + 1).Sum(b => b.InsertCountB - b.DeleteCountA);
        yield return $"@@ -{Range(start, end - start)} +{Range(startAfter, end - start + inserted)} @@";
        var at = start;
        for (var i = first; i <= last; at = EndOf(blocks[i++]))
        {
            var block = blocks[i];
            var lines = Marked(' ', before, at, block.DeleteStartA)
                .Concat(Marked('-', before, block.DeleteStartA, EndOf(block)))
                .Concat(Marked('+', after, block.InsertStartB, block.InsertStartB + block.InsertCountB));
            foreach (var line in lines)
                yield return line;
        }

        foreach (var line in Marked(' ', before, at, end))
            yield return line;
    }

    private static IEnumerable<string> Marked(char mark, ImmutableArray<string> lines, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            yield return mark + DiffText.Shown(lines[i]);
            if (!lines[i].EndsWith('\n'))
                yield return @"\ No newline at end of file";
        }
    }

    // As git: a single line has no count, an empty range begins at the line before it.
    private static string Range(int start, int count) =>
        count == 1
            ? (start + 1).ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? start : start + 1)},{count}");

    private IList<DiffBlock> Blocks()
    {
        var shorter = Math.Min(before.Length, after.Length);
        var head = 0;
        while (head < shorter && before[head] == after[head])
            head++;
        var tail = 0;
        while (tail < shorter - head && before[^(tail + 1)] == after[^(tail + 1)])
            tail++;
        var (gone, come) = (before.Length - head - tail, after.Length - head - tail);
        if (gone == 0 || come == 0 || (long)gone * come > MaxEffort)
            return gone + come == 0 ? [] : [new(head, gone, head, come)];
        var found = Differ.Instance.CreateDiffs(
            string.Concat(before.AsSpan(head, gone)),
            string.Concat(after.AsSpan(head, come)),
            ignoreWhiteSpace: false,
            ignoreCase: false,
            Chunker
        );
        return [.. found.DiffBlocks.Select(b => new DiffBlock(b.DeleteStartA + head, b.DeleteCountA, b.InsertStartB + head, b.InsertCountB))];
    }

    private static int EndOf(DiffBlock block) => block.DeleteStartA + block.DeleteCountA;

    private static readonly CustomFunctionChunker Chunker = new(text => DiffText.Lines(text));
}

/// <summary>One side of a difference: lines with their line feeds, and how a line is shown.</summary>
internal static class DiffText
{
    /// <summary>The text, or <see langword="null"/> where the bytes are not text: not UTF-8, or with a NUL.</summary>
    public static string? TryDecode(ReadOnlySpan<byte> content)
    {
        try
        {
            return content.Contains((byte)0) ? null : SourceText.StrictUtf8.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The lines, each with its line feed. A carriage return is part of its line, as it is for Git.</summary>
    public static ImmutableArray<string> Lines(string text)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        for (var start = 0; start < text.Length; )
        {
            var end = text.IndexOf('\n', start) + 1;
            end = end == 0 ? text.Length : end;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines.ToImmutable();
    }

    /// <summary>The line without its line feed; control and invisible characters are spelled out.</summary>
    public static string Shown(string line)
    {
        var visible = line.EndsWith('\n') ? line[..^1] : line;
        if (!visible.Any(NeedsSpelling))
            return visible;
        var shown = new StringBuilder();
        foreach (var c in visible)
            shown.Append(NeedsSpelling(c) ? Spelled(c) : c.ToString());
        return shown.ToString();
    }

    private static bool NeedsSpelling(char c) =>
        (char.IsControl(c) && c != '\t')
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    // ^M for a carriage return, as git and less show it.
    private static string Spelled(char c) =>
        c switch
        {
            < ' ' => $"^{(char)(c + '@')}",
            '\x7f' => "^?",
            _ => string.Create(CultureInfo.InvariantCulture, $"<U+{(int)c:X4}>"),
        };
}
