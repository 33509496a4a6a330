using System.Collections.Immutable;
using System.Globalization;
using DiffPlex;
using DiffPlex.Chunkers;
using DiffPlex.Model;

namespace GitOpsGen.Output;

/// <summary>
/// The hunks of a unified diff. DiffPlex finds what differs; its own renderer counts the final line feed as a line and never says that
/// one is missing, so the hunks are written here.
/// </summary>
internal sealed class DiffHunks(ImmutableArray<string> before, ImmutableArray<string> after)
{
    private const int Context = 3;

    // Myers' algorithm takes time in lines × differences. Past this the two texts are shown as replaced, which is what they are.
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
