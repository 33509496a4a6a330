namespace GitOpsGen.Output;

/// <summary>
/// What GitOpsGen wrote: lines of path and SHA-256, sorted and distinct. A path has several lines while a write is under way, or
/// after Git has merged two ledgers. The text is what <c>sha256sum -c</c> reads from inside the output folder.
/// </summary>
internal sealed class Ledger
{
    private Ledger(ImmutableArray<LedgerLine> lines) => Lines = lines;

    public static Ledger Empty { get; } = new([]);

    public ImmutableArray<LedgerLine> Lines { get; }

    public bool IsEmpty => Lines.IsEmpty;

    /// <summary>The ledger of exactly these files.</summary>
    public static Ledger Of(ImmutableArray<OutputFile> files) => Of(files.Select(f => new LedgerLine(f.Path, ContentHash.Of(f.Content.Span))));

    public static Ledger Of(IEnumerable<LedgerLine> lines) => new([.. lines.Order().Distinct()]);

    /// <summary>Every line of both, and these. In whatever state between the two a file is, it is ours.</summary>
    public Ledger With(Ledger other, IEnumerable<LedgerLine> more) => Of(Lines.Concat(other.Lines).Concat(more));

    public ReadOnlySpan<LedgerLine> LinesOf(RelativePath path)
    {
        var first = Lines.AsSpan().BinarySearch(new LedgerLine(path, default));
        first = first < 0 ? ~first : first;
        var end = first;
        while (end < Lines.Length && Lines[end].Path == path)
            end++;
        return Lines.AsSpan()[first..end];
    }

    /// <summary>The file: <c>hash, two spaces, path, LF</c> per line.</summary>
    public byte[] ToBytes()
    {
        const int Fixed = ContentHash.TextLength + 3;
        var text = new byte[Lines.Sum(line => Fixed + Encoding.UTF8.GetByteCount(line.Path.Value))];
        var rest = text.AsSpan();
        foreach (var (path, hash) in Lines)
        {
            hash.Format(rest[..ContentHash.TextLength]);
            rest[ContentHash.TextLength] = rest[ContentHash.TextLength + 1] = (byte)' ';
            rest = rest[(ContentHash.TextLength + 2)..];
            rest = rest[Encoding.UTF8.GetBytes(path.Value, rest)..];
            rest[0] = (byte)'\n';
            rest = rest[1..];
        }

        return text;
    }
}

/// <summary>One claim of a ledger: a file at this path with this content was written by GitOpsGen.</summary>
internal readonly record struct LedgerLine(RelativePath Path, ContentHash Hash) : IComparable<LedgerLine>
{
    public int CompareTo(LedgerLine other) => Path.CompareTo(other.Path) is not 0 and var byPath ? byPath : Hash.CompareTo(other.Hash);
}

/// <summary>
/// Reads a ledger as Git may have left it: merged, in conflict, with CRLF. Any other line that GitOpsGen did not write is an error, because
/// a ledger decides what may be deleted.
/// </summary>
internal static class LedgerReader
{
    // In a file that is not a ledger every line is wrong; the first few show it.
    private const int MaxFindings = 10;

    /// <summary>The ledger with its good lines, and a GOG5003 per bad one. <paramref name="file"/> is its path as printed.</summary>
    public static Result<Ledger> Read(ReadOnlySpan<byte> text, LedgerScope scope, string file)
    {
        var lines = new List<LedgerLine>();
        var bag = new DiagnosticBag();
        for (var number = 1; !text.IsEmpty && bag.Count < MaxFindings; number++)
        {
            var end = text.IndexOf((byte)'\n');
            var line = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            line = line is [.. var withoutCr, (byte)'\r'] ? withoutCr : line;
            if (IsConflictMarker(line))
                continue;
            if (!TryParse(line, out var parsed))
                Report(bag, file, number, line.Length, $"Line {number} is neither a SHA-256 with a path nor a Git conflict marker.");
            else if (!scope.Holds(parsed.Path))
                Report(bag, file, number, line.Length, $"The path '{parsed.Path}' does not belong in this ledger.");
            else
                lines.Add(parsed);
        }

        return new(Ledger.Of(lines), bag.ToImmutable());
    }

    private static void Report(DiagnosticBag bag, string file, int line, int length, string message) =>
        bag.Add(
            Rules.LedgerMalformed,
            new SourceSpan(file, new(line, 1), new(line, length + 1)),
            message,
            "Restore the ledger from Git, or remove the line."
        );

    private static bool IsConflictMarker(ReadOnlySpan<byte> line) =>
        line.StartsWith("<<<<<<<"u8) || line.StartsWith("======="u8) || line.StartsWith(">>>>>>>"u8) || line.StartsWith("|||||||"u8);

    private static bool TryParse(ReadOnlySpan<byte> line, out LedgerLine parsed)
    {
        parsed = default;
        const int PathStart = ContentHash.TextLength + 2;
        if (
            line.Length <= PathStart
            || !ContentHash.TryParse(line[..ContentHash.TextLength], out var hash)
            || !line[ContentHash.TextLength..PathStart].SequenceEqual("  "u8)
            || !TryDecode(line[PathStart..], out var text)
            || !RelativePath.TryParse(text, out var path)
        )
            return false;
        parsed = new(path, hash);
        return true;
    }

    private static bool TryDecode(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = SourceText.StrictUtf8.GetString(utf8);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = null;
            return false;
        }
    }
}
