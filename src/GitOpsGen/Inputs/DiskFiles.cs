using System.IO.Enumeration;
using GitOpsGen.Output;

namespace GitOpsGen.Inputs;

/// <summary>The files on the disk.</summary>
/// <param name="listed">Told of each folder that is listed.</param>
/// <param name="mayBePipe">Whether a person chose a place, and not the repository.</param>
internal sealed class DiskFiles(Action<string> listed, Func<string, bool> mayBePipe) : IInputFiles
{
    public DiskEntryKind KindOf(string full) => DiskView.KindOf(full);

    public IEnumerable<InputEntry> FilesBelow(string full)
    {
        listed(full);
        return new FileSystemEnumerable<InputEntry>(
            full,
            (ref FileSystemEntry entry) => new(entry.ToFullPath(), IsLink(ref entry), entry.IsDirectory),
            new()
            {
                RecurseSubdirectories = true,
                AttributesToSkip = FileAttributes.None,
                IgnoreInaccessible = false,
            }
        )
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory || IsLink(ref entry),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsLink(ref entry) && IsListed(entry.ToFullPath()),
        };

        bool IsListed(string folder)
        {
            listed(folder);
            return true;
        }
    }

    public void Load(IEnumerable<string> paths, CancellationToken cancellation) { }

    // A pipe is read on another thread: opening one that nobody writes to blocks for ever, and a signal must still end the run.
    public SourceFile Read(string full, string shown, CancellationToken cancellation)
    {
        try
        {
            if (!mayBePipe(full))
            {
                cancellation.ThrowIfCancellationRequested();
                return new(shown, RegularFile.Read(full, SourceText.MaximumBytes + 1), null);
            }

            return new(shown, Task.Run(() => ReadBounded(full), cancellation).WaitAsync(cancellation).GetAwaiter().GetResult(), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(shown, null, Problem(full, e));
        }
    }

    public IOutputFiles Output(OutputFolder folder, CancellationToken cancellation) => new DiskView(folder);

    private static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    private static byte[] ReadBounded(string full)
    {
        using var stream = new FileStream(full, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
        return SourceText.ReadBounded(stream);
    }

    private static string Problem(string full, Exception e) =>
        e switch
        {
            FileNotFoundException or DirectoryNotFoundException => "it does not exist",
            _ when Directory.Exists(full) => "it is a folder",
            UnauthorizedAccessException => "access is denied",
            _ => IoReason.Of(e),
        };
}
