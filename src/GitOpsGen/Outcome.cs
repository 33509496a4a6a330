using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Output;
using GitOpsGen.Rendering.Tracing;
using GitOpsGen.Validation;

namespace GitOpsGen;

/// <summary>What a run found and did.</summary>
public sealed record Outcome
{
    /// <summary>Every finding, with its final severity, in reading order.</summary>
    public required ImmutableArray<Diagnostic> Diagnostics { get; init; }

    /// <summary>The output folder, below the root; <see langword="null"/> where the settings could not be read.</summary>
    public RelativePath? Output { get; init; }

    /// <summary>How many files the output consists of, ledgers left out.</summary>
    public int FileCount { get; init; }

    /// <summary>How many environments were rendered.</summary>
    public int EnvironmentCount { get; init; }

    /// <summary>What differs, for <c>check</c>; what was written, for <c>render</c>.</summary>
    public ImmutableArray<Change> Changes { get; init; } = [];

    /// <summary>How many objects were found to be what; for <c>validate</c>.</summary>
    public ValidationCounts? Validation { get; init; }

    /// <summary>Why lines say what they say; for <c>explain</c>.</summary>
    public Explanation? Explanation { get; init; }

    /// <summary>Whether anything stops the run: the exit code is then 1.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);
}
