using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GitOpsGen.Cli.Json;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen version</c>: which gitopsgen this is.</summary>
internal static class VersionCommand
{
    private const string Name = "version";

    public static Command Create(CommandRunner runner)
    {
        var command = new DocumentedCommand(
            Name,
            "Prints the version, as '--version' does; with --format json also the platform, and whether this is the native executable.",
            "gitopsgen version",
            "gitopsgen version --format json"
        );
        command.SetAction(parsed => runner.Run(Name, parsed, _ => Version()));
        return command;
    }

    private static CommandReport Version() =>
        new()
        {
            Command = Name,
            ExitCode = ExitCode.Done,
            Document = $"{ToolVersion.Text}\n",
            Result = json =>
                json.Write(
                    new VersionResult(ToolVersion.Text, RuntimeInformation.RuntimeIdentifier, !RuntimeFeature.IsDynamicCodeSupported),
                    JsonOutput.Default.VersionResult
                ),
        };
}
