using System.CommandLine;
using System.Text.Json;
using GitOpsGen.Cli.Explaining;
using GitOpsGen.Cli.Json;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Cli.Running;
using GitOpsGen.Inputs;
using GitOpsGen.Rendering.Tracing;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen explain PATH[:LINE]</c>: which template line, entry and setting made a line.</summary>
internal static class ExplainCommand
{
    private const string Name = "explain";

    public static Command Create(CommandRunner runner)
    {
        var target = new Argument<string>("path[:line]")
        {
            Description = "A rendered file, relative to this folder, the root or the output folder; with a line, as grep and editors print it.",
        };
        target.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
            {
                result.AddError("The path is empty.");
            }
        });
        var command = new DocumentedCommand(
            Name,
            "Shows which template line wrote a rendered line, which values of the lockfile and the settings are on it, and what it is there for.",
            "gitopsgen explain manifests/overlays/dev/packages/wave-0/upbound-provider-family-aws.yaml",
            "gitopsgen explain overlays/dev/crossplane/values.yaml:3 --format json"
        )
        {
            target,
        };
        command.SetAction(parsed =>
            runner.RunOnInputs(Name, parsed, (run, inputs) => Explain(run, inputs, ExplainTarget.Parse(parsed.GetRequiredValue(target))))
        );
        return command;
    }

    private static CommandReport Explain(CommandRun run, InputTree inputs, ExplainTarget target)
    {
        var outcome = Generator.Explain(inputs, run.Settings.Engine, target, run.Cancellation);
        return new()
        {
            Command = Name,
            ExitCode = outcome.HasErrors ? ExitCode.Failed : ExitCode.Done,
            Diagnostics = outcome.Diagnostics,
            Document = outcome.Explanation is { } explanation ? ExplanationText.Of(explanation, outcome.Output!) : "",
            Result = outcome.Explanation is { } explained
                ? json => JsonSerializer.Serialize(json, ExplainResult.Of(explained, outcome.Output!), JsonOutput.Default.ExplainResult)
                : null,
        };
    }
}
