namespace GitOpsGen.Diagnostics;

/// <summary>A stretch of a file, half-open. <see cref="File"/> is the path as it is printed: relative to the root, with <c>/</c>.</summary>
public readonly record struct SourceSpan(string File, SourcePosition Start, SourcePosition End)
{
    /// <summary>Where it ends; never before its start, whatever a parser says.</summary>
    public SourcePosition End { get; init; } = End.CompareTo(Start) < 0 ? Start : End;

    /// <summary>Where it begins, as compilers print it and editors and MSBuild read it.</summary>
    public string Place => $"{File}({Start.Line},{Start.Column})";

    /// <summary>For what no file says.</summary>
    public static SourceSpan Nowhere { get; } = StartOf("");

    /// <summary>The first character of <paramref name="file"/>, for findings about a file as a whole.</summary>
    public static SourceSpan StartOf(string file) => StartOf(file, 1);

    /// <summary>The first character of a line.</summary>
    public static SourceSpan StartOf(string file, int line) => new(file, new(line, 1), new(line, 1));
}

/// <summary>A place in a text file. Both numbers start at 1; columns count UTF-16 units, as MSBuild and editors do.</summary>
public readonly record struct SourcePosition(int Line, int Column) : IComparable<SourcePosition>
{
    /// <summary>The first character of a file.</summary>
    public static SourcePosition Start { get; } = new(1, 1);

    /// <inheritdoc/>
    public int CompareTo(SourcePosition other) => Line != other.Line ? Line.CompareTo(other.Line) : Column.CompareTo(other.Column);
}

/// <summary>A value and where the user wrote it. It travels to the end, so that any later finding can name the place.</summary>
public readonly record struct Located<T>(T Value, SourceSpan Span)
{
    /// <summary>The same place with another value.</summary>
    public Located<TOther> With<TOther>(TOther value) => new(value, Span);

    /// <inheritdoc/>
    public override string ToString() => $"{Value}";
}
