using System.Collections.Immutable;

namespace GitOpsGen.Rendering.Tracing;

/// <summary>Sorts what is written by the line that it ends up on, as <see cref="RenderBuffer.ToFile"/> counts lines.</summary>
internal sealed class LineRecorder
{
    private readonly List<(int Line, bool IsText, bool IsBlank, TracedPiece Piece)> pieces = [];
    private int line = 1;
    private bool endedWithReturn;

    /// <summary>Notes a text that was written.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pieceAt">What a part of it is: by its offset in the text, and by how many lines of the text stand before it.</param>
    public void Write(ReadOnlySpan<char> text, Func<int, int, TracedPiece> pieceAt)
    {
        var (start, lineOfText) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var isSecondOfTwo = text[i] == '\n' && endedWithReturn;
            endedWithReturn = text[i] == '\r';
            if (text[i] is not ('\n' or '\r'))
            {
                continue;
            }

            if (!isSecondOfTwo)
            {
                Add(text[start..i], isText: i > start, pieceAt(start, lineOfText));
                line++;
                lineOfText++;
            }

            start = i + 1;
        }

        // An expression that wrote nothing here could have.
        if (start < text.Length || text.IsEmpty)
        {
            Add(text[start..], isText: true, pieceAt(start, lineOfText));
        }
    }

    /// <summary>The lines of the file, as many as it has.</summary>
    public ImmutableArray<TracedLine> Lines(int count) =>
        [.. pieces.GroupBy(piece => piece.Line).Where(group => group.Key <= count).Select(group => Line(group.Key, [.. group]))];

    // What only ends a line says nothing about it, unless there is nothing else.
    private static TracedLine Line(int number, ImmutableArray<(int Line, bool IsText, bool IsBlank, TracedPiece Piece)> all)
    {
        var texts = all.Where(piece => piece.IsText).ToArray();
        var kept = texts.Length > 0 ? texts : [.. all.Take(1)];
        var first = kept.FirstOrDefault(piece => !piece.IsBlank, kept[0]);
        return new(number, [.. kept.Select(piece => piece.Piece)]) { Place = first.Piece.Chain[^1] };
    }

    private void Add(ReadOnlySpan<char> part, bool isText, TracedPiece piece) => pieces.Add((line, isText, part.IsWhiteSpace(), piece));
}
