using GitOpsGen.Cli.Locking;
using GitOpsGen.Lockfile;
using GitOpsGen.Packages;
using GitOpsGen.Packages.Updating;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen update</c>: packages at higher versions, in all environments or some; <c>promote</c> takes them to the next.</summary>
internal static class UpdateCommand
{
    private const string Name = "update";

    public static Command Create(CommandRunner runner)
    {
        var packages = UpdateOptions.Packages(ArgumentArity.ZeroOrMore);
        var to = UpdateOptions.To();
        var limits = new UpdateOptions();
        var dryRun = UpdateOptions.DryRun();
        var command = new DocumentedCommand(
            Name,
            "Moves packages to the highest compatible versions that all dependents accept, and locks them. With --env, only there.",
            "gitopsgen update",
            "gitopsgen update 'provider-*-aws*' --env dev --dry-run",
            "gitopsgen update function-patch-and-transform --major",
            "gitopsgen update 'provider-*-aws*' --to '[2.1,3.0)' --minor"
        )
        {
            packages,
            to,
        };
        limits.AddTo(command);
        command.Add(dryRun);
        command.Validators.Add(result =>
        {
            if (result.GetResult(to) is not null && result.GetResult(packages)?.Tokens is null or [])
                result.AddError("'--to' needs the packages that it is about.");
        });
        command.SetAction(parsed =>
            runner.RunOnInputs(
                Name,
                parsed,
                (run, inputs) =>
                    new LockRun(Name, run, inputs) { IsDryRun = parsed.GetValue(dryRun) }.RunAsync(opened =>
                        EditAsync(run, opened, [.. parsed.GetValue(packages) ?? []], limits.Read(parsed, parsed.GetValue(to)))
                    )
            )
        );
        return command;
    }

    private static async Task<Result<PackageLock>> EditAsync(CommandRun run, OpenLock opened, ImmutableArray<string> names, UpdateLimits limits)
    {
        var use = opened.Use;
        var (all, unknown) = PackageNaming.Select(use.Lockfile, names);
        if (unknown.Length > 0)
            return new(null, unknown);

        var entries = LockUpdate.Movable(all, names);
        var asked = entries.Where(entry => use.IsSelected(entry) && !LockUpdate.IsKnown(use.Lockfile, entry, limits));
        var (versions, found) = await opened.AskVersionsAsync(run, asked.Select(entry => entry.Package)).ConfigureAwait(false);
        return versions is null ? new(null, found) : LockUpdate.Of(entries, use, limits, versions.With(use.Lockfile));
    }
}
