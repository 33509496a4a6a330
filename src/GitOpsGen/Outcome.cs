using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Output;
using GitOpsGen.Packages;
using GitOpsGen.Planning;
using GitOpsGen.Rendering.Tracing;
using GitOpsGen.Settings;
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

/// <summary>What a run about mirrors found.</summary>
/// <param name="Settings">The settings; <see langword="null"/> where they cannot be used.</param>
/// <param name="Plan">The copies; <see langword="null"/> where an error stops the run.</param>
/// <param name="Diagnostics">Every finding, with its final severity.</param>
internal sealed record MirrorOutcome(ProjectSettings? Settings, MirrorPlan? Plan, ImmutableArray<Diagnostic> Diagnostics);

/// <summary>What is locked, as far as it can be looked at.</summary>
/// <param name="Lockfile">The lockfile; <see langword="null"/> where it or the settings cannot be read.</param>
/// <param name="Graphs">One for each set of packages that run together, with the chosen environments alone.</param>
/// <param name="Diagnostics">
/// The errors. A circle or a missing dependency is one, and stands in the graphs all the same; what else the rules find is lint's to say.
/// </param>
internal sealed record PackageSurvey(PackageLock? Lockfile, ImmutableArray<PackageGraph> Graphs, ImmutableArray<Diagnostic> Diagnostics);

/// <summary>How far a run is: <paramref name="Done"/> of <paramref name="Total"/>, environments where it renders.</summary>
public readonly record struct RunProgress(int Done, int Total);
