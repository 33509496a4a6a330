namespace GitOpsGen.Output;

/// <summary>The few things that writing does to a file system.</summary>
internal enum WriteStepKind
{
    /// <summary>Creates a folder and those above it.</summary>
    CreateFolder,

    /// <summary>Writes a new file in the staging folder.</summary>
    Write,

    /// <summary>Renames a staged file over its target.</summary>
    Move,

    /// <summary>Renames a staged folder to a place where nothing stands.</summary>
    MoveFolder,

    /// <summary>Deletes a file.</summary>
    Delete,

    /// <summary>Removes a folder unless something is in it.</summary>
    RemoveEmptyFolder,

    /// <summary>Removes the staging folder with all that is in it.</summary>
    RemoveStaging,
}
