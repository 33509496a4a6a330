using GitOpsGen.Cli.Json;
using GitOpsGen.Inputs;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen validate</c>: whether an API server would take what is rendered.</summary>
internal static class ValidateCommand
{
    private const string Name = "validate";

    public static Command Create(CommandRunner runner)
    {
        var crds = CommandOptions.Paths(
            "--crds",
            "A file or folder with CustomResourceDefinitions, beside those of the settings and the built-in kinds. Repeatable."
        );
        var strict = CommandOptions.Flag("--strict", "What cannot be checked is an error.");
        var command = new DocumentedCommand(
            Name,
            "Renders in memory and checks every object against the schema of its kind, and against what servers and controllers refuse beyond it.",
            "gitopsgen validate --strict",
            "gitopsgen validate --crds crossplane.yaml --crds flux/ --strict"
        )
        {
            crds,
            strict,
        };
        command.SetAction(parsed =>
            runner.RunOnInputs(
                Name,
                parsed,
                (run, inputs) => Validate(run, inputs, new() { Crds = [.. parsed.GetValue(crds) ?? []], IsStrict = parsed.GetValue(strict) })
            )
        );
        return command;
    }

    private static CommandReport Validate(CommandRun run, InputTree inputs, ValidateOptions how)
    {
        using var status = run.StartStatus();
        var outcome = Generator.Validate(inputs, run.Settings.Engine, how, status, run.Cancellation);
        var counts = outcome.Validation;
        return new()
        {
            Command = Name,
            ExitCode = outcome.HasErrors ? ExitCode.Failed : ExitCode.Done,
            Diagnostics = outcome.Diagnostics,
            Summary = counts is null
                ? null
                : $"{Counts.Of(counts.Total, "object")} of {Counts.Of(outcome.EnvironmentCount, "environment")}: {counts.Valid} valid, {counts.Invalid} invalid, {counts.Unchecked} not checked in full.",
            Result = counts is null
                ? null
                : json =>
                    json.Write(
                        new ValidateResult(outcome.EnvironmentCount, counts.Total, counts.Valid, counts.Invalid, counts.Unchecked),
                        JsonOutput.Default.ValidateResult
                    ),
        };
    }
}
