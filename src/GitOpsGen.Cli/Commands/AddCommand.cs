using System.CommandLine.Parsing;
using GitOpsGen.Cli.Locking;
using GitOpsGen.Lockfile;
using GitOpsGen.Packages.Updating;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen add</c>: one more package, with all that it needs.</summary>
internal static class AddCommand
{
    private const string Name = "add";

    public static Command Create(CommandRunner runner)
    {
        var packages = new Argument<PackageRequest[]>("reference")
        {
            Arity = ArgumentArity.OneOrMore,
            Description =
                "The upstream repository, with ':tag' or '@version'; without, the highest release. A version may be a constraint or a range, as for 'update --to'.",
            CustomParser = Parse,
        };
        var pre = CommandOptions.Flag("--pre", "The highest version may be a pre-release.");
        var dryRun = UpdateOptions.DryRun();
        var command = new DocumentedCommand(
            Name,
            "Adds packages and locks them, with the packages that they need. With --env, only there.",
            "gitopsgen add xpkg.upbound.io/upbound/provider-aws-s3",
            "gitopsgen add xpkg.upbound.io/upbound/provider-aws-s3@v2.2.0 --env dev",
            "gitopsgen add 'xpkg.crossplane.io/crossplane-contrib/function-patch-and-transform@~0.9' xpkg.crossplane.io/crossplane-contrib/function-auto-ready"
        )
        {
            packages,
            pre,
            dryRun,
        };
        command.SetAction(parsed =>
            runner.RunOnInputs(
                Name,
                parsed,
                (run, inputs) =>
                    new LockRun(Name, run, inputs) { IsDryRun = parsed.GetValue(dryRun) }.RunAsync(opened =>
                        EditAsync(run, opened, [.. parsed.GetRequiredValue(packages)], parsed.GetValue(pre))
                    )
            )
        );
        return command;
    }

    private static async Task<Result<PackageLock>> EditAsync(
        CommandRun run,
        OpenLock opened,
        ImmutableArray<PackageRequest> requests,
        bool allowsPrereleases
    )
    {
        var use = opened.Use;
        var start = SourceSpan.StartOf(opened.Source.Path);
        ImmutableArray<Diagnostic> impossible = [.. requests.Select(request => LockAddition.Impossible(request, start)).OfType<Diagnostic>()];
        if (impossible.Length > 0)
            return new(null, impossible);

        var asked = requests.Where(request => !new LockAddition(use, request).IsPresent).Select(request => request.Package);
        var (versions, found) = await opened
            .AskVersionsAsync(run, asked.Select(package => new Located<Repository>(package, start)))
            .ConfigureAwait(false);
        if (versions is null)
            return new(null, found);

        var bag = new DiagnosticBag();
        foreach (var request in requests)
        {
            var (next, objections) = new LockAddition(use, request).With(versions.Of(request.Package), allowsPrereleases, start);
            use = next is null ? use : new(next, use.Scope);
            bag.AddRange(objections);
        }

        return new(bag.HasFixedErrors ? null : use.Lockfile, bag.ToImmutable());
    }

    private static PackageRequest[] Parse(ArgumentResult result)
    {
        var requests = new List<PackageRequest>();
        foreach (var token in result.Tokens)
        {
            if (PackageRequest.TryParse(token.Value, out var request, out var problem))
                requests.Add(request);
            else
                result.AddError($"'{token.Value}' names no package: {problem}.");
        }

        return [.. requests];
    }
}
