using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using GitOpsGen.Cli.Commands;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Cli.Running;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Cli;

/// <summary>From the arguments to the exit code.</summary>
internal sealed class CommandLine(StandardStreams streams, CancellationToken cancellation)
{
    private const int MaximumError = 1000;

    // Ours, not the library's: no text is read from @files, and signals and exceptions are handled here.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>How the user calls the program.</summary>
    public CalledAs CalledAs { get; init; } = CalledAs.Directly;

    public int Run(IReadOnlyList<string> arguments)
    {
        var global = new GlobalOptions();
        var parsed = Build(global).Parse(arguments, Parsing);
        string[] unknown = AnswersAnything(parsed) || arguments.Contains("--") ? [] : [.. UnknownOptions(parsed.CommandResult)];
        string[] errors =
            unknown is not [] ? unknown
            : parsed.Errors.Count > 0 ? [.. parsed.Errors.Select(error => error.Message).Distinct()]
            : !AnswersAnything(parsed) && global.FindProblem(parsed) is { } problem ? [problem]
            : [];
        return Written(() => errors.Length > 0 ? Refuse(parsed, errors) : Invoke(parsed));
    }

    // Help is given whatever else is on the line.
    private static bool AnswersAnything(ParseResult parsed) => parsed.Action is SynchronousCommandLineAction { ClearsParseErrors: true };

    // The library takes an option that it does not know for an argument, where the command has any.
    private static IEnumerable<string> UnknownOptions(CommandResult command) =>
        command
            .Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Where(token => token.Value.StartsWith('-'))
            .Select(token => $"Unrecognized option '{token.Value}'.");

    private RootCommand Build(GlobalOptions global)
    {
        var runner = new CommandRunner(global, streams, cancellation) { CalledAs = CalledAs };
        var root = new RootCommand("Turns packages.lock.yaml into everything that Crossplane on a private registry needs in Git.")
        {
            InitCommand.Create(runner),
            RenderCommand.Create(runner),
            CheckCommand.Create(runner),
            DiffCommand.Create(runner),
            LintCommand.Create(runner),
            LockCommand.Create(runner),
            AddCommand.Create(runner),
            RemoveCommand.Create(runner),
            UpdateCommand.Create(runner),
            PromoteCommand.Create(runner),
            OutdatedCommand.Create(runner),
            StatusCommand.Create(runner),
            ValidateCommand.Create(runner),
            MirrorCommand.Create(runner),
            WhyCommand.Create(runner),
            GraphCommand.Create(runner),
            ExplainCommand.Create(runner),
            SchemaCommand.Create(runner),
            TemplateCommand.Create(runner),
        };
        root.Directives.Clear();
        root.Options.Remove(root.Options.OfType<VersionOption>().Single());
        global.AddTo(root);
        root.Options.OfType<HelpOption>().Single().Action = new HelpAndExamples(answersWrongUsage: true);
        root.Action = new HelpAndExamples(answersWrongUsage: false);
        return root;
    }

    private int Invoke(ParseResult parsed) =>
        parsed.Invoke(
            new()
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = streams.Output,
                Error = streams.Error,
            }
        );

    private int Refuse(ParseResult parsed, string[] errors)
    {
        foreach (var error in errors)
        {
            streams.Error.WriteLine($"gitopsgen: {Excerpt.Of(error, MaximumError)}");
        }

        streams.Error.WriteLine($"Run '{Words(parsed.CommandResult)} --help' for how to use it.");
        return ExitCode.Usage;
    }

    private string Words(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Words(parent)} {command.Command.Name}" : CalledAs.Words;

    // Nobody listening any more (gitopsgen check | head) is not an error: the runtime's console streams swallow it.
    private int Written(Func<int> run)
    {
        try
        {
            var exitCode = run();
            streams.Error.Flush();
            streams.Output.Flush();
            return exitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk behind a redirection, or a closed stream: the result is not there, whatever the command found.
            Complain(e.Message);
            return ExitCode.Failed;
        }
    }

    private static void Complain(string reason)
    {
        try
        {
            Console.Error.WriteLine($"gitopsgen: the result cannot be written: {reason}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nobody is left to read this; the exit code says it.
        }
    }
}
