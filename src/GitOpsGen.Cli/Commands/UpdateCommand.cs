using System.Collections.Immutable;
using System.CommandLine;
using GitOpsGen.Cli.Locking;
using GitOpsGen.Cli.Running;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Packages;
using GitOpsGen.Packages.Updating;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen update</c>: packages at higher versions, in all environments or some.</summary>
internal static class UpdateCommand
{
    private const string Name = "update";

    public static Command Create(CommandRunner runner)
    {
        var packages = UpdateOptions.Packages(ArgumentArity.ZeroOrMore);
        var to = UpdateOptions.To();
        var limits = new UpdateOptions();
        var command = new DocumentedCommand(
            Name,
            "Moves packages to the highest versions that all dependents accept, and locks them. With --env, only there: that is how a promotion goes.",
            "gitopsgen update",
            "gitopsgen update provider-aws-s3 provider-family-aws --env dev",
            "gitopsgen update provider-aws-s3 --env prod --to v2.3.0",
            "gitopsgen update 'provider-*-aws*' --to '[2.1,3.0)' --minor"
        )
        {
            packages,
            to,
        };
        limits.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(to) is not null && result.GetResult(packages)?.Tokens is null or [])
            {
                result.AddError("'--to' needs the packages that it is about.");
            }
        });
        command.SetAction(parsed =>
            runner.RunOnInputs(
                Name,
                parsed,
                (run, inputs) =>
                    new LockRun(Name, run, inputs).RunAsync(opened =>
                        EditAsync(run, opened, [.. parsed.GetValue(packages) ?? []], limits.Read(parsed, parsed.GetValue(to)))
                    )
            )
        );
        return command;
    }

    private static async Task<Result<PackageLock>> EditAsync(CommandRun run, OpenLock opened, ImmutableArray<string> names, UpdateLimits limits)
    {
        var (lockfile, scope) = opened.Draft;
        var (entries, unknown) = PackageNaming.Select(lockfile, names);
        if (unknown.Length > 0)
        {
            return new(null, unknown);
        }

        var use = new LockUse(lockfile, scope);
        var (versions, found) = await opened
            .AskVersionsAsync(run, entries.Where(use.IsSelected).Select(entry => entry.Package))
            .ConfigureAwait(false);
        return versions is null ? new(null, found) : LockUpdate.Of(lockfile, entries, use, limits, versions);
    }
}
