using GitOpsGen.Cli.Json;
using GitOpsGen.Inputs;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen lint</c>: the rules alone.</summary>
internal static class LintCommand
{
    private const string Name = "lint";

    public static Command Create(CommandRunner runner)
    {
        var today = CommandOptions.Today();
        var command = new DocumentedCommand(
            Name,
            "Applies the rules to the lockfile, the settings and your templates; writes nothing.",
            "gitopsgen lint",
            "gitopsgen lint --format json"
        )
        {
            today,
        };
        command.SetAction(parsed => runner.RunOnInputs(Name, parsed, (run, inputs) => Lint(run, inputs, run.Today(parsed.GetValue(today)))));
        return command;
    }

    private static CommandReport Lint(CommandRun run, InputTree inputs, DateOnly today)
    {
        var outcome = Generator.Lint(inputs, run.Settings.Engine, today, run.Cancellation);
        var (errors, warnings, infos) = (Count(Severity.Error), Count(Severity.Warning), Count(Severity.Info));
        return new()
        {
            Command = Name,
            ExitCode = outcome.HasErrors ? ExitCode.Failed : ExitCode.Done,
            Diagnostics = outcome.Diagnostics,
            Summary = $"{Counts.Of(errors, "error")}, {Counts.Of(warnings, "warning")}.",
            Result = json => json.Write(new LintResult(errors, warnings, infos), JsonOutput.Default.LintResult),
        };

        int Count(Severity severity) => outcome.Diagnostics.Where(d => d.Severity == severity).Sum(d => d.Count);
    }
}
