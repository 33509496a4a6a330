using GitOpsGen.Cli.Json;
using GitOpsGen.Inputs;
using GitOpsGen.Output;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen check</c>: whether the output is what the inputs give.</summary>
internal static class CheckCommand
{
    private const string Name = "check";

    public static Command Create(CommandRunner runner)
    {
        var staged = CommandOptions.Flag("--staged", "Read everything from the index of Git, so what the next commit will hold: for hooks.");
        var command = new DocumentedCommand(
            Name,
            "Renders in memory and compares with the output; exit code 2 if they differ. Writes nothing.",
            "gitopsgen check",
            "gitopsgen check --format github --report sarif=artifacts/gitopsgen.sarif",
            "gitopsgen check --staged"
        )
        {
            staged,
        };
        command.ReportForms = [ReportForm.Inputs];
        command.SetAction(parsed => runner.RunOnInputs(Name, parsed, (run, inputs) => Check(run, inputs, parsed.GetValue(staged))));
        return command;
    }

    private static CommandReport Check(CommandRun run, InputTree inputs, bool isStaged)
    {
        using var status = run.StartStatus();
        var outcome = isStaged
            ? StagedCheck.Run(inputs, run.Settings.Engine, status, run.Cancellation)
            : Generator.Check(inputs, run.Settings.Engine, status, run.Cancellation);
        var where = isStaged ? $"{outcome.Output}/, as it is staged," : $"{outcome.Output}/";
        var changes = PathChange.Of(outcome);
        var diff = outcome.Output is { } output
            ? new UnifiedDiff(output, DiffLimits.Default).Of(outcome.Changes.Where(change => !change.IsLedger))
            : "";
        return new()
        {
            Command = Name,
            ExitCode =
                outcome.HasErrors ? ExitCode.Failed
                : changes.Length > 0 ? ExitCode.Differs
                : ExitCode.Done,
            Diagnostics = SeverityPolicy.Default.Apply([.. outcome.Diagnostics, .. outcome.OutOfDate]),
            Changes = changes,
            Diff = diff,
            IsComparison = true,
            Summary =
                changes.Length > 0
                    ? $"{where} is out of date: {Counts.Of(changes)}; {(outcome.HasErrors ? "correct the errors first" : WhatToDo(outcome, changes))}."
                : outcome.HasErrors ? null
                : $"{where} is up to date: {Counts.Of(outcome)}.",
            Result = json =>
                json.Write(new CheckResult(outcome.EnvironmentCount, outcome.FileCount, changes.Length, diff), JsonOutput.Default.CheckResult),
        };
    }

    private static string WhatToDo(Outcome outcome, ImmutableArray<PathChange> changes) =>
        outcome.Staging is { } command ? $"run '{command}'"
        : changes.Any(c => c.Kind == ChangeKind.Edited) ? "undo the edits, or replace them with 'gitopsgen render --force', and commit the result"
        : "run 'gitopsgen render' and commit the result";
}
