namespace GitOpsGen.Diagnostics;

/// <summary>A value and where the user wrote it. It travels to the end, so that any later finding can name the place.</summary>
public readonly record struct Located<T>(T Value, SourceSpan Span)
{
    /// <summary>The same place with another value.</summary>
    public Located<TOther> With<TOther>(TOther value) => new(value, Span);

    /// <inheritdoc/>
    public override string ToString() => $"{Value}";
}
