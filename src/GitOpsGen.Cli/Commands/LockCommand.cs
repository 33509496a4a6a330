using GitOpsGen.Cli.Locking;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen lock</c>: the lockfile completed from the registries.</summary>
internal static class LockCommand
{
    private const string Name = "lock";

    public static Command Create(CommandRunner runner)
    {
        var check = CommandOptions.Flag("--check", "Write nothing; exit code 2 if the lockfile would change.");
        var verify = CommandOptions.Flag(
            "--verify",
            "Read every package again, compare all that is locked, and write nothing; exit code 2 if something differs."
        );
        var all = CommandOptions.Flag("--all", "Read every package again, and write what the registries say, moved tags included.");
        var accept = CommandOptions.Flag("--accept-moved-tags", "Lock the new digest of a tag that has moved since it was locked.");
        var command = new DocumentedCommand(
            Name,
            "Reads the registries and completes the lockfile in place: digests, dependencies, and the packages that others need.",
            "gitopsgen lock",
            "gitopsgen lock --check --format github",
            "gitopsgen lock --verify",
            "gitopsgen lock --env dev"
        )
        {
            check,
            verify,
            all,
            accept,
        };
        command.Validators.Add(result =>
        {
            if (new[] { check, verify, all }.Count(result.GetValue) > 1)
                result.AddError("'--check', '--verify' and '--all' exclude each other.");
        });
        command.SetAction(parsed =>
            runner.RunOnInputs(
                Name,
                parsed,
                (run, inputs) =>
                    new LockRun(Name, run, inputs)
                    {
                        IsCheck = parsed.GetValue(check) || parsed.GetValue(verify),
                        Narrow = scope =>
                            scope with
                            {
                                ChecksTags = true,
                                ReadsAll = parsed.GetValue(verify) || parsed.GetValue(all),
                                AcceptsMovedTags = parsed.GetValue(accept),
                            },
                    }.RunAsync()
            )
        );
        return command;
    }
}
