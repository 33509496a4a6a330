namespace GitOpsGen.Diagnostics;

/// <summary>A place in a text file. Both numbers start at 1; columns count UTF-16 units, as MSBuild and editors do.</summary>
public readonly record struct SourcePosition(int Line, int Column) : IComparable<SourcePosition>
{
    /// <summary>The first character of a file.</summary>
    public static SourcePosition Start { get; } = new(1, 1);

    /// <inheritdoc/>
    public int CompareTo(SourcePosition other) => Line != other.Line ? Line.CompareTo(other.Line) : Column.CompareTo(other.Column);
}
