namespace GitOpsGen.Diagnostics;

/// <summary>A stretch of a file, half-open. <see cref="File"/> is the path as it is printed: relative to the root, with <c>/</c>.</summary>
public readonly record struct SourceSpan(string File, SourcePosition Start, SourcePosition End)
{
    /// <summary>Where it begins, as compilers print it and editors and MSBuild read it.</summary>
    public string Place => $"{File}({Start.Line},{Start.Column})";

    /// <summary>The first character of <paramref name="file"/>, for findings about a file as a whole.</summary>
    public static SourceSpan StartOf(string file) => new(file, SourcePosition.Start, SourcePosition.Start);
}
