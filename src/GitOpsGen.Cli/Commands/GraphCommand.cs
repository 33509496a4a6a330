using GitOpsGen.Cli.Graphs;
using GitOpsGen.Cli.Json;
using GitOpsGen.Inputs;
using GitOpsGen.Packages.Graphs;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen graph</c>: the picture of what depends on what.</summary>
internal static class GraphCommand
{
    private const string Name = "graph";

    public static Command Create(CommandRunner runner)
    {
        var command = new DocumentedCommand(
            Name,
            "Draws which package needs which, by wave, for each set of environments with the same packages. --format also takes mermaid and dot.",
            "gitopsgen graph",
            "gitopsgen graph --env prod-eu --format mermaid",
            "gitopsgen graph --format dot | dot -Tsvg > packages.svg",
            "gitopsgen graph --report mermaid=packages.mmd"
        )
        {
            Forms = [ReportForm.Mermaid, ReportForm.Dot],
        };
        command.SetAction(parsed => runner.RunOnInputs(Name, parsed, Graph));
        return command;
    }

    private static CommandReport Graph(CommandRun run, InputTree inputs)
    {
        var (lockfile, graphs, found) = PackageSurvey.Of(inputs, run.Settings.Engine.Environments, run.Cancellation);
        return lockfile is null
            ? CommandReport.Failed(Name, found)
            : new()
            {
                Command = Name,
                ExitCode = found.IsEmpty ? ExitCode.Done : ExitCode.Failed,
                Diagnostics = found,
                Document = GraphText.Of(graphs),
                Drawings = new Dictionary<ReportForm, Func<string>>
                {
                    [ReportForm.Mermaid] = () => MermaidText.Of(GraphPicture.Of(graphs)),
                    [ReportForm.Dot] = () => DotText.Of(GraphPicture.Of(graphs)),
                },
                Result = json => json.Write(GraphResult.Of(graphs), JsonOutput.Default.GraphResult),
            };
    }
}
