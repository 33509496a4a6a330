using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.IO.Enumeration;
using GitOpsGen.Model;
using GitOpsGen.Yaml;

namespace GitOpsGen.Inputs;

/// <summary>The work tree that a run reads from and writes to.</summary>
public sealed class InputTree
{
    private readonly string? settings;
    private readonly string? lockfile;
    private readonly ConcurrentDictionary<string, SourceFile> read = new(StringComparer.Ordinal);

    /// <summary>The work tree below a root.</summary>
    /// <param name="root">An existing folder.</param>
    /// <param name="settings">Another settings file than <c>.config/gitopsgen.yaml</c>; relative to the current folder.</param>
    /// <param name="lockfile">Another lockfile than the settings name; relative to the current folder.</param>
    public InputTree(string root, string? settings = null, string? lockfile = null)
    {
        Root = Path.GetFullPath(root);
        this.settings = settings is null ? null : Path.GetFullPath(settings);
        this.lockfile = lockfile is null ? null : Path.GetFullPath(lockfile);
    }

    /// <summary>The root, absolute.</summary>
    public string Root { get; }

    /// <summary>The settings file below a root.</summary>
    public static RelativePath SettingsPath { get; } = RelativePath.Parse(".config/gitopsgen.yaml");

    /// <summary>
    /// The nearest folder from <paramref name="start"/> upward that holds <c>.config/gitopsgen.yaml</c>; <see langword="null"/>
    /// if none does.
    /// </summary>
    public static string? FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SettingsPath.Value)))
            {
                return folder.FullName;
            }
        }

        return null;
    }

    /// <summary>Whether a file, by its absolute path, was read as an input.</summary>
    internal bool HasRead(string full) => read.ContainsKey(full);

    /// <summary>What was read from a file, by the path that is printed; <see langword="null"/> where none was.</summary>
    internal ReadOnlyMemory<byte>? ContentOf(string shown) => read.GetValueOrDefault(Path.GetFullPath(shown, Root))?.Content;

    internal SourceFile ReadSettings(CancellationToken cancellation) => Read(settings ?? Full(SettingsPath), cancellation);

    internal SourceFile ReadLockfile(RelativePath path, CancellationToken cancellation) => Read(LockfilePath(path), cancellation);

    /// <summary>Where the lockfile is, absolute.</summary>
    internal string LockfilePath(RelativePath path) => lockfile ?? Full(path);

    /// <summary>A file below the root.</summary>
    internal SourceFile ReadFile(RelativePath path, CancellationToken cancellation) => Read(Full(path), cancellation);

    /// <summary>What a path that a person typed may mean, relative to a folder of this tree: it may start at the current folder, the root or that folder.</summary>
    internal ImmutableArray<string> Readings(string path, string folder)
    {
        // Such a text is not a path.
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            return [path];
        }

        var from = Path.Combine(Root, folder);
        var places = new[] { Path.GetFullPath(path), Path.GetFullPath(path, Root), Path.GetFullPath(path, from) };
        return [.. places.Select(full => Path.GetRelativePath(from, full).Replace('\\', '/')).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>
    /// A file, or the YAML and JSON files in and below a folder, by path. A file that cannot be read is in the result, with the reason.
    /// </summary>
    /// <param name="path">Relative to the current folder, or absolute.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal IEnumerable<SourceFile> ReadAll(string path, CancellationToken cancellation)
    {
        var full = Path.GetFullPath(path);
        return Directory.Exists(full)
            ? FilesBelow(full)
                .Where(file => Path.GetExtension(file) is ".yaml" or ".yml" or ".json")
                .Order(StringComparer.Ordinal)
                .Select(file => Read(file, cancellation))
            : [Read(full, cancellation)];
    }

    /// <inheritdoc cref="ReadAll(string, CancellationToken)"/>
    /// <param name="path">Below the root.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal IEnumerable<SourceFile> ReadAll(RelativePath path, CancellationToken cancellation) => ReadAll(Full(path), cancellation);

    /// <summary>The user's templates; none if the folder does not exist.</summary>
    /// <exception cref="IOException">The folder cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, because access is denied.</exception>
    internal TemplateFolder ReadTemplates(RelativePath folder, CancellationToken cancellation) =>
        new TemplateFolderReader(Root, full => Read(full, cancellation)).Read(folder);

    // Linked folders are skipped: links can form a cycle.
    private static FileSystemEnumerable<string> FilesBelow(string folder) =>
        new(
            folder,
            (ref FileSystemEntry entry) => entry.ToFullPath(),
            new()
            {
                RecurseSubdirectories = true,
                AttributesToSkip = FileAttributes.None,
                IgnoreInaccessible = false,
            }
        )
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };

    private string Full(RelativePath path) => Path.Combine(Root, path.Value);

    // On another thread: opening a pipe that nobody writes to blocks for ever, and a signal must still end the run.
    private SourceFile Read(string full, CancellationToken cancellation)
    {
        var shown = Path.GetRelativePath(Root, full).Replace('\\', '/');
        try
        {
            return read[full] = new(shown, Task.Run(() => ReadBounded(full), cancellation).WaitAsync(cancellation).GetAwaiter().GetResult(), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return read[full] = new(shown, null, Problem(full, e));
        }
    }

    // One byte over the limit is enough to refuse a file; a device has no end.
    private static byte[] ReadBounded(string full)
    {
        using var stream = new FileStream(full, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
        using var content = new MemoryStream(stream.CanSeek ? (int)Math.Min(stream.Length, SourceText.MaximumBytes + 1) : 0);
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, SourceText.MaximumBytes + 1 - content.Length))) > 0)
        {
            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    private static string Problem(string full, Exception e) =>
        e switch
        {
            FileNotFoundException or DirectoryNotFoundException => "it does not exist",
            _ when Directory.Exists(full) => "it is a folder",
            UnauthorizedAccessException => "access is denied",
            _ => e.Message.TrimEnd('.'),
        };
}

/// <summary>A file that GitOpsGen was given.</summary>
/// <param name="Path">The path as it is printed: relative to the root, with <c>/</c>.</param>
/// <param name="Content">Its bytes; <see langword="null"/> where it cannot be read.</param>
/// <param name="Problem">Why it cannot be read.</param>
internal sealed record SourceFile(string Path, ReadOnlyMemory<byte>? Content, string? Problem);
