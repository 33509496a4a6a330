using GitOpsGen.Cli.Graphs;
using GitOpsGen.Cli.Json;
using GitOpsGen.Inputs;
using GitOpsGen.Packages;
using GitOpsGen.Packages.Graphs;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen why PACKAGE</c>: who needs it.</summary>
internal static class WhyCommand
{
    private const string Name = "why";
    private const int PathsShown = 20;
    private const int MostPathsShown = 1_000;

    public static Command Create(CommandRunner runner)
    {
        var package = new Argument<string>("package")
        {
            Description = "A package: its repository, the end of its path, its object's name, or a glob that one alone matches.",
        };
        var limit = CommandOptions.Count("--limit", $"How many ways are shown for each answer. Default: {PathsShown}.", MostPathsShown);
        var command = new DocumentedCommand(
            Name,
            "Shows which declared packages need a package, by which ways and at which versions; for Crossplane itself, who asks for which version. Asks no registry.",
            "gitopsgen why provider-family-aws",
            "gitopsgen why upbound/provider-aws-s3 --env prod-eu",
            "gitopsgen why crossplane --format json"
        )
        {
            package,
            limit,
        };
        command.SetAction(parsed =>
            runner.RunOnInputs(
                Name,
                parsed,
                (run, inputs) => Why(run, inputs, parsed.GetRequiredValue(package), parsed.GetValue(limit) ?? PathsShown)
            )
        );
        return command;
    }

    private static CommandReport Why(CommandRun run, InputTree inputs, string name, int limit)
    {
        var (lockfile, graphs, found) = PackageSurvey.Of(inputs, run.Settings.Engine.Environments, run.Cancellation);
        if (lockfile is null)
            return CommandReport.Failed(Name, found);

        var (package, problem) = PackageNaming.One(lockfile, name);
        if (package is null)
            return CommandReport.Failed(Name, [.. found, problem!]);

        var answers = PackageReasons.Of(package, graphs, limit);
        return new()
        {
            Command = Name,
            ExitCode = found.IsEmpty ? ExitCode.Done : ExitCode.Failed,
            Diagnostics = found,
            Document = WhyText.Of(package, answers),
            Result = json => json.Write(WhyResult.Of(package, answers), JsonOutput.Default.WhyResult),
        };
    }
}
