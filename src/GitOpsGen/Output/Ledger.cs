using System.Collections.Immutable;
using System.Text;
using GitOpsGen.Model;

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

    /// <summary>Every line of both, and these: whatever state a file is in between the two, it is ours.</summary>
    public Ledger With(Ledger other, IEnumerable<LedgerLine> more) => Of(Lines.Concat(other.Lines).Concat(more));

    /// <summary>All lines of one path.</summary>
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
