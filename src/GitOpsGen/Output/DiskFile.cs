using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace GitOpsGen.Output;

/// <summary>The content of a file on disk that is not what was rendered.</summary>
/// <param name="Length">In bytes.</param>
/// <param name="Hash">Of the whole content.</param>
/// <param name="Content">The content, unless it is larger than any file that GitOpsGen writes.</param>
internal sealed record DiskFile(long Length, ContentHash Hash, ReadOnlyMemory<byte>? Content)
{
    /// <summary>What is held in memory to be shown as a difference. A file of ours is some kilobytes; this one is somebody's disk image.</summary>
    private const int MaxHeld = 16 << 20;

    /// <summary>Reads a file whole.</summary>
    public static DiskFile Read(string full) => ReadUnless(full, content: null)!;

    /// <summary>Reads a file whole, or returns <see langword="null"/> where it has exactly this content: then nothing is hashed or kept.</summary>
    public static DiskFile? ReadUnless(string full, ReadOnlyMemory<byte>? content)
    {
        using var handle = File.OpenHandle(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(handle);
        if (length > MaxHeld && length != content?.Length)
        {
            using var stream = new FileStream(handle, FileAccess.Read);
            return new(length, ContentHash.Of(stream), null);
        }

        var rented = ArrayPool<byte>.Shared.Rent((int)length);
        try
        {
            var present = rented.AsSpan(0, (int)length);
            Fill(handle, present);
            return content is { } same && present.SequenceEqual(same.Span) ? null : new(length, ContentHash.Of(present), present.ToArray());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static void Fill(SafeFileHandle handle, Span<byte> buffer)
    {
        for (var done = 0; done < buffer.Length; )
        {
            var read = RandomAccess.Read(handle, buffer[done..], done);
            done += read > 0 ? read : throw new EndOfStreamException();
        }
    }
}
