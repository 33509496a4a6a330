using GitOpsGen.Cli.Json;
using GitOpsGen.Cli.Mirrors;
using GitOpsGen.Inputs;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen mirror plan</c>: the commands that copy what is locked into the private registries.</summary>
internal static class MirrorPlanCommand
{
    private const string Name = "plan";

    public static Command Create(CommandRunner runner)
    {
        var flags = new Option<string[]>("--skopeo-flag")
        {
            Description = "A further flag of each 'skopeo copy', behind an equals sign: --skopeo-flag=--retry-times=3. Repeatable.",
            HelpName = "flag",
        };
        flags.Validators.Add(result =>
        {
            foreach (var word in result.Tokens.Where(token => !token.Value.StartsWith('-')))
                result.AddError($"'{word.Value}' after '--skopeo-flag' is not a flag such as --retry-times=3.");
        });
        var from = new Option<string>("--from")
        {
            Description = "Copy from the registry of this environment, for versions that are gone where they were published.",
            HelpName = "environment",
        };
        var command = new DocumentedCommand(
            Name,
            "Prints a script that copies every locked image, and the chart, into the registries of the environments. Asks no registry.",
            "gitopsgen mirror plan > mirror.sh && sh mirror.sh",
            "gitopsgen mirror plan --env prod-eu --skopeo-flag=--retry-times=3",
            "gitopsgen mirror plan --env prod-us --from prod-eu",
            "gitopsgen mirror plan --format json"
        )
        {
            flags,
            from,
        };
        command.SetAction(parsed =>
            runner.RunOnInputs($"mirror {Name}", parsed, (run, inputs) => Plan(run, inputs, [.. parsed.GetValue(flags) ?? []], parsed.GetValue(from)))
        );
        return command;
    }

    private static CommandReport Plan(CommandRun run, InputTree inputs, ImmutableArray<string> flags, string? from)
    {
        var (settings, plan, found) = Generator.Mirror(inputs, run.Settings.Engine, from, run.Cancellation);
        return plan is null
            ? CommandReport.Failed($"mirror {Name}", found)
            : new()
            {
                Command = $"mirror {Name}",
                ExitCode = ExitCode.Done,
                Diagnostics = found,
                Document = new MirrorScript(settings!.Output, flags).Of(plan),
                Result = json => json.Write(MirrorPlanResult.Of(plan), JsonOutput.Default.MirrorPlanResult),
            };
    }
}
