namespace GitOpsGen.Registry.Packages;

/// <summary>
/// What comes out of a decompressor, up to a limit: a few bytes can become gigabytes. No single read may be large either, because the
/// tar reader takes a file's extended header into memory in one.
/// </summary>
internal sealed class BoundedStream(Stream inner, long limit) : ReadingStream
{
    private const int LongestRead = 1024 * 1024;

    private long length;

    /// <summary>Whether the limit was passed.</summary>
    public bool IsTooLong { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length > LongestRead)
        {
            throw new InvalidDataException();
        }

        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        length += read;
        IsTooLong |= length > limit;
        return IsTooLong ? throw new InvalidDataException() : read;
    }
}
