using GitOpsGen.Diagnostics;

namespace GitOpsGen.Output;

/// <summary>
/// Replaces a file that a person may have edited too: at any moment it is the old one or the new one, with the same rights. It is not
/// replaced if it is no longer what was read. If it is a symbolic link, the file behind it is replaced and the link stays.
/// </summary>
internal static class AtomicFile
{
    /// <summary>Replaces a file. If it cannot, it returns why, and the file is unchanged.</summary>
    /// <param name="path">The file, absolute.</param>
    /// <param name="display">The path as it is printed.</param>
    /// <param name="expected">What was read from it.</param>
    /// <param name="content">The new content.</param>
    public static Diagnostic? Replace(string path, string display, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> content)
    {
        string? staged = null;
        try
        {
            var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            using (var existing = new FileStream(target, FileMode.Open, FileAccess.ReadWrite)) // a read-only file must stay as it is
            {
                if (!Holds(existing, expected))
                {
                    return new(
                        Rules.LockfileChanged,
                        $"{display} was changed by somebody else in the meantime. It was not overwritten.",
                        "Run again.",
                        SourceSpan.StartOf(display)
                    );
                }
            }

            staged = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}");
            Write(staged, content, OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(target));
            File.Move(staged, target, overwrite: true);
            return null;
        }
        catch (Exception exception) when (IoReason.IsIo(exception))
        {
            Remove(staged);
            return new(
                Rules.OutputFailed,
                $"{display} cannot be written: {IoReason.Of(exception)}.",
                "Make the file and its folder writable, and run again.",
                SourceSpan.StartOf(display)
            );
        }
    }

    private static bool Holds(FileStream file, ReadOnlySpan<byte> expected)
    {
        if (file.Length != expected.Length)
        {
            return false;
        }

        var actual = new byte[expected.Length];
        file.ReadExactly(actual);
        return expected.SequenceEqual(actual);
    }

    private static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode? mode)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        if (mode is { } rights && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(stream.SafeFileHandle, rights);
        }

        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    private static void Remove(string? staged)
    {
        try
        {
            if (staged is not null)
            {
                File.Delete(staged);
            }
        }
        catch (Exception exception) when (IoReason.IsIo(exception))
        {
            // What made the write fail is reported. The file that is left does no harm.
        }
    }
}
