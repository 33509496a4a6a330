using GitOpsGen.Rendering.Sandbox;
using Scriban.Syntax;
using SourceSpan = Scriban.Parsing.SourceSpan;

namespace GitOpsGen.Rendering.Tracing;

/// <summary>Assigns what is written to lines of the file, as <see cref="RenderBuffer.ToFile"/> counts lines.</summary>
internal sealed class LineRecorder
{
    private readonly List<(int Line, bool IsText, bool IsBlank, TracedPiece Piece)> pieces = [];
    private int line = 1;
    private bool endedWithReturn;

    /// <summary>Notes a text that was written.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pieceAt">What a part of it is: by its offset in the text, and by how many lines of the text come before it.</param>
    public void Write(ReadOnlySpan<char> text, Func<int, int, TracedPiece> pieceAt)
    {
        var (start, lineOfText) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var isSecondOfTwo = text[i] == '\n' && endedWithReturn;
            endedWithReturn = text[i] == '\r';
            if (text[i] is not ('\n' or '\r'))
                continue;

            if (!isSecondOfTwo)
            {
                Add(text[start..i], isText: i > start, pieceAt(start, lineOfText));
                line++;
                lineOfText++;
            }

            start = i + 1;
        }

        // An expression that wrote nothing is recorded too: it could have written something.
        if (start < text.Length || text.IsEmpty)
            Add(text[start..], isText: true, pieceAt(start, lineOfText));
    }

    /// <summary>The lines of the file.</summary>
    public ImmutableArray<TracedLine> Lines(int count) =>
        [.. pieces.GroupBy(piece => piece.Line).Where(group => group.Key <= count).Select(group => Line(group.Key, [.. group]))];

    // A piece that only ends a line does not count, unless there is no other piece.
    private static TracedLine Line(int number, ImmutableArray<(int Line, bool IsText, bool IsBlank, TracedPiece Piece)> all)
    {
        var texts = all.Where(piece => piece.IsText).ToArray();
        var kept = texts.Length > 0 ? texts : [.. all.Take(1)];
        var first = kept.FirstOrDefault(piece => !piece.IsBlank, kept[0]);
        return new(number, [.. kept.Select(piece => piece.Piece)]) { Place = first.Piece.Chain[^1] };
    }

    private void Add(ReadOnlySpan<char> part, bool isText, TracedPiece piece) => pieces.Add((line, isText, part.IsWhiteSpace(), piece));
}

/// <summary>One piece of one rendered line.</summary>
/// <param name="Chain">The includes that lead from the file's own template to the place that wrote it, and last that place.</param>
/// <param name="Printed">The reads whose values are printed there; empty for text of the template.</param>
/// <param name="Causes">The reads that decide that it is there.</param>
internal sealed record TracedPiece(ImmutableArray<TemplatePlace> Chain, ImmutableArray<ModelRead> Printed, ImmutableArray<ModelRead> Causes);

/// <summary>A rendered line with what wrote it, piece by piece.</summary>
internal sealed record TracedLine(int Number, ImmutableArray<TracedPiece> Pieces)
{
    /// <summary>Where its content begins: its first piece that is more than indentation.</summary>
    public required TemplatePlace Place { get; init; }
}

/// <summary>Places in the texts of templates.</summary>
internal sealed class TemplateLines
{
    private readonly Dictionary<string, int[]> startsByText = new(ReferenceEqualityComparer.Instance);

    /// <summary>Where a statement or expression begins.</summary>
    public static TemplatePlace Place(SourceSpan span) => new(span.FileName, span.Start.Line + 1, span.Start.Column + 1);

    /// <summary>Where a character of a template's own text is.</summary>
    public TemplatePlace Place(ScriptRawStatement raw, int offset)
    {
        var at = raw.Text.Index + offset;
        var text = raw.Text.FullText ?? "";
        if (!startsByText.TryGetValue(text, out var starts))
            startsByText.Add(text, starts = [0, .. text.Index().Where(c => c.Item == '\n').Select(c => c.Index + 1)]);

        var found = Array.BinarySearch(starts, at);
        var line = found >= 0 ? found : ~found - 1;
        return new(raw.Span.FileName, line + 1, at - starts[line] + 1);
    }
}
