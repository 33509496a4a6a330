using GitOpsGen.Cli.Json;
using GitOpsGen.Lockfile;
using GitOpsGen.Output;
using GitOpsGen.Packages.Updating;

namespace GitOpsGen.Cli.Locking;

/// <summary>What a command did to the lockfile, or would do.</summary>
/// <param name="command">The command's name.</param>
/// <param name="path">The lockfile, as it is printed.</param>
internal sealed class LockReport(string command, string path)
{
    /// <summary>Whether the edit was only compared with the file.</summary>
    public bool IsCheck { get; init; }

    /// <summary>Whether nothing was written because the user wants to see it first.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The command that would write it.</summary>
    public required string Repair { get; init; }

    public CommandReport Of(LockfileEdit edit, LockOutcome outcome)
    {
        var differs = edit.Changes.Length > 0;
        var packages = Counts.Of(edit.Lock.Packages.DistinctBy(entry => entry.Package.Value).Count(), "package");
        return new()
        {
            Command = command,
            ExitCode = ExitCode.Of([], IsCheck && differs),
            Changes = differs && !IsDryRun ? [new(path, ChangeKind.Changed)] : [],
            IsComparison = IsCheck,
            Lines = [.. Moves(outcome), .. outcome.Completions.Select(change => change.Text), .. Comments(edit, outcome)],
            Summary =
                !differs ? $"{path} is complete: {packages}."
                : IsCheck ? $"{path} is not what the registries say: {CountsOf(outcome)}; run '{Repair}' and commit the result."
                : IsDryRun ? $"{path} would be written: {CountsOf(outcome)}; {packages} in all. Nothing was written."
                : $"{path} was written: {CountsOf(outcome)}; {packages} in all.",
            Result = json =>
                json.Write(
                    new LockResult(
                        path,
                        edit.Lock.Packages.Length,
                        outcome.Moves.Select(move => JsonMove.Of(move, outcome.Environments)),
                        edit.Changes.Select(change => JsonLockChange.Of(Word(change), change))
                    ),
                    JsonOutput.Default.LockResult
                ),
        };
    }

    /// <summary>The finding of a check that differs.</summary>
    public Diagnostic OutOfDate(ReadOnlySpan<byte> content, LockfileEdit edit) =>
        new(
            Rules.OutOfDate,
            "This file is not what the registries say.",
            $"Run '{Repair}' and commit the result.",
            SourceSpan.StartOf(path, Change.FirstDifference(content, edit.Content.Span))
        );

    private static string[] Moves(LockOutcome outcome) =>
        TextTable
            .Of([
                .. outcome.Moves.Select(move =>
                    new[] { outcome.Names[move.Package], EnvironmentList.Of(move.Environments, outcome.Environments), Text(move) }
                ),
            ])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Text(EnvironmentMove move) =>
        (move.From, move.To) switch
        {
            (null, _) => $"added {move.To}",
            (_, null) => $"removed {move.From}",
            _ => $"{move.From} → {move.To}",
        } + (move.IsIndirect ? ", indirect" : "");

    // What goes with an entry is not in the moves: a comment is a person's.
    private static IEnumerable<string> Comments(LockfileEdit edit, LockOutcome outcome) =>
        edit
            .Changes.Except(outcome.Completions)
            .Where(change => change.Comments.Length > 0)
            .Select(change => $"changed {change.Before!.Package} {change.Before.Version}{change.Comments}");

    private static string CountsOf(LockOutcome outcome) =>
        string.Join(
            ", ",
            outcome
                .Moves.Select(move => move.Change)
                .Concat(outcome.Completions.Select(change => change is { Before: not null, After: not null } ? "completed" : Word(change)))
                .GroupBy(word => word)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => $"{group.Count()} {group.Key}")
        );

    private static string Word(LockfileChange change) =>
        change switch
        {
            { Before: null } => "added",
            { After: null } => "removed",
            _ => "changed",
        };
}
