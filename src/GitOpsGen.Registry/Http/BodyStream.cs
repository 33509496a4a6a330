using System.Security.Cryptography;

namespace GitOpsGen.Registry.Http;

/// <summary>
/// A body as it arrives: counted, hashed, cut off behind its longest allowed length, and given up when the sender falls silent. Only
/// asynchronous reads.
/// </summary>
/// <param name="inner">The body.</param>
/// <param name="limit">How many bytes it may have.</param>
/// <param name="silence">How long it may say nothing.</param>
/// <param name="time">The end of the whole answer's time, or the user's cancellation.</param>
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
        {
            return 0;
        }

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
