using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using GitOpsGen.Cli.Commands;
using GitOpsGen.Cli.Completing;
using GitOpsGen.Output;
using GitOpsGen.Publishing;

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
        var root = Build(global);
        if (arguments is [Completion.Question, ..])
            return Written(() => new Completion(root, Parsing, new(global, cancellation)).Answer([.. arguments.Skip(1)], streams.Output));

        var parsed = root.Parse(arguments, Parsing);
        // Help is given whatever else is on the line.
        var answersAnything = parsed.Action is SynchronousCommandLineAction { ClearsParseErrors: true };
        string[] errors =
            answersAnything ? []
            : WrongUsage.Of(parsed, arguments.Contains("--")) is { Length: > 0 } wrong ? wrong
            : global.FindProblem(parsed) is { } problem ? [problem]
            : [];
        return Written(() => errors.Length > 0 ? Refuse(parsed, errors) : Invoke(parsed));
    }

    private RootCommand Build(GlobalOptions global)
    {
        var runner = new CommandRunner(global, streams, cancellation) { CalledAs = CalledAs };
        var root = new RootCommand("Turns packages.lock.yaml into everything that Crossplane on a private registry needs in Git.")
        {
            InitCommand.Create(runner),
            ImportCommand.Create(runner),
            RenderCommand.Create(runner),
            CheckCommand.Create(runner),
            DiffCommand.Create(runner),
            PublishCommand.Create(runner),
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
            CompletionCommand.Create(runner),
            VersionCommand.Create(runner),
        };
        root.Add(HelpCommand.Create(root, Parsing));
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
            // A word that is quoted may be an address with a password.
            streams.Error.WriteLine($"gitopsgen: {Excerpt.Of(RemoteAddress.WithoutUser(error), MaximumError)}");
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
            Complain(IoReason.IsClosed(e) ? "the standard output is closed" : IoReason.Of(e));
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
