using System.CommandLine;
using System.CommandLine.Parsing;
using GitOpsGen.Cli.Locking;
using GitOpsGen.Cli.Running;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Packages.Updating;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen add</c>: one more package, with all that it needs.</summary>
internal static class AddCommand
{
    private const string Name = "add";

    public static Command Create(CommandRunner runner)
    {
        var package = new Argument<PackageRequest>("reference")
        {
            Description =
                "The upstream repository, with ':tag' or '@version'; without, the highest release. A version may be a constraint or a range, as for 'update --to'.",
            CustomParser = Parse,
        };
        var pre = CommandOptions.Flag("--pre", "The highest version may be a pre-release.");
        var command = new DocumentedCommand(
            Name,
            "Adds a package and locks it, with the packages that it needs. With --env, only there.",
            "gitopsgen add xpkg.upbound.io/upbound/provider-aws-s3",
            "gitopsgen add xpkg.upbound.io/upbound/provider-aws-s3@v2.2.0 --env dev",
            "gitopsgen add 'xpkg.crossplane.io/crossplane-contrib/function-patch-and-transform@~0.9'"
        )
        {
            package,
            pre,
        };
        command.SetAction(parsed =>
            runner.RunOnInputs(
                Name,
                parsed,
                (run, inputs) =>
                    new LockRun(Name, run, inputs).RunAsync(opened => EditAsync(run, opened, parsed.GetRequiredValue(package), parsed.GetValue(pre)))
            )
        );
        return command;
    }

    private static async Task<Result<PackageLock>> EditAsync(CommandRun run, OpenLock opened, PackageRequest request, bool allowsPrereleases)
    {
        var (lockfile, scope) = opened.Draft;
        var start = SourceSpan.StartOf(opened.Source.Path);
        if (LockAddition.Impossible(request, start) is { } impossible)
        {
            return new(null, [impossible]);
        }

        var (versions, found) = await opened.AskVersionsAsync(run, [new(request.Package, start)]).ConfigureAwait(false);
        return versions is null
            ? new(null, found)
            : new LockAddition(lockfile, new(lockfile, scope), request).With(versions[request.Package], allowsPrereleases, start);
    }

    private static PackageRequest? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!PackageRequest.TryParse(text, out var request, out var problem))
        {
            result.AddError($"'{text}' names no package: {problem}.");
        }

        return request;
    }
}
