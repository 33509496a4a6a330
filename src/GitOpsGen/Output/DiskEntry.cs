namespace GitOpsGen.Output;

/// <summary>What stands at a path, and where the thing found is: the path itself, or the link or file above it.</summary>
internal readonly record struct DiskEntry(DiskEntryKind Kind, string At);
