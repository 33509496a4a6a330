using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace GitOpsGen.Cli.Running;

/// <summary>A command whose help ends with examples.</summary>
/// <param name="name">As it is typed.</param>
/// <param name="description">One sentence.</param>
/// <param name="examples">Command lines that work as they are.</param>
internal sealed class DocumentedCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>The forms that this command has besides those of every command.</summary>
    public IReadOnlyList<ReportForm> Forms { get; init; } = [];

    /// <summary>Whether it is always about all environments, so that <c>--env</c> is wrong usage.</summary>
    public bool IsAboutAll { get; set; }

    /// <summary>What <c>--env</c> takes and means, where that is not what it is for other commands.</summary>
    public (string HelpName, string Description)? EnvironmentHelp { get; set; }

    /// <summary>The forms that only its report files have.</summary>
    public IReadOnlyList<ReportForm> ReportForms { get; set; } = [];
}

/// <summary>The library's help, and the command's examples under it.</summary>
/// <param name="answersWrongUsage">Whether help is given even where the rest of the line is wrong: yes for <c>--help</c>, which was asked for.</param>
internal sealed class HelpAndExamples(bool answersWrongUsage) : SynchronousCommandLineAction
{
    private static readonly string[] RootExamples =
    [
        "gitopsgen init",
        "gitopsgen render",
        "gitopsgen check --format github",
        "gitopsgen render --help",
    ];

    private readonly HelpAction help = new();

    public override bool ClearsParseErrors => answersWrongUsage;

    public override int Invoke(ParseResult parseResult)
    {
        if (
            parseResult.CommandResult.Command is DocumentedCommand { EnvironmentHelp: { } own }
            && parseResult.RootCommandResult.Command.Options.FirstOrDefault(option => option.Name == GlobalOptions.EnvironmentOption) is { } shared
        )
        {
            (shared.HelpName, shared.Description) = own;
        }

        var exitCode = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in parseResult.CommandResult.Command is DocumentedCommand command ? command.Examples : RootExamples)
            output.WriteLine($"  {example}");

        return exitCode;
    }
}
