using GitOpsGen.Output;

namespace GitOpsGen.Inputs;

/// <summary>Where the files of a run are: on the disk, or in a tree of Git. Paths are absolute, as if all were on the disk.</summary>
internal interface IInputFiles
{
    /// <summary>What is at a path, without following a link.</summary>
    DiskEntryKind KindOf(string full);

    /// <summary>The files in and below a folder, in any order. Links are among them, those to folders too, but are not followed.</summary>
    /// <exception cref="IOException">The folder cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, because access is denied.</exception>
    IEnumerable<InputEntry> FilesBelow(string full);

    /// <summary>Says which files will be read, so that they can be got together.</summary>
    void Load(IEnumerable<string> paths, CancellationToken cancellation);

    /// <summary>Reads a file. What cannot be read is in the result, with the reason.</summary>
    /// <param name="full">Its path.</param>
    /// <param name="shown">The path as it is printed.</param>
    /// <param name="cancellation">Ends the reading.</param>
    SourceFile Read(string full, string shown, CancellationToken cancellation);

    /// <summary>The output that is there.</summary>
    IOutputFiles Output(OutputFolder folder, CancellationToken cancellation);
}

/// <summary>A file, or a link, below a folder.</summary>
internal readonly record struct InputEntry(string Full, bool IsLink, bool IsFolder);

/// <summary>A file that GitOpsGen was given.</summary>
/// <param name="Path">The path as it is printed: relative to the root, with <c>/</c>.</param>
/// <param name="Content">Its bytes; <see langword="null"/> where it cannot be read.</param>
/// <param name="Problem">Why it cannot be read.</param>
internal sealed record SourceFile(string Path, ReadOnlyMemory<byte>? Content, string? Problem)
{
    /// <summary>The rule that <see cref="Problem"/> breaks, and what to do, where that is known better than by the reader of the file.</summary>
    public (Rule Rule, string Fix)? Cause { get; init; }
}
