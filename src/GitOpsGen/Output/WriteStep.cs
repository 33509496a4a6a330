using System.Collections.Immutable;

namespace GitOpsGen.Output;

/// <summary>One step of a write. Paths are relative to the output.</summary>
internal sealed record WriteStep(WriteStepKind Kind, string Path)
{
    /// <summary>What a move takes, in the staging folder.</summary>
    public string From { get; init; } = "";

    /// <summary>What to write.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    public void Run(OutputFolder folder)
    {
        var full = folder.Full(Path);
        switch (Kind)
        {
            case WriteStepKind.CreateFolder:
                Directory.CreateDirectory(full);
                break;
            case WriteStepKind.Write:
                using (var handle = File.OpenHandle(full, FileMode.CreateNew, FileAccess.Write))
                    RandomAccess.Write(handle, Content.Span, 0);
                break;
            case WriteStepKind.Move:
                File.Move(folder.Full(From), full, overwrite: true);
                break;
            case WriteStepKind.MoveFolder:
                Directory.Move(folder.Full(From), full);
                break;
            case WriteStepKind.Delete:
                if (File.Exists(full))
                    File.Delete(full);
                break;
            case WriteStepKind.RemoveEmptyFolder:
                if (Directory.Exists(full) && !Directory.EnumerateFileSystemEntries(full).Any())
                    Directory.Delete(full);
                break;
            case WriteStepKind.RemoveStaging:
                if (Directory.Exists(full))
                    Directory.Delete(full, recursive: true);
                break;
            default:
                throw new InvalidOperationException($"No such step: {Kind}.");
        }
    }
}

/// <summary>The few things that writing does to a file system.</summary>
internal enum WriteStepKind
{
    /// <summary>Creates a folder and those above it.</summary>
    CreateFolder,

    /// <summary>Writes a new file in the staging folder.</summary>
    Write,

    /// <summary>Renames a staged file over its target.</summary>
    Move,

    /// <summary>Renames a staged folder to a path where nothing is.</summary>
    MoveFolder,

    /// <summary>Deletes a file.</summary>
    Delete,

    /// <summary>Removes a folder unless something is in it.</summary>
    RemoveEmptyFolder,

    /// <summary>Removes the staging folder with all that is in it.</summary>
    RemoveStaging,
}

/// <summary>Steps that are done before any step of the next phase. Steps side by side are independent of each other.</summary>
internal sealed record WritePhase(bool SideBySide, ImmutableArray<WriteStep> Steps);
