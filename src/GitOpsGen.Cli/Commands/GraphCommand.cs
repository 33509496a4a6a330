using System.Collections.Immutable;
using System.CommandLine;
using GitOpsGen.Cli.Graphs;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Inputs;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen graph</c>: the picture of what needs what.</summary>
internal static class GraphCommand
{
    private const string Name = "graph";

    public static Command Create(CommandRunner runner)
    {
        var command = new DocumentedCommand(
            Name,
            "Draws which package needs which, for each set of environments with the same packages, by wave. Asks no registry.",
            "gitopsgen graph",
            "gitopsgen graph --env prod-eu --format mermaid",
            "gitopsgen graph --format dot | dot -Tsvg > packages.svg")
        {
            Forms = [ReportForm.Mermaid, ReportForm.Dot],
        };
        command.SetAction(parsed => runner.RunOnInputs(Name, parsed, Draw));
        return command;
    }

    // A lock with errors has a picture too, and is often what one wants to see.
    private static CommandReport Draw(CommandRun run, InputTree inputs)
    {
        var outcome = Generator.Graphs(inputs, run.Settings.Engine, run.Cancellation);
        ImmutableArray<Picture> pictures = [.. outcome.Graphs.Select(Picture.Of)];
        return new()
        {
            Command = Name,
            ExitCode = outcome.HasErrors ? ExitCode.Failed : ExitCode.Done,
            Diagnostics = outcome.Diagnostics,
            Document = TextPicture.Of(pictures),
            Drawings = new Dictionary<ReportForm, Func<string>>
            {
                [ReportForm.Mermaid] = () => MermaidPicture.Of(pictures),
                [ReportForm.Dot] = () => DotPicture.Of(pictures),
            },
            Result = outcome.Graphs.IsEmpty ? null : json => GraphJson.Write(outcome.Graphs, json),
        };
    }
}
