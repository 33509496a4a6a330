namespace GitOpsGen.Model;

/// <summary>One file to be written.</summary>
/// <param name="Path">Where, below the output folder.</param>
/// <param name="Content">Its bytes: UTF-8, LF, no byte order mark.</param>
/// <param name="Template">The template that rendered it, as messages print it; <see langword="null"/> for what no template makes.</param>
public sealed record OutputFile(RelativePath Path, ReadOnlyMemory<byte> Content, string? Template = null);
