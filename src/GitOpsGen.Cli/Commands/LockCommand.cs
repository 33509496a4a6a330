using System.CommandLine;
using GitOpsGen.Cli.Locking;
using GitOpsGen.Cli.Running;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen lock</c>: the lockfile completed from the registries.</summary>
internal static class LockCommand
{
    private const string Name = "lock";

    public static Command Create(CommandRunner runner)
    {
        var check = CommandOptions.Flag("--check", "Write nothing; exit code 2 where the lockfile would change.");
        var accept = CommandOptions.Flag("--accept-moved-tags", "Lock a tag anew that stands for another digest than the locked one.");
        var command = new DocumentedCommand(
            Name,
            "Reads the registries and completes the lockfile in place: digests, dependencies, and the packages that others need.",
            "gitopsgen lock",
            "gitopsgen lock --check --format github",
            "gitopsgen lock --env dev"
        )
        {
            check,
            accept,
        };
        command.SetAction(parsed =>
            runner.RunOnInputs(
                Name,
                parsed,
                (run, inputs) =>
                    new LockRun(Name, run, inputs) { IsCheck = parsed.GetValue(check), AcceptsMovedTags = parsed.GetValue(accept) }.RunAsync()
            )
        );
        return command;
    }
}
