using GitOpsGen.Importing.Comparing;
using GitOpsGen.Importing.HandingOver;
using GitOpsGen.Output;
using GitOpsGen.Planning;
using GitOpsGen.Publishing;
using GitOpsGen.Rendering.Tracing;
using GitOpsGen.Review;
using GitOpsGen.Settings;
using GitOpsGen.Validation;

namespace GitOpsGen;

/// <summary>What a run found and did.</summary>
public sealed record Outcome
{
    /// <summary>Every finding, with its final severity, in reading order.</summary>
    public required ImmutableArray<Diagnostic> Diagnostics { get; init; }

    /// <summary>The output folder, below the root; <see langword="null"/> if the settings could not be read.</summary>
    public RelativePath? Output { get; init; }

    /// <summary>How many files the output consists of, ledgers left out.</summary>
    public int FileCount { get; init; }

    /// <summary>How many environments were rendered.</summary>
    public int EnvironmentCount { get; init; }

    /// <summary>What differs, for <c>check</c>; what was written, for <c>render</c>.</summary>
    public ImmutableArray<Change> Changes { get; init; } = [];

    /// <summary>A finding for each of the <see cref="Changes"/> that has none yet; for <c>check</c>. Errors that stop nothing.</summary>
    public ImmutableArray<Diagnostic> OutOfDate { get; init; } = [];

    /// <summary>The command line that makes the index up to date; for <c>check --staged</c>, where it is not.</summary>
    public string? Staging { get; init; }

    /// <summary>What was rendered; <see langword="null"/> where nothing was.</summary>
    internal FileTree? Rendered { get; init; }

    /// <summary>How many objects are valid, invalid or unchecked; for <c>validate</c>.</summary>
    public ValidationCounts? Validation { get; init; }

    /// <summary>Where the lines come from; for <c>explain</c>.</summary>
    public Explanation? Explanation { get; init; }

    /// <summary>Whether anything stops the run: the exit code is then 1.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);
}

/// <summary>What a run about mirrors found.</summary>
/// <param name="Settings">The settings; <see langword="null"/> if they cannot be used.</param>
/// <param name="Plan">The copies; <see langword="null"/> if an error stops the run.</param>
/// <param name="Diagnostics">Every finding, with its final severity.</param>
internal sealed record MirrorOutcome(ProjectSettings? Settings, MirrorPlan? Plan, ImmutableArray<Diagnostic> Diagnostics);

/// <summary>What a run about a change found.</summary>
/// <param name="Report">What it does; <see langword="null"/> if head has errors.</param>
/// <param name="Diagnostics">Every finding about head, with its final severity.</param>
internal sealed record ReviewOutcome(ReviewReport? Report, ImmutableArray<Diagnostic> Diagnostics);

/// <summary>What a run about an import found in the files that it made, or that are there.</summary>
/// <param name="Comparison">How what they render differs from what the sources have; <see langword="null"/> if they have errors.</param>
/// <param name="HandOver">The way from one to the other.</param>
/// <param name="Diagnostics">Every finding about the files, with its final severity.</param>
internal sealed record ImportOutcome(ImportComparison? Comparison, HandOver? HandOver, ImmutableArray<Diagnostic> Diagnostics);

/// <summary>Who is told of a run that publishes.</summary>
/// <param name="Progress">Told how far rendering is.</param>
/// <param name="Waits">Told before it waits for another try.</param>
/// <param name="Describe">Writes the message of the commit.</param>
internal sealed record PublishTellers(IProgress<RunProgress>? Progress, Action<TimeSpan> Waits, Func<ReviewReport, string> Describe);

/// <summary>What a run that publishes did, and found.</summary>
/// <param name="Result">What became of the branch.</param>
/// <param name="Run">What was rendered, and how it differs from what was there.</param>
internal sealed record PublishOutcome(PublishResult Result, Outcome Run);

/// <summary>How far a run is: <paramref name="Done"/> of <paramref name="Total"/>, environments where it renders.</summary>
public readonly record struct RunProgress(int Done, int Total);
