using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Enumeration;
using Microsoft.Win32.SafeHandles;

namespace GitOpsGen.Output;

/// <summary>
/// The output on disk. A folder is listed when it is first asked for: one listing replaces a look at each of its files and at each
/// component of their paths. Never looks behind a symbolic link. Thread-safe.
/// </summary>
internal sealed class DiskView(OutputFolder folder) : IOutputFiles
{
    // Links are left out of a listing, so that no entry needs a further system call; a name that is not listed is looked at.
    private static readonly EnumerationOptions Listed = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    private readonly ConcurrentDictionary<string, Listing> listings = new(StringComparer.Ordinal);

    /// <summary>A link or a file in the output's own path, or where the lock and the staging folder go.</summary>
    public ImmutableArray<Diagnostic> InTheWay()
    {
        try
        {
            foreach (var (display, full) in folder.Components())
            {
                if (KindOf(full) is DiskEntryKind.Link)
                    return [OutputFindings.Link(display)];
                if (KindOf(full) is DiskEntryKind.File)
                    return [OutputFindings.NotFolder(display)];
            }

            return [.. Own(OutputFolder.Staging, DiskEntryKind.Folder), .. Own(OutputFolder.Lock, DiskEntryKind.File)];
        }
        catch (Exception exception) when (IoReason.IsIo(exception))
        {
            return [OutputFindings.NotReadable(folder, "", exception)];
        }
    }

    public DiskEntry Look(string path)
    {
        var slash = path.LastIndexOf('/');
        var listing = ListingOf(slash < 0 ? "" : path[..slash]);
        if (listing.Entries is null)
            return listing.Obstacle.Kind == DiskEntryKind.Missing ? new(DiskEntryKind.Missing, path) : listing.Obstacle;
        return listing.Entries.TryGetValue(path[(slash + 1)..], out var isFolder)
            ? new(isFolder ? DiskEntryKind.Folder : DiskEntryKind.File, path)
            : new(KindOf(folder.Full(path)), path);
    }

    public IEnumerable<string> FoldersIn(string path) =>
        ListingOf(path).Entries is { } entries ? entries.Where(e => e.Value).Select(e => e.Key).Order(StringComparer.Ordinal) : [];

    public IEnumerable<string> NamesIn(string path) => Directory.EnumerateFileSystemEntries(folder.Full(path)).Select(full => Path.GetFileName(full));

    public void Load(IEnumerable<(string Path, ReadOnlyMemory<byte>? Expected)> files) { }

    public DiskFile? ReadUnless(string path, ReadOnlyMemory<byte>? content) => DiskFile.ReadUnless(folder.Full(path), content);

    /// <summary>What is at a place, without following a link.</summary>
    public static DiskEntryKind KindOf(string full)
    {
        var info = new FileInfo(full);
        var attributes = info.Attributes;
        if (attributes == (FileAttributes)(-1))
            return DiskEntryKind.Missing;
        // Windows marks more than links as reparse points (files kept in a cloud, for one): only what leads elsewhere is a link.
        if (attributes.HasFlag(FileAttributes.ReparsePoint) && info.LinkTarget is not null)
            return DiskEntryKind.Link;
        return attributes.HasFlag(FileAttributes.Directory) ? DiskEntryKind.Folder : DiskEntryKind.File;
    }

    private IEnumerable<Diagnostic> Own(string name, DiskEntryKind expected)
    {
        var kind = KindOf(folder.Full(name));
        if (kind == DiskEntryKind.Link)
            yield return OutputFindings.Link(folder.Display(name));
        else if (kind != DiskEntryKind.Missing && kind != expected)
            yield return expected == DiskEntryKind.Folder ? OutputFindings.NotFolder(folder.Display(name)) : OutputFindings.NotFile(folder, name);
    }

    private Listing ListingOf(string path) => listings.TryGetValue(path, out var known) ? known : listings.GetOrAdd(path, List(path));

    private Listing List(string path)
    {
        var entry = path.Length == 0 ? new(KindOf(folder.Full(path)), path) : Look(path);
        if (entry.Kind != DiskEntryKind.Folder)
            return new(null, entry.Kind == DiskEntryKind.File ? entry with { Kind = DiskEntryKind.BelowFile } : entry);
        var entries = new FileSystemEnumerable<(string Name, bool IsFolder)>(
            folder.Full(path),
            (ref FileSystemEntry e) => (e.FileName.ToString(), e.IsDirectory),
            Listed
        );
        return new(entries.ToDictionary(e => e.Name, e => e.IsFolder, StringComparer.Ordinal), entry);
    }

    private readonly record struct Listing(Dictionary<string, bool>? Entries, DiskEntry Obstacle);
}

/// <summary>What is at a path, and where it was found: at the path itself, or at the link or file above it.</summary>
internal readonly record struct DiskEntry(DiskEntryKind Kind, string At);

/// <summary>What is at a path.</summary>
internal enum DiskEntryKind
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>A file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link, at the path itself or at a folder above it.</summary>
    Link,

    /// <summary>Nothing, and nothing can be there: a folder above the path is a file.</summary>
    BelowFile,
}

/// <summary>The content of a file on disk that is not what was rendered.</summary>
/// <param name="Length">In bytes.</param>
/// <param name="Hash">Of the whole content.</param>
/// <param name="Content">The content, unless it is larger than any file that GitOpsGen writes.</param>
internal sealed record DiskFile(long Length, ContentHash Hash, ReadOnlyMemory<byte>? Content)
{
    /// <summary>How much is kept in memory to show a difference. Our files have some kilobytes; a larger one is not ours.</summary>
    public const int MaxHeld = 16 << 20;

    /// <summary>Reads a file whole, or returns <see langword="null"/> where it has exactly this content: then nothing is hashed or kept.</summary>
    public static DiskFile? ReadUnless(string full, ReadOnlyMemory<byte>? content)
    {
        using var handle = RegularFile.Open(full);
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
