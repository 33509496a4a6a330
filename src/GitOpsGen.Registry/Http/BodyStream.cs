using System.Security.Cryptography;

namespace GitOpsGen.Registry.Http;

/// <summary>
/// A body as it arrives: counted, hashed, cut off at its limit, and given up when the sender sends nothing for too long. Reads are
/// asynchronous only.
/// </summary>
/// <param name="inner">The body.</param>
/// <param name="limit">How many bytes it may have.</param>
/// <param name="silence">The longest pause between two reads.</param>
/// <param name="time">The end of the time for the whole response, or the user's cancellation.</param>
internal sealed class BodyStream(Stream inner, long limit, TimeSpan silence, CancellationToken time) : ReadingStream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly CancellationTokenSource quiet = CancellationTokenSource.CreateLinkedTokenSource(time);
    private long length;

    /// <summary>Whether there was more than allowed; what was handed out ends at the limit.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>How much has been read.</summary>
    public override long Length => length;

    /// <summary>Reads what is left and returns the digest of the whole.</summary>
    public async Task<string> FinishAsync()
    {
        var rest = new byte[81920];
        while (await ReadAsync(rest, CancellationToken.None).ConfigureAwait(false) > 0) { }

        return Model.Digest.Prefix + Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsTooLong || buffer.IsEmpty)
            return 0;

        quiet.CancelAfter(silence);
        var read = await inner.ReadAsync(buffer, quiet.Token).ConfigureAwait(false);
        quiet.CancelAfter(Timeout.InfiniteTimeSpan);
        if (length + read > limit)
        {
            IsTooLong = true;
            return 0;
        }

        length += read;
        hash.AppendData(buffer.Span[..read]);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
            quiet.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>A stream that is read once, from its beginning, asynchronously. Anything else that streams can do throws.</summary>
internal abstract class ReadingStream : Stream
{
    public sealed override bool CanRead => true;

    public sealed override bool CanSeek => false;

    public sealed override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public sealed override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public sealed override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public sealed override void Flush() { }

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public sealed override void SetLength(long value) => throw new NotSupportedException();

    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
