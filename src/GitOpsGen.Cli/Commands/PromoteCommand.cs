using System.CommandLine.Parsing;
using GitOpsGen.Cli.Locking;
using GitOpsGen.Lockfile;
using GitOpsGen.Packages.Updating;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen promote</c>: an environment gets what another one has.</summary>
internal static class PromoteCommand
{
    private const string Name = "promote";

    public static Command Create(CommandRunner runner)
    {
        var from = new Argument<string>("from") { Description = "The environment to follow, by name." };
        var to = new Argument<string>("to") { Description = "The environments that follow it, by name or glob." };
        var packages = UpdateOptions.Packages(ArgumentArity.ZeroOrMore);
        var dryRun = UpdateOptions.DryRun();
        var command = new DocumentedCommand(
            Name,
            "Gives environments what another one has: versions, digests, dependencies and the core with its chart. Asks no registry.",
            "gitopsgen promote dev staging",
            "gitopsgen promote staging 'prod-*' --dry-run",
            "gitopsgen promote dev prod provider-aws-s3"
        )
        {
            from,
            to,
            packages,
            dryRun,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult("--env") is OptionResult { Implicit: false })
                result.AddError("'promote' takes its environments without '--env': the one to follow, then those that follow it.");
        });
        command.SetAction(parsed =>
            runner.RunOnInputs(
                Name,
                parsed,
                (run, inputs) =>
                {
                    var (source, target) = (parsed.GetRequiredValue(from), new NamePattern(parsed.GetRequiredValue(to)));
                    return new LockRun(Name, run, inputs)
                    {
                        IsDryRun = parsed.GetValue(dryRun),
                        IsOffline = true,
                        Narrow = scope => EnvironmentName.TryParse(source, out var name) ? LockPromotion.Scope(scope, name, target) : scope,
                    }.RunAsync(opened => Task.FromResult(Edit(opened, source, target, [.. parsed.GetValue(packages) ?? []])));
                }
            )
        );
        return command;
    }

    private static Result<PackageLock> Edit(OpenLock opened, string from, NamePattern to, ImmutableArray<string> packages)
    {
        var scope = opened.Use.Scope;
        return !EnvironmentName.TryParse(from, out var source) || !scope.Environments.Contains(source)
                ? new(null, [NoSuch(opened, $"'{Excerpt.Of(from)}' is not an environment.")])
            : !scope.Environments.Any(scope.IsSelected)
                ? new(null, [NoSuch(opened, $"'{Excerpt.Of(to.Value)}' matches no environment but {source}.")])
            : LockPromotion.Of(opened.Use, source, packages);
    }

    private static Diagnostic NoSuch(OpenLock opened, string message) =>
        new(Rules.NoSuchEnvironment, message, EnvironmentName.KnownNames(opened.Environments), null);
}
