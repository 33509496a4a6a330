using System.Collections.Immutable;
using GitOpsGen.Output;

namespace GitOpsGen.Cli;

/// <summary>One path, relative to the root, and what was or would be done to it.</summary>
internal readonly record struct PathChange(string Path, ChangeKind Kind)
{
    /// <summary>The kind as users read it, in every form: added, changed, removed, edited.</summary>
    public string Word =>
        Kind switch
        {
            ChangeKind.Added => "added",
            ChangeKind.Changed => "changed",
            ChangeKind.Removed => "removed",
            _ => "edited",
        };

    /// <summary>The changes of a run, which name their paths below its output.</summary>
    public static ImmutableArray<PathChange> Of(Outcome outcome) =>
        outcome.Output is { } output ? [.. outcome.Changes.Select(c => new PathChange(c.Path.Below(output).Value, c.Kind))] : [];
}
