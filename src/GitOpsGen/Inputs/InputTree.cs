using System.Collections.Concurrent;
using GitOpsGen.Output;
using GitOpsGen.Settings;

namespace GitOpsGen.Inputs;

/// <summary>The work tree that a run reads from and writes to.</summary>
public sealed class InputTree
{
    private readonly string? settings;
    private readonly string? lockfile;
    private readonly IInputFiles files;
    private readonly ConcurrentDictionary<string, SourceFile> read;
    private readonly ConcurrentDictionary<string, bool> listed;

    /// <summary>The work tree below a root.</summary>
    /// <param name="root">An existing folder.</param>
    /// <param name="settings">Another settings file than <c>.config/gitopsgen.yaml</c>; relative to the current folder.</param>
    /// <param name="lockfile">Another lockfile than the settings name; relative to the current folder.</param>
    public InputTree(string root, string? settings = null, string? lockfile = null)
    {
        Root = Path.GetFullPath(root);
        this.settings = settings is null ? null : Path.GetFullPath(settings);
        this.lockfile = lockfile is null ? null : Path.GetFullPath(lockfile);
        read = new(StringComparer.Ordinal);
        listed = new(StringComparer.Ordinal);
        files = Disk;
    }

    private InputTree(InputTree other, IInputFiles files, bool isNoted)
    {
        Root = other.Root;
        settings = other.settings;
        lockfile = other.lockfile;
        read = isNoted ? other.read : new(StringComparer.Ordinal);
        listed = isNoted ? other.listed : new(StringComparer.Ordinal);
        this.files = files;
    }

    /// <summary>The root, absolute.</summary>
    public string Root { get; }

    /// <summary>Whether it is the work tree that is read, and not a commit or the index.</summary>
    internal bool IsOnDisk => files is DiskFiles;

    /// <summary>The settings file below a root.</summary>
    public static RelativePath SettingsPath { get; } = RelativePath.Parse(".config/gitopsgen.yaml");

    /// <summary>Where most repositories have their inputs and their output.</summary>
    internal static ImmutableArray<RelativePath> UsualPlaces { get; } =
    [
        SettingsPath,
        RelativePath.Parse(SettingsReader.DefaultLockfile),
        RelativePath.Parse(SettingsReader.DefaultTemplates),
        RelativePath.Parse(SettingsReader.DefaultOutput),
    ];

    /// <summary>
    /// The nearest folder from <paramref name="start"/> upward that holds <c>.config/gitopsgen.yaml</c>; <see langword="null"/>
    /// if none does.
    /// </summary>
    public static string? FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SettingsPath.Value)))
                return folder.FullName;
        }

        return null;
    }

    /// <summary>Whether a file, by its absolute path, was read as an input.</summary>
    internal bool HasRead(string full) => read.ContainsKey(full);

    /// <summary>The files that were read and the folders that were listed, which end in <c>/</c>: absolute, in ordinal order.</summary>
    internal IEnumerable<string> Paths() =>
        read.Where(file => file.Value.Content is not null)
            .Select(file => file.Key)
            .Concat(listed.Keys.Select(folder => $"{folder}/"))
            .Order(StringComparer.Ordinal);

    /// <summary>What was read from a file, by the path that is printed; <see langword="null"/> where none was.</summary>
    internal ReadOnlyMemory<byte>? ContentOf(string shown) => read.GetValueOrDefault(Path.GetFullPath(shown, Root))?.Content;

    /// <summary>Every file that was read as an input, and its absolute path.</summary>
    internal IEnumerable<(string Full, SourceFile File)> FilesRead => read.Select(pair => (pair.Key, pair.Value));

    /// <summary>The inputs that the settings name on the disk, and where the output goes; absolute. No pipe is opened, because it can be read only once.</summary>
    internal (ImmutableArray<string> Inputs, string Output) Places(CancellationToken cancellation)
    {
        var file = settings ?? Full(SettingsPath);
        var content = new DiskFiles(_ => { }, _ => false).Read(file, file, cancellation).Content;
        var paths = SettingsPaths.In(file, (content ?? default).Span);
        return ([file, Full(SettingsPath), .. lockfile is null ? [] : new[] { lockfile }, .. paths.Inputs.Select(Full)], Full(paths.Output));
    }

    /// <summary>The same places, with what they hold elsewhere: in a commit or in the index of Git.</summary>
    internal InputTree In(IInputFiles other) => new(this, other, isNoted: true);

    /// <summary>The same, to compare with: what is read there is not noted as an input of this run.</summary>
    internal InputTree Before(IInputFiles other) => new(this, other, isNoted: false);

    /// <summary>The same, with texts in place of some files, by absolute path.</summary>
    internal InputTree With(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> texts) => new(this, new FilesWithTexts(files, texts), isNoted: true);

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
            return [path];

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
            ? Disk.FilesBelow(full)
                .Where(entry => !entry.IsFolder && Path.GetExtension(entry.Full) is ".yaml" or ".yml" or ".json")
                .Select(entry => entry.Full)
                .Order(StringComparer.Ordinal)
                .Select(file => Read(file, cancellation))
            : [Read(full, cancellation)];
    }

    /// <summary>The user's templates; none if the folder does not exist.</summary>
    /// <exception cref="IOException">The folder cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, because access is denied.</exception>
    internal TemplateFolder ReadTemplates(RelativePath folder, CancellationToken cancellation) =>
        new TemplateFolderReader(Root, files, full => Read(full, cancellation)).Read(folder, cancellation);

    /// <summary>The output that is there.</summary>
    internal IOutputFiles Output(OutputFolder folder, CancellationToken cancellation) => files.Output(folder, cancellation);

    private DiskFiles Disk => new(folder => listed.TryAdd(Path.GetFullPath(folder), true), MayBePipe);

    // What a command line names: --settings, --lockfile, and files elsewhere, such as <(kubectl get crds -o yaml).
    private bool MayBePipe(string full) => full == settings || full == lockfile || !DiskPath.IsIn(full, Root);

    private string Full(RelativePath path) => Path.Combine(Root, path.Value);

    private SourceFile Read(string path, CancellationToken cancellation)
    {
        var full = Path.GetFullPath(path);
        var file = files.Read(full, Path.GetRelativePath(Root, full).Replace('\\', '/'), cancellation);
        return read[full] =
            file.Content is { } content && LfsPointer.Is(content.Span)
                ? file with
                {
                    Content = null,
                    Problem = "it is a pointer of Git LFS, not the file itself",
                    Cause = (Rules.LfsPointer, $"Take {file.Path} out of LFS: it has to be in the commit."),
                }
                : file;
    }
}
