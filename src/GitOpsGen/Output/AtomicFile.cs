namespace GitOpsGen.Output;

/// <summary>Files that are people's too. At any moment such a file is whole: the old one or the new one.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Replaces a file, which keeps its rights. If it is a symbolic link, the file behind it is replaced and the link stays. If it cannot,
    /// or if the file is no longer what was read, it returns why, and the file is unchanged.
    /// </summary>
    /// <param name="path">The file, absolute.</param>
    /// <param name="display">The path as it is printed.</param>
    /// <param name="expected">What was read from it.</param>
    /// <param name="content">The new content.</param>
    public static Diagnostic? Replace(string path, string display, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> content)
    {
        try
        {
            var target = DiskPath.Real(path);
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

            Put(target, content, OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(target), overwrite: true);
            return null;
        }
        catch (Exception exception) when (IoReason.IsIo(exception))
        {
            return NotWritten(display, exception);
        }
    }

    /// <summary>Writes a file where nothing is, with the folders above it. If it cannot, it returns why, and nothing is there.</summary>
    /// <param name="path">The file, absolute.</param>
    /// <param name="display">The path as it is printed.</param>
    /// <param name="content">The content.</param>
    public static Diagnostic? Create(string path, string display, ReadOnlySpan<byte> content)
    {
        try
        {
            Add(path, content);
            return null;
        }
        catch (Exception exception) when (IoReason.IsIo(exception))
        {
            return NotWritten(display, exception);
        }
    }

    /// <summary>The same, where the caller knows what to say of it.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, because rights are missing.</exception>
    public static void Add(string path, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? path);
        Put(path, content, null, overwrite: false);
    }

    /// <summary>The finding that a file cannot be written.</summary>
    public static Diagnostic NotWritten(string display, Exception exception) =>
        new(
            Rules.OutputFailed,
            $"{display} cannot be written: {IoReason.Of(exception)}.",
            "Make the file and its folder writable, and run again.",
            SourceSpan.StartOf(display)
        );

    private static bool Holds(FileStream file, ReadOnlySpan<byte> expected)
    {
        if (file.Length != expected.Length)
            return false;

        var actual = new byte[expected.Length];
        file.ReadExactly(actual);
        return expected.SequenceEqual(actual);
    }

    // By a file beside it, which does not stay if that fails.
    private static void Put(string path, ReadOnlySpan<byte> content, UnixFileMode? mode, bool overwrite)
    {
        var staged = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
        try
        {
            Write(staged, content, mode);
            File.Move(staged, path, overwrite);
        }
        catch
        {
            Remove(staged);
            throw;
        }
    }

    private static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode? mode)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        if (mode is { } rights && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(stream.SafeFileHandle, rights);

        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    private static void Remove(string staged)
    {
        try
        {
            File.Delete(staged);
        }
        catch (Exception exception) when (IoReason.IsIo(exception))
        {
            // What made the write fail is reported. The file that is left does no harm.
        }
    }
}
