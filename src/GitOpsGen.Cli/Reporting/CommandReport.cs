using System.Collections.Immutable;
using System.Text.Json;
using GitOpsGen.Diagnostics;
using GitOpsGen.Output;

namespace GitOpsGen.Cli.Reporting;

/// <summary>All that a command has to say, in no form yet.</summary>
internal sealed record CommandReport
{
    /// <summary>The command's name, as it is typed.</summary>
    public required string Command { get; init; }

    public required int ExitCode { get; init; }

    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    public ImmutableArray<PathChange> Changes { get; init; } = [];

    /// <summary>The unified diff of <c>check</c>, bounded; each line ended by a line feed.</summary>
    public string Diff { get; init; } = "";

    /// <summary>A document that the command prints as it is, ended by a line feed.</summary>
    public string Document { get; init; } = "";

    /// <summary>
    /// A table that the command prints after the document, in lines of at most so many characters; <see langword="null"/>: nothing is cut.
    /// </summary>
    public Func<int?, string>? Table { get; init; }

    /// <summary>What the command draws in the forms that only it has.</summary>
    public IReadOnlyDictionary<ReportForm, Func<string>> Drawings { get; init; } = new Dictionary<ReportForm, Func<string>>();

    /// <summary>What was done in detail, for a person: one line each.</summary>
    public ImmutableArray<string> Lines { get; init; } = [];

    /// <summary>One sentence for a person about how it ended.</summary>
    public string? Summary { get; init; }

    /// <summary>Writes the command's own result as JSON; <see langword="null"/> where it got to none.</summary>
    public Action<Utf8JsonWriter>? Result { get; init; }

    /// <summary>Whether <see cref="Changes"/> are what a reader has to repair, as for <c>check</c>, and not what the command did.</summary>
    public bool IsComparison { get; init; }

    /// <summary>The command line that repairs the <see cref="Changes"/> of a comparison.</summary>
    public string Repair { get; init; } = "gitopsgen render";

    /// <summary>The files that a comparison found out of date. Edited ones have a diagnostic of their own.</summary>
    public IEnumerable<PathChange> StaleFiles => Changes.Where(change => IsComparison && change.Kind != ChangeKind.Edited);

    /// <summary>What is wrong with one of the <see cref="StaleFiles"/>, as a sentence under the file's name.</summary>
    public string Stale(PathChange change) =>
        change.Kind switch
        {
            ChangeKind.Added => $"This file is missing: run '{Repair}' and commit the result.",
            ChangeKind.Removed => $"This file is no longer generated: run '{Repair}' and commit the result.",
            _ => $"This file is not what its inputs give: run '{Repair}' and commit the result.",
        };

    /// <summary>A command that ended before it had a result.</summary>
    public static CommandReport Failed(string command, params ImmutableArray<Diagnostic> diagnostics) =>
        new()
        {
            Command = command,
            ExitCode = Reporting.ExitCode.Failed,
            Diagnostics = diagnostics,
        };
}

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
