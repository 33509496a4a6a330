using System.Buffers;

namespace GitOpsGen.Registry.Packages;

/// <summary>
/// Finds the package object in a stream of YAML documents without keeping the stream, which for a provider is megabytes of CRDs. Documents
/// begin at a line <c>---</c>; YAML allows that line, at the first column, nowhere inside one. A document is dropped as soon as its
/// <c>apiVersion</c> shows that it is something else; an alias may stand for anything.
/// </summary>
internal sealed class DocumentSplitter
{
    /// <summary>The API group of package objects.</summary>
    public const string MetaGroup = "meta.pkg.crossplane.io/";

    /// <summary>How many bytes are kept, of all documents that may be package objects; real ones have kilobytes.</summary>
    public const int LongestKept = 1024 * 1024;

    private const int LongestHead = 256; // of a line, enough for any apiVersion

    private readonly byte[] head = new byte[LongestHead];
    private readonly List<MetaDocument> found = [];
    private readonly ArrayBufferWriter<byte> document = new();
    private int headLength;
    private int kept;
    private int objects;
    private int line = 1;
    private int firstLine = 1;
    private bool isObject;
    private bool isDropped;
    private bool isDecided;
    private bool isStart = true;

    /// <summary>The documents that may be package objects, because they contain the group's name.</summary>
    public IReadOnlyList<MetaDocument> Found => found;

    /// <summary>Whether more of the stream changes nothing: a package has exactly one object.</summary>
    public bool HasTwo => objects > 1;

    /// <summary>Whether there was more to keep than <see cref="LongestKept"/>.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Takes the next bytes of the stream.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var piece = end < 0 ? bytes : bytes[..(end + 1)];
            bytes = bytes[piece.Length..];
            AddToLine(piece);
            if (end >= 0)
                EndLine();
        }
    }

    /// <summary>Ends the stream.</summary>
    public void End()
    {
        EndLine();
        EndDocument();
    }

    private void AddToLine(ReadOnlySpan<byte> piece)
    {
        if (!isDecided)
        {
            var kept = Math.Min(piece.Length, LongestHead - headLength);
            piece[..kept].CopyTo(head.AsSpan(headLength));
            headLength += kept;
            if (headLength < LongestHead && piece[^1] != '\n')
                return;

            piece = piece[kept..];
            Decide();
        }

        Keep(piece);
    }

    /// <summary>Looks at a line when enough of it is there to know which document it belongs to.</summary>
    private void Decide()
    {
        isDecided = true;
        var text = Line();
        if (text.StartsWith("---"u8) && (text.Length == 3 || text[3] is (byte)' ' or (byte)'\t'))
        {
            EndDocument();
        }
        else if (text.StartsWith("apiVersion:"u8) && text["apiVersion:".Length..].TrimStart(" \t"u8) is [not (byte)'*', ..])
        {
            var isOfGroup = text.IndexOf("meta.pkg.crossplane.io/"u8) >= 0;
            isObject |= isOfGroup;
            isDropped |= !isOfGroup;
        }

        Keep(head.AsSpan(0, headLength));
    }

    private void Keep(ReadOnlySpan<byte> piece)
    {
        if (!isDropped)
        {
            document.Write(piece);
            isDropped = document.WrittenCount > LongestKept;
            IsTooLong |= isDropped && isObject;
        }
    }

    private ReadOnlySpan<byte> Line()
    {
        ReadOnlySpan<byte> text = head.AsSpan(0, headLength);
        if (isStart && text.StartsWith("\ufeff"u8))
            text = text[3..];

        isStart = false;
        return text.TrimEnd("\r\n"u8);
    }

    private void EndLine()
    {
        if (!isDecided)
            Decide();

        isDecided = false;
        headLength = 0;
        line++;
    }

    private void EndDocument()
    {
        if (!isDropped && document.WrittenSpan.IndexOf("meta.pkg.crossplane.io/"u8) >= 0)
        {
            kept += document.WrittenCount;
            IsTooLong |= kept > LongestKept;
            objects += isObject ? 1 : 0;
            if (!IsTooLong)
                found.Add(new(document.WrittenSpan.ToArray(), firstLine));
        }

        document.ResetWrittenCount();
        isObject = false;
        firstLine = line;
        isDropped = false;
    }
}

/// <summary>A document of <c>package.yaml</c> that may be the package object, and the line where it begins.</summary>
internal sealed record MetaDocument(ReadOnlyMemory<byte> Bytes, int FirstLine);
