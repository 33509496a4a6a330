using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace GitOpsGen.Output;

/// <summary>
/// The right to write: an open, exclusive handle on a file in the output. The system closes it when a process dies. The last holder
/// deletes the file.
/// </summary>
internal sealed class OutputLock : IDisposable
{
    private const int MaxAttempts = 1000;

    private readonly string path;
    private readonly SafeFileHandle handle;

    private OutputLock(string path, SafeFileHandle handle)
    {
        this.path = path;
        this.handle = handle;
    }

    /// <summary>Takes the lock in a folder that exists, or says that somebody else has it.</summary>
    /// <param name="output">The folder, which must be held longer than the lock.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public static OutputLock? TryTake(HeldFolder output)
    {
        var path = output.At(OutputFolder.Lock);
        // Windows deletes through the handle, at death too. Elsewhere a name is deleted, which must still be this handle's.
        var options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            SafeFileHandle? handle = null;
            try
            {
                // A file is created only where nothing is: through a link it could be anywhere.
                var mode = DiskView.KindOf(path) switch
                {
                    DiskEntryKind.Missing => FileMode.CreateNew,
                    DiskEntryKind.File => FileMode.Open,
                    _ => throw new NotRegularFileException(),
                };
                handle = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.None, options);
                if (OperatingSystem.IsWindows() || IsStillNamed(path, handle))
                    return new(path, handle);
                handle.Dispose();
            }
            catch (Exception exception) when (IoReason.IsIo(exception))
            {
                handle?.Dispose();
                if (IoReason.IsLocked(exception))
                    return null;
                // Another one may have created or deleted it since the look.
                if (attempt == MaxAttempts - 1 || !(exception is FileNotFoundException || IoReason.IsThere(exception)))
                    throw;
            }
        }

        return null;
    }

    public void Dispose()
    {
        try
        {
            // While the handle is open nobody else passes TryTake, so the name is ours to delete.
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
        }
        catch (Exception exception) when (IoReason.IsIo(exception))
        {
            // A file that nobody holds locks nobody out.
        }
        finally
        {
            handle.Dispose();
        }
    }

    // Between our opening and our locking of the file, its last holder may have deleted it: then the handle locks a file without a
    // name, and another process may have locked the next file of that name. A time set through the handle shows which file the name means.
    private static bool IsStillNamed(string path, SafeFileHandle handle)
    {
        var mark = DateTime.UnixEpoch.AddSeconds(2 * (((Stopwatch.GetTimestamp() * 31) + Environment.ProcessId) & 0x1fff_ffff));
        File.SetLastWriteTimeUtc(handle, mark);
        return File.GetLastWriteTimeUtc(path) == mark;
    }
}
