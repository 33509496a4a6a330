using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GitOpsGen.Output;

/// <summary>
/// Opens files that must be files. A pipe in the place of one would be waited for, until somebody writes to it; a device has no end.
/// </summary>
internal static class RegularFile
{
    // O_NONBLOCK and O_CLOEXEC: opening a pipe returns at once.
    private static readonly int ReadOnly = OperatingSystem.IsMacOS() ? 0x4 | 0x1000000 : 0x800 | 0x80000;

    private const int Least = 4096;

    /// <summary>A file to read from its beginning.</summary>
    /// <exception cref="NotRegularFileException">It is a pipe, a terminal or the like.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, because access is denied.</exception>
    public static SafeFileHandle Open(string full)
    {
        var handle = OperatingSystem.IsWindows() ? null : new SafeFileHandle(open(Encoding.UTF8.GetBytes(full + '\0'), ReadOnly), ownsHandle: true);
        if (handle is null or { IsInvalid: true })
        {
            // Where it cannot be opened, this says why.
            return File.OpenHandle(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }

        try
        {
            _ = RandomAccess.GetLength(handle);
            return handle;
        }
        catch (NotSupportedException)
        {
            handle.Dispose();
            throw new NotRegularFileException();
        }
    }

    /// <summary>The first bytes of a file, at most so many.</summary>
    /// <inheritdoc cref="Open"/>
    public static byte[] Read(string full, int most)
    {
        using var handle = Open(full);
        // One byte more than there is, so that the read behind the last byte needs no more room. What has no length grows.
        var content = new byte[(int)Math.Min(Math.Max(RandomAccess.GetLength(handle) + 1, Least), most)];
        var length = 0;
        for (int read; (read = RandomAccess.Read(handle, content.AsSpan(length), length)) > 0; )
        {
            length += read;
            if (length == content.Length && length < most)
                Array.Resize(ref content, (int)Math.Min(2L * length, most));
        }

        return content[..length];
    }

    /// <summary>Whether there is a file with exactly this content.</summary>
    /// <inheritdoc cref="Open"/>
    public static bool Holds(string full, ReadOnlySpan<byte> content) => File.Exists(full) && content.SequenceEqual(Read(full, content.Length + 1));

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags);
}

/// <summary>A pipe, a terminal or the like is where a file must be.</summary>
internal sealed class NotRegularFileException() : IOException("it is not a regular file");
