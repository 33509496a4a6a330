using System.CommandLine.Parsing;
using GitOpsGen.Packages.Updating;

namespace GitOpsGen.Cli.Locking;

/// <summary>The options of <c>update</c> and <c>outdated</c> that say how far a package may move.</summary>
internal sealed class UpdateOptions
{
    private readonly Option<bool> major = CommandOptions.Flag("--major", "A version of another major version may be taken too.");
    private readonly Option<bool> minor = CommandOptions.Flag("--minor", "The first number of a version stays.");
    private readonly Option<bool> patch = CommandOptions.Flag("--patch", "The first two numbers of a version stay.");
    private readonly Option<bool> pre = CommandOptions.Flag("--pre", "Pre-releases count too.");

    public void AddTo(Command command)
    {
        command.Add(major);
        command.Add(minor);
        command.Add(patch);
        command.Add(pre);
        command.Validators.Add(result =>
        {
            if (new[] { major, minor, patch }.Count(result.GetValue) > 1)
                result.AddError("'--major', '--minor' and '--patch' exclude each other.");
        });
    }

    public UpdateLimits Read(ParseResult parsed, VersionSelection? to = null) =>
        new()
        {
            To = to,
            Step =
                parsed.GetValue(patch) ? UpdateStep.Patch
                : parsed.GetValue(minor) ? UpdateStep.Minor
                : parsed.GetValue(major) || to is not null ? UpdateStep.Any
                : UpdateStep.Compatible,
            AllowsPrereleases = parsed.GetValue(pre),
        };

    /// <summary><c>--dry-run</c>.</summary>
    public static Option<bool> DryRun() => CommandOptions.Flag("--dry-run", "Say what would happen, and write nothing.");

    /// <summary><c>--to</c>.</summary>
    public static Option<VersionSelection?> To() =>
        new("--to")
        {
            Description =
                "A version, a constraint ('^2.1'), or a range or floating version of NuGet ('[2.1,3.0)', '2.*'). Only an exact version goes back.",
            HelpName = "version",
            CustomParser = ParseTo,
        };

    /// <summary>The packages that a command is about.</summary>
    public static Argument<string[]> Packages(ArgumentArity arity) =>
        new("package")
        {
            Description = "A locked package: its repository, the end of its path, its object's name, or a glob over these.",
            Arity = arity,
        };

    private static VersionSelection? ParseTo(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!VersionSelection.TryParse(text, out var selection, out var problem))
            result.AddError($"'{text}' after '--to' names no versions: {problem}.");

        return selection;
    }
}
