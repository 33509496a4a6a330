using GitOpsGen.Model;

namespace GitOpsGen.Output;

/// <summary>A path to be written where a folder stands, or below a path where a file stands.</summary>
internal readonly record struct Clash(RelativePath Path, DiskEntry Entry);
