namespace GitOpsGen.Model;

/// <summary>One file to be written: where, below the output folder, and its bytes (UTF-8, LF, no BOM).</summary>
public sealed record OutputFile(RelativePath Path, ReadOnlyMemory<byte> Content);
