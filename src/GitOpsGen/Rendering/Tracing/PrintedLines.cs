using System.Collections;
using GitOpsGen.Rendering.Variables;
using Scriban.Runtime;

namespace GitOpsGen.Rendering.Tracing;

/// <summary>
/// Which reads are behind each line of a value that <c>yaml</c> or <c>json</c> printed on several lines. The text is parsed again and
/// walked together with the value: both have the same structure, and the parsed text knows its lines.
/// </summary>
internal sealed class PrintedLines
{
    private readonly ReadLog log;
    private readonly ImmutableArray<Influence>[] lines;

    private PrintedLines(ReadLog log, int count)
    {
        this.log = log;
        lines = new ImmutableArray<Influence>[count];
    }

    /// <summary>The lines of a printed text; <see langword="null"/> where the value has no parts.</summary>
    /// <param name="log">The reads that made the value's parts.</param>
    /// <param name="value">What was printed.</param>
    /// <param name="text">The printed text.</param>
    /// <param name="indent">The indentation of all lines but the first.</param>
    public static PrintedLines? Of(ReadLog log, object? value, string text, int indent)
    {
        if (
            value is not (IList or IScriptObject)
            || YamlReader.Read("", Encoding.UTF8.GetBytes(new string(' ', indent) + text)).Value is not { } printed
        )
        {
            return null;
        }

        var lines = new PrintedLines(log, text.AsSpan().Count('\n') + 1);
        lines.Mark(printed.Span.Start.Line, printed.Span.End.Line, Decided(log.Behind(value)));
        lines.Walk(value, printed);
        return lines;
    }

    /// <summary>The reads behind a line of the text, from 0.</summary>
    public ImmutableArray<Influence> this[int line] => line < lines.Length && !lines[line].IsDefault ? lines[line] : [];

    private void Walk(object? value, YamlNode printed)
    {
        switch (value, printed)
        {
            case (YamlObject mapping, YamlMapping there):
                foreach (var (key, node) in there.Entries)
                {
                    if (mapping.TryGetMember(key.Text, out var member))
                        Part(member, key, node);
                }

                break;
            case (ScriptObject made, YamlMapping there):
                foreach (var (key, node) in there.Entries)
                    Part(made.TryGetValue(key.Text, out var member) ? member : null, key, node);

                break;
            case (IList list, YamlSequence there):
                for (var i = 0; i < Math.Min(list.Count, there.Items.Length); i++)
                    Part(list[i], there.Items[i], there.Items[i]);

                break;
        }
    }

    // A value with parts marks only its key or bracket. A block's end can be the start of the next line, which belongs to the next part.
    private void Part(object? value, YamlNode first, YamlNode node)
    {
        var by = log.Behind(value);
        if (!by.IsEmpty)
            Mark(first.Span.Start.Line, node is YamlScalar ? node.Span.End.Line : first.Span.Start.Line, node is YamlScalar ? by : Decided(by));

        Walk(value, node);
    }

    private static ImmutableArray<Influence> Decided(ImmutableArray<Influence> by) => [.. by.Select(influence => influence with { IsCause = true })];

    private void Mark(int first, int last, ImmutableArray<Influence> by)
    {
        for (var line = first; line <= Math.Min(last, lines.Length); line++)
            lines[line - 1] = by;
    }
}
