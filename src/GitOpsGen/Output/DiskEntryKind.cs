namespace GitOpsGen.Output;

/// <summary>What stands at a path.</summary>
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

    /// <summary>Nothing, and nothing can: a file stands where a folder above the path would be.</summary>
    BelowFile,
}
