namespace GitOpsGen.Inputs;

/// <summary>A file that GitOpsGen was given.</summary>
/// <param name="Path">The path as it is printed: relative to the root, with <c>/</c>.</param>
/// <param name="Content">Its bytes; <see langword="null"/> where it cannot be read.</param>
/// <param name="Problem">Why it cannot be read.</param>
internal sealed record SourceFile(string Path, ReadOnlyMemory<byte>? Content, string? Problem);
