using System.Collections.Immutable;
using System.CommandLine;
using GitOpsGen.Cli.Graphs;
using GitOpsGen.Inputs;

namespace GitOpsGen.Cli.Commands;

/// <summary><c>gitopsgen why PACKAGE</c>: who needs it.</summary>
internal static class WhyCommand
{
    private const string Name = "why";

    public static Command Create(CommandRunner runner)
    {
        var package = new Argument<string>("package")
        {
            Description = "Its repository, its object's name, or the last segment of its repository where only one package has it.",
        };
        var command = new DocumentedCommand(
            Name,
            "Says why a package is locked: every path to it from packages that are declared, with versions and constraints. Asks no registry.",
            "gitopsgen why provider-family-aws",
            "gitopsgen why xpkg.upbound.io/upbound/provider-family-aws --env prod-eu --format json")
        {
            package,
        };
        command.SetAction(parsed => runner.RunOnInputs(Name, parsed, (run, inputs) => Explain(run, inputs, parsed.GetRequiredValue(package))));
        return command;
    }

    private static CommandReport Explain(CommandRun run, InputTree inputs, string asked)
    {
        var outcome = Generator.Graphs(inputs, run.Settings.Engine, run.Cancellation);
        if (outcome.HasErrors)
        {
            return CommandReport.Failed(Name, outcome.Diagnostics);
        }

        var (package, found) = PackageQuestion.Find(asked, outcome.Graphs);
        if (package is null)
        {
            return CommandReport.Failed(Name, outcome.Diagnostics.AddRange(found));
        }

        ImmutableArray<Reason> reasons = Reason.Of(package, outcome.Graphs);
        return new()
        {
            Command = Name,
            ExitCode = ExitCode.Done,
            Document = ReasonText.Of(reasons),
            Result = json => ReasonJson.Write(package, reasons, json),
        };
    }
}
