namespace GitOpsGen.Registry.Packages;

/// <summary>A stream whose first bytes were already read, from its beginning.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : ReadingStream
{
    private ReadOnlyMemory<byte> left = prefix;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (left.IsEmpty)
        {
            return await rest.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }

        var read = Math.Min(left.Length, buffer.Length);
        left[..read].CopyTo(buffer);
        left = left[read..];
        return read;
    }
}
