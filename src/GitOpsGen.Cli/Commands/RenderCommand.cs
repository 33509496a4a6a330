using GitOpsGen.Cli.Json;
using GitOpsGen.Inputs;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen render</c>: writes the output.</summary>
internal static class RenderCommand
{
    private const string Name = "render";

    public static Command Create(CommandRunner runner)
    {
        var force = CommandOptions.Flag("--force", "Also replace and delete generated files that were edited by hand.");
        var exitCode = CommandOptions.Flag("--exit-code", "End with exit code 2 if something was written.");
        var wait = CommandOptions.Seconds(
            "--wait",
            "Wait so many seconds while another gitopsgen writes to the output, instead of failing with GOG5006. Default: 0."
        );
        var command = new DocumentedCommand(
            Name,
            "Writes the output, all or nothing.",
            "gitopsgen render",
            "gitopsgen render --env dev --env 'preview-*'",
            "gitopsgen render --force",
            "gitopsgen render --exit-code --wait 60 --report inputs=obj/gitopsgen.inputs"
        )
        {
            force,
            exitCode,
            wait,
        };
        command.ReportForms = [ReportForm.Inputs];
        command.SetAction(parsed =>
            runner.RunOnInputs(
                Name,
                parsed,
                (run, inputs) =>
                    Render(
                        run,
                        inputs,
                        run.Settings.Engine with
                        {
                            Force = parsed.GetValue(force),
                            Wait = TimeSpan.FromSeconds(parsed.GetValue(wait) ?? 0),
                        },
                        parsed.GetValue(exitCode)
                    )
            )
        );
        return command;
    }

    private static CommandReport Render(CommandRun run, InputTree inputs, RunOptions options, bool tellsWritten)
    {
        using var status = run.StartStatus();
        var outcome = Generator.Render(inputs, options, status, run.Cancellation);
        var changes = PathChange.Of(outcome);
        var written = outcome.HasErrors ? 0 : changes.Length;
        return new()
        {
            Command = Name,
            ExitCode =
                outcome.HasErrors ? ExitCode.Failed
                : tellsWritten && written > 0 ? ExitCode.Differs
                : ExitCode.Done,
            Diagnostics = outcome.Diagnostics,
            Changes = changes,
            Summary =
                outcome.HasErrors ? null
                : written == 0 ? $"{outcome.Output}/ is up to date: {Counts.Of(outcome)}."
                : $"{outcome.Output}/ was written: {Counts.Of(changes)}; {Counts.Of(outcome)} in all.",
            Result = json => json.Write(new RenderResult(outcome.EnvironmentCount, outcome.FileCount, written), JsonOutput.Default.RenderResult),
        };
    }
}
