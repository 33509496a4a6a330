namespace GitOpsGen.Rendering.Tracing;

/// <summary>Why a rendered file says what it says.</summary>
/// <param name="Path">The file, below the output folder.</param>
/// <param name="Lines">The lines that were asked about, in their order.</param>
public sealed record Explanation(RelativePath Path, ImmutableArray<ExplainedLine> Lines);

/// <summary>Why a rendered line says what it says.</summary>
/// <param name="Number">Which line, from 1.</param>
/// <param name="Text">What it says.</param>
/// <param name="Templates">The template lines that wrote it; most lines have one.</param>
/// <param name="Printed">The values of the model that are printed on it.</param>
/// <param name="Because">The values that decide that it is there.</param>
public sealed record ExplainedLine(
    int Number,
    string Text,
    ImmutableArray<ExplainedTemplate> Templates,
    ImmutableArray<ExplainedValue> Printed,
    ImmutableArray<ExplainedValue> Because
);

/// <summary>A line of a template.</summary>
/// <param name="Place">Where.</param>
/// <param name="Text">The template's text there.</param>
/// <param name="Includes">The includes that lead there, from the file's own template inwards.</param>
public sealed record ExplainedTemplate(TemplatePlace Place, string Text, ImmutableArray<TemplatePlace> Includes);

/// <summary>A value of the model.</summary>
/// <param name="Path">As from the top of a template: <c>environment.waves[1].number</c>.</param>
/// <param name="Origins">Where it comes from; empty where the user does not decide it.</param>
public sealed record ExplainedValue(string Path, ImmutableArray<ExplainedOrigin> Origins);

/// <summary>What the user wrote, or left to a default.</summary>
/// <param name="Span">Where it is written; <see langword="null"/> where it is not, so that the default applies.</param>
/// <param name="Key">What it is called in its file, such as <c>packages[2].version</c>.</param>
/// <param name="Value">What is written there, on one line; <see langword="null"/> for more than a scalar, and for a default.</param>
public sealed record ExplainedOrigin(SourceSpan? Span, string Key, string? Value)
{
    /// <summary>The package of the lock entry that it belongs to, with its version.</summary>
    public string? Package { get; init; }

    /// <summary>Whether that package is why a grant is made.</summary>
    public bool IsNeed { get; init; }
}

/// <summary>A place in a template's text, from 1; for a value, that of the expression that prints it.</summary>
public readonly record struct TemplatePlace(string File, int Line, int Column);
