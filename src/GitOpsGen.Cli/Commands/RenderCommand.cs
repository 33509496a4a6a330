using System.CommandLine;
using System.Text.Json;
using GitOpsGen.Cli.Json;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Cli.Running;
using GitOpsGen.Inputs;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen render</c>: writes the output.</summary>
internal static class RenderCommand
{
    private const string Name = "render";

    public static Command Create(CommandRunner runner)
    {
        var force = CommandOptions.Flag("--force", "Also replace and delete generated files that were edited by hand.");
        var command = new DocumentedCommand(
            Name,
            "Writes the output, all or nothing.",
            "gitopsgen render",
            "gitopsgen render --env dev --env 'preview-*'",
            "gitopsgen render --force"
        )
        {
            force,
        };
        command.SetAction(parsed => runner.RunOnInputs(Name, parsed, (run, inputs) => Render(run, inputs, parsed.GetValue(force))));
        return command;
    }

    private static CommandReport Render(CommandRun run, InputTree inputs, bool force)
    {
        using var status = run.StartStatus();
        var outcome = Generator.Render(inputs, run.Settings.Engine with { Force = force }, status, run.Cancellation);
        var changes = PathChange.Of(outcome);
        var written = outcome.HasErrors ? 0 : changes.Length;
        return new()
        {
            Command = Name,
            ExitCode = outcome.HasErrors ? ExitCode.Failed : ExitCode.Done,
            Diagnostics = outcome.Diagnostics,
            Changes = changes,
            Summary =
                outcome.HasErrors ? null
                : written == 0 ? $"{outcome.Output}/ is up to date: {Counts.Of(outcome)}."
                : $"{outcome.Output}/ was written: {Counts.Of(changes)}; {Counts.Of(outcome)} in all.",
            Result = json =>
                JsonSerializer.Serialize(
                    json,
                    new RenderResult(outcome.EnvironmentCount, outcome.FileCount, written),
                    JsonOutput.Default.RenderResult
                ),
        };
    }
}
