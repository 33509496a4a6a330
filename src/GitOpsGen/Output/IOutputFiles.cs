namespace GitOpsGen.Output;

/// <summary>The output that rendered files are compared with: the one on the disk, or one that Git has. Thread-safe.</summary>
/// <remarks>Paths are relative to the output.</remarks>
internal interface IOutputFiles
{
    /// <summary>What forbids comparing at all.</summary>
    ImmutableArray<Diagnostic> InTheWay();

    /// <summary>What is at a path.</summary>
    /// <exception cref="IOException">A folder cannot be listed.</exception>
    DiskEntry Look(string path);

    /// <summary>The real folders directly in a folder, in ordinal order.</summary>
    IEnumerable<string> FoldersIn(string path);

    /// <summary>The names of all that is directly in a folder, in any order.</summary>
    IEnumerable<string> NamesIn(string path);

    /// <summary>Says which files will be read, so that they can be got together.</summary>
    /// <param name="files">Paths, and the content that a file is compared with.</param>
    void Load(IEnumerable<(string Path, ReadOnlyMemory<byte>? Expected)> files);

    /// <summary>Reads a file whole, or returns <see langword="null"/> where it has exactly this content.</summary>
    DiskFile? ReadUnless(string path, ReadOnlyMemory<byte>? content);
}
