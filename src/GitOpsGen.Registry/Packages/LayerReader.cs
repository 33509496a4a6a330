using System.Formats.Tar;
using System.IO.Compression;
using GitOpsGen.Registry.Http;

namespace GitOpsGen.Registry.Packages;

/// <summary>Reads a layer, which is a tar file and usually compressed, as it arrives; keeps no more than the package object.</summary>
internal static class LayerReader
{
    /// <summary>The longest <c>package.yaml</c> that Crossplane reads (crossplane-runtime pkg/xpkg/client.go, maxPackageSize).</summary>
    public const long LongestPackage = 200 << 20;

    /// <summary>The longest layer when unpacked; a whole image with a provider's program in it has a tenth of that.</summary>
    private const long LongestLayer = 2L << 30;

    private const string PackageFile = "package.yaml";

    /// <summary>
    /// Reads a layer up to its <c>package.yaml</c>, the first file of that name in any folder, as Crossplane does; without one, to its end.
    /// </summary>
    /// <param name="layer">The layer's bytes.</param>
    /// <param name="above">What the layers above hide.</param>
    /// <param name="cancellation">Ends the unpacking: a few bytes of the network may be minutes of it.</param>
    public static async Task<LayerContent> ReadAsync(Stream layer, Whiteouts above, CancellationToken cancellation)
    {
        var whiteouts = new Whiteouts();
        BoundedStream? bounded = null;
        try
        {
            var (magic, whole) = await PeekAsync(layer).ConfigureAwait(false);
            if (magic.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd]))
                return new() { Whiteouts = whiteouts, Problem = "a layer is compressed with Zstandard, which GitOpsGen does not read" };

            var isCompressed = magic.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]);
            await using var unpacked = isCompressed ? new GZipStream(whole, CompressionMode.Decompress, leaveOpen: true) : whole;
            bounded = new(unpacked, LongestLayer, cancellation);
            return await FindAsync(bounded, above, whiteouts).ConfigureAwait(false);
        }
        catch (Exception e) when (IsContent(e))
        {
            return bounded?.IsTooLong == true
                ? new()
                {
                    Whiteouts = whiteouts,
                    IsTooLarge = true,
                    Problem = $"a layer has more than {LongestLayer >> 20} MiB when it is unpacked",
                }
                : new() { Whiteouts = whiteouts, Problem = "a layer is not a tar file, or not one compressed with gzip" };
        }
    }

    /// <summary>What the decompressor and the tar reader throw for bytes that they cannot read. A broken connection is not among them.</summary>
    private static bool IsContent(Exception e) =>
        e
            is InvalidDataException
                or EndOfStreamException
                or FormatException
                or OverflowException
                or ArgumentException
                or NotSupportedException
                or InvalidOperationException // a header that has 2 GiB or more
                or OutOfMemoryException;

    private static async Task<LayerContent> FindAsync(Stream unpacked, Whiteouts above, Whiteouts whiteouts)
    {
        await using var tar = new TarReader(unpacked, leaveOpen: true);
        while (await tar.GetNextEntryAsync().ConfigureAwait(false) is { } entry)
        {
            var path = Whiteouts.Clean(entry.Name);
            var isFile = entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile;
            if (isFile && path.Split('/')[^1] == PackageFile && !above.Hide(path))
                return await ReadPackageAsync(entry, whiteouts).ConfigureAwait(false);

            whiteouts.Note(path, entry.EntryType == TarEntryType.Directory);
        }

        return new() { Whiteouts = whiteouts };
    }

    private static async Task<LayerContent> ReadPackageAsync(TarEntry entry, Whiteouts whiteouts)
    {
        if (entry.Length > LongestPackage)
        {
            return new()
            {
                Whiteouts = whiteouts,
                IsTooLarge = true,
                Problem = $"its package.yaml has {entry.Length} bytes, and Crossplane reads {LongestPackage}",
            };
        }

        var splitter = new DocumentSplitter();
        var buffer = new byte[81920];
        while (!splitter.HasTwo && !splitter.IsTooLong && entry.DataStream is { } data)
        {
            var read = await data.ReadAsync(buffer).ConfigureAwait(false);
            if (read == 0)
                break;

            splitter.Add(buffer.AsSpan(0, read));
        }

        splitter.End();
        return splitter.IsTooLong
            ? new()
            {
                Whiteouts = whiteouts,
                IsTooLarge = true,
                Problem = $"its package.yaml has more than {DocumentSplitter.LongestKept >> 20} MiB that may be the package object",
            }
            : new() { Whiteouts = whiteouts, Documents = [.. splitter.Found] };
    }

    /// <summary>The first bytes of a stream, and the stream with them again.</summary>
    private static async Task<(byte[] Magic, Stream Whole)> PeekAsync(Stream stream)
    {
        var magic = new byte[4];
        var read = await stream.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false).ConfigureAwait(false);
        return (magic[..read], new PrefixedStream(magic.AsMemory(0, read), stream));
    }
}

/// <summary>What was found in a layer.</summary>
internal sealed record LayerContent
{
    /// <summary>The documents of <c>package.yaml</c> that may be the package object; <see langword="null"/> where the layer has no such file.</summary>
    public ImmutableArray<MetaDocument>? Documents { get; init; }

    /// <summary>What the layer deletes in those below.</summary>
    public required Whiteouts Whiteouts { get; init; }

    /// <summary>Why the layer cannot be read, a clause without a full stop.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the problem is that it is too large.</summary>
    public bool IsTooLarge { get; init; }
}

/// <summary>
/// The output of a decompressor, up to a limit: a few bytes can become gigabytes. No single read may be large either, because the
/// tar reader reads a file's extended header into memory at once.
/// </summary>
internal sealed class BoundedStream(Stream inner, long limit, CancellationToken cancellation) : ReadingStream
{
    private const int LongestRead = 1024 * 1024;

    private long length;

    /// <summary>Whether the limit was passed.</summary>
    public bool IsTooLong { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length > LongestRead)
            throw new InvalidDataException();

        cancellation.ThrowIfCancellationRequested();
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        length += read;
        IsTooLong |= length > limit;
        return IsTooLong ? throw new InvalidDataException() : read;
    }
}

/// <summary>A stream from its beginning, although its first bytes were already read.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : ReadingStream
{
    private ReadOnlyMemory<byte> left = prefix;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (left.IsEmpty)
            return await rest.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);

        var read = Math.Min(left.Length, buffer.Length);
        left[..read].CopyTo(buffer);
        left = left[read..];
        return read;
    }
}
