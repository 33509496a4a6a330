namespace GitOpsGen.Model;

/// <summary>Files in memory: unique paths in ordinal order. One tree holds the whole output.</summary>
public sealed class FileTree
{
    private readonly Dictionary<string, OutputFile> byPath;

    /// <summary>A tree of these files.</summary>
    /// <exception cref="ArgumentException">Two files have one path.</exception>
    public FileTree(IEnumerable<OutputFile> files)
    {
        Files = [.. files.Order(Comparer<OutputFile>.Create((a, b) => a.Path.CompareTo(b.Path)))];
        byPath = Files.ToDictionary(f => f.Path.Value, StringComparer.Ordinal);
    }

    /// <summary>The files, by path in ordinal order.</summary>
    public ImmutableArray<OutputFile> Files { get; }

    /// <summary>The file at a path.</summary>
    public bool TryGet(RelativePath path, [NotNullWhen(true)] out OutputFile? file) => byPath.TryGetValue(path.Value, out file);

    /// <summary>The file at what may be a path; <see langword="null"/> where none is.</summary>
    public OutputFile? Find(string path) => byPath.GetValueOrDefault(path);
}

/// <summary>One file to be written.</summary>
/// <param name="Path">Where, below the output folder.</param>
/// <param name="Content">Its bytes: UTF-8, LF, no byte order mark.</param>
/// <param name="Template">The template that rendered it, as messages print it; <see langword="null"/> where no template made the file.</param>
public sealed record OutputFile(RelativePath Path, ReadOnlyMemory<byte> Content, string? Template = null);
