using System.IO.Enumeration;
using GitOpsGen.Output;

namespace GitOpsGen.Inputs;

/// <summary>A file of an import's sources.</summary>
/// <param name="Key">Its path below the folder that all sources are in, with <c>/</c>; <c>-</c> for the standard input.</param>
/// <param name="File">What it holds.</param>
/// <param name="Origin">Why it was read.</param>
internal sealed record ImportFile(string Key, SourceFile File, ImportOrigin Origin);

/// <summary>Why a file of an import's sources was read.</summary>
internal enum ImportOrigin
{
    /// <summary>It was named.</summary>
    Named,

    /// <summary>It is below a folder that was named.</summary>
    Found,

    /// <summary>Another source names it.</summary>
    Reached,

    /// <summary>It is a link below a folder that was named, to something outside of it, and is not followed.</summary>
    Linked,
}

/// <summary>
/// The files that an import may read: those that were named, those below named folders that look like sources, and those that these name. No
/// link is followed, and nothing that a ledger of ours lists is read, unless the path that was named is in that output.
/// </summary>
internal sealed class ImportFiles
{
    /// <summary>What stands for the standard input.</summary>
    public const string StandardInput = "-";

    private const string KustomizationName = "Kustomization";
    private static readonly string[] Extensions = [".yaml", ".yml", ".json", ".tf", ".tpl"];
    private static readonly string[] SkippedFolders = ["node_modules", "crds"];

    private readonly HashSet<string> named = new(StringComparer.Ordinal);
    private readonly string root;
    private readonly DiskFiles disk;
    private readonly Func<ReadOnlyMemory<byte>> input;
    private readonly CancellationToken cancellation;

    /// <param name="root">The folder that printed paths are relative to.</param>
    /// <param name="paths">Every path that was named, relative to the current folder.</param>
    /// <param name="input">Reads the standard input.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public ImportFiles(string root, IEnumerable<string> paths, Func<ReadOnlyMemory<byte>> input, CancellationToken cancellation)
    {
        this.root = Path.GetFullPath(root);
        this.input = input;
        this.cancellation = cancellation;
        var places = paths.Where(path => path != StandardInput).Select(path => Path.GetFullPath(path, this.root)).ToHashSet(StringComparer.Ordinal);
        disk = new(_ => { }, places.Contains);
        Anchor = places.Aggregate(this.root, (above, full) => CommonFolder(above, full));
    }

    /// <summary>The folder that all sources are in: the root, or one above it where a path leads out of it.</summary>
    public string Anchor { get; }

    /// <summary>Whether a file, by its absolute path, was named, by a person or by a source. What is only found may be a report of an earlier run.</summary>
    public bool HasRead(string full) => named.Contains(full);

    /// <summary>The key of a path that was named; empty for the folder that all sources are in.</summary>
    public string KeyOf(string path)
    {
        if (path == StandardInput)
            return path;

        var key = Slashed(Path.GetRelativePath(Anchor, Path.GetFullPath(path, root)));
        return key == "." ? "" : key;
    }

    /// <summary>A file or a folder that was named, in the order of the paths.</summary>
    /// <exception cref="IOException">A folder cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, because access is denied.</exception>
    public IEnumerable<ImportFile> ReadNamed(string path)
    {
        if (path == StandardInput)
            return [new(path, new(path, input(), null), ImportOrigin.Named)];

        var full = Path.GetFullPath(path, root);
        // The root was chosen by a person, whatever leads there.
        return Directory.Exists(full) && (full == root || DiskView.KindOf(full) != DiskEntryKind.Link)
            ? ReadFolder(full)
            : Read([full], ImportOrigin.Named);
    }

    /// <summary>What a kustomization names: a file, or the files that are directly in a folder. Nothing for what is not there.</summary>
    public IEnumerable<ImportFile> ReadReached(string key) =>
        Inside(key) is { } full ? Read(Directory.Exists(full) ? Directory.EnumerateFiles(full).Where(IsSource) : [full], ImportOrigin.Reached) : [];

    /// <summary>A folder that an engine applies, with all below it. Nothing for what is not there.</summary>
    public IEnumerable<ImportFile> ReadApplied(string key) => Inside(key) is { } full && Directory.Exists(full) ? ReadFolder(full) : [];

    private string? Inside(string key)
    {
        var full = Path.GetFullPath(key, Anchor);
        return DiskPath.IsIn(full, Anchor) && Path.Exists(full) && !IsBehindLink(full) ? full : null;
    }

    private ImportFile[] Read(IEnumerable<string> files, ImportOrigin origin)
    {
        var sorted = files.Order(StringComparer.Ordinal).ToList();
        if (origin != ImportOrigin.Found)
            sorted.ForEach(full => named.Add(full));

        return sorted.SelectSideBySide(full => new ImportFile(Slashed(Path.GetRelativePath(Anchor, full)), ReadFile(full), origin), cancellation);
    }

    private SourceFile ReadFile(string full)
    {
        var shown = Slashed(Path.GetRelativePath(root, full));
        return DiskView.KindOf(full) == DiskEntryKind.Link ? new(shown, null, "it is a symbolic link") : disk.Read(full, shown, cancellation);
    }

    private ImportFile[] ReadFolder(string folder)
    {
        var (links, refused) = (new List<string>(), new List<ImportFile>());
        var files = Read(Listed(folder, links, refused), ImportOrigin.Found);
        return [.. files, .. Read(links.FindAll(link => LeadsOut(link, folder)), ImportOrigin.Linked), .. refused];
    }

    // What is inside is read there; what is nowhere is nothing.
    private static bool LeadsOut(string link, string folder) =>
        DiskPath.Real(link) is var target && Path.Exists(target) && !DiskPath.IsIn(target, DiskPath.Real(folder));

    private List<string> Listed(string folder, List<string> links, List<ImportFile> refused)
    {
        var (sources, ledgers) = (new List<string>(), new List<string>());
        var open = new Stack<string>([folder]);
        while (open.TryPop(out var at))
        {
            try
            {
                foreach (var (path, isFolder, isLink) in Entries(at))
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (isFolder && !isLink)
                    {
                        open.Push(path);
                        continue;
                    }

                    (
                        isLink ? links
                        : Path.GetFileName(path) == LedgerScope.FileName ? ledgers
                        : sources
                    ).Add(path);
                }
            }
            catch (Exception e) when (at != folder && IoReason.IsIo(e))
            {
                var shown = Slashed(Path.GetRelativePath(root, at));
                refused.Add(new(Slashed(Path.GetRelativePath(Anchor, at)), new(shown, null, IoReason.Of(e)), ImportOrigin.Found));
            }
        }

        var own = ledgers.SelectMany(ledger => OwnedFiles(ledger, folder)).ToHashSet(StringComparer.Ordinal);
        return sources.FindAll(file => !own.Contains(file));
    }

    private static FileSystemEnumerable<(string Path, bool IsFolder, bool IsLink)> Entries(string folder) =>
        new(
            folder,
            (ref FileSystemEntry entry) => (entry.ToFullPath(), entry.IsDirectory, entry.Attributes.HasFlag(FileAttributes.ReparsePoint)),
            new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false }
        )
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                entry.IsDirectory
                    ? IsFolder(entry.FileName) || (entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && IsSource(entry.FileName))
                    : IsSource(entry.FileName) || (entry.FileName is LedgerScope.FileName && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint)),
        };

    // OUTPUT/base/.gitopsgen, or OUTPUT/overlays/ENVIRONMENT/.gitopsgen.
    private IEnumerable<string> OwnedFiles(string ledger, string named)
    {
        var below = Slashed(ledger).Split('/');
        var (scope, depth) = below is [.., LedgerScope.Overlays, var environment, _] ? (new LedgerScope(environment), 3) : (new(null), 2);
        var output = string.Join(Path.DirectorySeparatorChar, below[..^Math.Min(depth, below.Length)]);
        if (DiskPath.IsIn(named, output) || ReadFile(ledger).Content is not { } content)
            return [];

        return LedgerReader.Read(content.Span, scope, ledger).Value!.Lines.Select(line => Path.Combine(output, line.Path.Value));
    }

    private bool IsBehindLink(string full)
    {
        for (var at = full; at.Length > Anchor.Length; at = Path.GetDirectoryName(at)!)
        {
            if (DiskView.KindOf(at) == DiskEntryKind.Link)
                return true;
        }

        return false;
    }

    private static bool IsFolder(ReadOnlySpan<char> name) => name[0] != '.' && !SkippedFolders.Contains(name.ToString(), StringComparer.Ordinal);

    private static bool IsSource(string path) => IsSource(Path.GetFileName(path.AsSpan()));

    private static bool IsSource(ReadOnlySpan<char> name) =>
        name[0] != '.' && (name is KustomizationName || Extensions.Contains(Path.GetExtension(name).ToString(), StringComparer.Ordinal));

    /// <summary>The innermost folder that a folder and a path have in common; the folder itself where the path is inside of it.</summary>
    private static string CommonFolder(string folder, string path)
    {
        while (!DiskPath.IsIn(path, folder) && Path.GetDirectoryName(folder) is { } above)
            folder = above;

        return folder;
    }

    private static string Slashed(string path) => path.Replace('\\', '/');
}
