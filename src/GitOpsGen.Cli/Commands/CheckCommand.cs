using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using GitOpsGen.Cli.Json;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Cli.Running;
using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Output;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen check</c>: whether the output is what the inputs give.</summary>
internal static class CheckCommand
{
    private const string Name = "check";

    public static Command Create(CommandRunner runner)
    {
        var command = new DocumentedCommand(
            Name,
            "Renders in memory and compares with the output; exit code 2 if they differ. Writes nothing.",
            "gitopsgen check",
            "gitopsgen check --format github --report sarif=artifacts/gitopsgen.sarif"
        )
        {
            ReportForms = [ReportForm.Inputs],
        };
        command.SetAction(parsed => runner.RunOnInputs(Name, parsed, Check));
        return command;
    }

    private static CommandReport Check(CommandRun run, InputTree inputs)
    {
        using var status = run.StartStatus();
        var outcome = Generator.Check(inputs, run.Settings.Engine, status, run.Cancellation);
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
                    ? $"{outcome.Output}/ is out of date: {Counts.Of(changes)}; {(outcome.HasErrors ? "correct the errors first" : WhatToDo(changes))}."
                : outcome.HasErrors ? null
                : $"{outcome.Output}/ is up to date: {Counts.Of(outcome)}.",
            Result = json =>
                JsonSerializer.Serialize(
                    json,
                    new CheckResult(outcome.EnvironmentCount, outcome.FileCount, changes.Length, diff),
                    JsonOutput.Default.CheckResult
                ),
        };
    }

    private static string WhatToDo(ImmutableArray<PathChange> changes) =>
        changes.Any(c => c.Kind == ChangeKind.Edited)
            ? "undo the edits, or replace them with 'gitopsgen render --force', and commit the result"
            : "run 'gitopsgen render' and commit the result";
}
