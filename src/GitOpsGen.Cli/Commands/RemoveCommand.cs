using GitOpsGen.Cli.Locking;
using GitOpsGen.Packages;
using GitOpsGen.Packages.Updating;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen remove</c>: packages that are no longer wanted for their own sake.</summary>
internal static class RemoveCommand
{
    private const string Name = "remove";

    public static Command Create(CommandRunner runner)
    {
        var packages = UpdateOptions.Packages(ArgumentArity.OneOrMore);
        var dryRun = UpdateOptions.DryRun();
        var command = new DocumentedCommand(
            Name,
            "Removes packages, and those that only they needed. What others still need stays, as indirect. With --env, only there.",
            "gitopsgen remove provider-aws-s3",
            "gitopsgen remove 'function-*' --env dev --dry-run"
        )
        {
            packages,
            dryRun,
        };
        command.SetAction(parsed =>
            runner.RunOnInputs(
                Name,
                parsed,
                (run, inputs) =>
                    new LockRun(Name, run, inputs) { IsDryRun = parsed.GetValue(dryRun) }.RunAsync(opened =>
                    {
                        var (entries, unknown) = PackageNaming.Select(opened.Use.Lockfile, [.. parsed.GetRequiredValue(packages)]);
                        return Task.FromResult(unknown.Length > 0 ? new(null, unknown) : LockRemoval.Of(entries, opened.Use));
                    })
            )
        );
        return command;
    }
}
