using GitOpsGen.Cli.Json;
using GitOpsGen.Cli.Overview;
using GitOpsGen.Inputs;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen status</c>: which version of which package runs where.</summary>
internal static class StatusCommand
{
    private const string Name = "status";

    public static Command Create(CommandRunner runner)
    {
        var today = CommandOptions.Today();
        var command = new DocumentedCommand(
            Name,
            "Shows which version of each package is locked for each environment, and what is stale, not locked, or may be gone. Asks no registry. --format also takes markdown.",
            "gitopsgen status",
            "gitopsgen status --env 'prod-*'",
            "gitopsgen status --format markdown",
            "gitopsgen status --format json"
        )
        {
            Forms = [ReportForm.Markdown],
        };
        command.Add(today);
        command.SetAction(parsed => runner.RunOnInputs(Name, parsed, (run, inputs) => Show(run, inputs, run.Today(parsed.GetValue(today)))));
        return command;
    }

    private static CommandReport Show(CommandRun run, InputTree inputs, DateOnly today)
    {
        var status = FleetStatus.Of(inputs, run.Settings.Engine, today, run.Cancellation);
        if (!status.IsKnown)
            return CommandReport.Failed(Name, status.Diagnostics);

        var table = new StatusTable(status);
        return new()
        {
            Command = Name,
            ExitCode = status.Diagnostics.IsEmpty ? ExitCode.Done : ExitCode.Failed,
            Diagnostics = status.Diagnostics,
            Table = table.Text,
            Drawings = new Dictionary<ReportForm, Func<string>> { [ReportForm.Markdown] = table.Markdown },
            Summary = table.Summary(),
            Result = json => json.Write(StatusResult.Of(status), JsonOutput.Default.StatusResult),
        };
    }
}
