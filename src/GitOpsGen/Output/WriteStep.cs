namespace GitOpsGen.Output;

/// <summary>One step of a write. Paths are relative to the output.</summary>
internal sealed record WriteStep(WriteStepKind Kind, string Path)
{
    /// <summary>What a move takes, in the staging folder.</summary>
    public string From { get; init; } = "";

    /// <summary>What to write.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Does it. No link is followed, and what is not there need not be removed.</summary>
    public void Run(HeldFolder output)
    {
        using var last = new LastFolder(output);
        Run(output, last);
    }

    /// <summary>Does it among steps that are independent of each other.</summary>
    /// <inheritdoc cref="Run(HeldFolder)"/>
    public void Run(HeldFolder output, LastFolder last)
    {
        try
        {
            var folder = last.Below(RelativePath.FolderOf(Path), creates: Kind == WriteStepKind.CreateFolder);
            Run(output, folder, folder.At(RelativePath.NameOf(Path)));
        }
        catch (NoSuchFolderException) when (Kind is WriteStepKind.Delete or WriteStepKind.RemoveEmptyFolder or WriteStepKind.RemoveStaging)
        {
            // So nothing of ours is below it.
        }
    }

    private void Run(HeldFolder output, HeldFolder folder, string full)
    {
        switch (Kind)
        {
            case WriteStepKind.CreateFolder:
                folder.Below(RelativePath.NameOf(Path), creates: true).Dispose();
                break;
            case WriteStepKind.Write:
                using (var handle = File.OpenHandle(full, FileMode.CreateNew, FileAccess.Write))
                    RandomAccess.Write(handle, Content.Span, 0);
                break;
            case WriteStepKind.Move:
                using (var staging = output.Below(RelativePath.FolderOf(From)))
                    File.Move(staging.At(RelativePath.NameOf(From)), full, overwrite: true);
                break;
            case WriteStepKind.MoveFolder:
                using (var staging = output.Below(RelativePath.FolderOf(From)))
                    Directory.Move(staging.At(RelativePath.NameOf(From)), full);
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
                    RemoveAll(folder, RelativePath.NameOf(Path));
                break;
            default:
                throw new InvalidOperationException($"No such step: {Kind}.");
        }
    }

    private static void RemoveAll(HeldFolder parent, string name)
    {
        using (var folder = parent.Below(name))
        {
            foreach (var entry in new DirectoryInfo(folder.Path).EnumerateFileSystemInfos())
            {
                if (entry is DirectoryInfo { LinkTarget: null })
                    RemoveAll(folder, entry.Name);
                else
                    entry.Delete();
            }
        }

        Directory.Delete(parent.At(name));
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
