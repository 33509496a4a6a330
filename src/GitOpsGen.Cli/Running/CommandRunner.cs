using GitOpsGen.Inputs;
using GitOpsGen.Inputs.Git;
using GitOpsGen.Registry.Http;

namespace GitOpsGen.Cli.Running;

/// <summary>Runs one command: options read, root found, whatever it throws turned into a report, the report written.</summary>
internal sealed class CommandRunner(GlobalOptions global, StandardStreams streams, CancellationToken cancellation)
{
    /// <summary>How the user calls the program.</summary>
    public CalledAs CalledAs { get; init; } = CalledAs.Directly;

    /// <summary>Runs a command that needs a root with settings.</summary>
    /// <param name="command">Its name.</param>
    /// <param name="parsed">What was asked for.</param>
    /// <param name="body">What it does.</param>
    /// <param name="complete">What is added to any report, also to that of a run that was cancelled or that failed.</param>
    public int RunOnInputs(
        string command,
        ParseResult parsed,
        Func<CommandRun, InputTree, CommandReport> body,
        Func<CommandReport, CommandReport>? complete = null
    ) =>
        Run(
            command,
            parsed,
            run =>
            {
                var root = WorkTree.Find(run.Settings);
                if (root.Value is not { } inputs)
                    return CommandReport.Failed(command, root.Diagnostics);

                run.Inputs = inputs;
                run.HasRead = inputs.HasRead;
                run.Say($"root {inputs.Root}, {run.Settings.Engine.Jobs} jobs");
                return body(run, inputs);
            },
            complete
        );

    /// <summary>Runs a command that needs a root with settings, and waits for registries.</summary>
    public int RunOnInputs(string command, ParseResult parsed, Func<CommandRun, InputTree, Task<CommandReport>> body) =>
        RunOnInputs(command, parsed, (run, inputs) => body(run, inputs).GetAwaiter().GetResult());

    /// <summary>Runs a command that needs none.</summary>
    public int Run(string command, ParseResult parsed, Func<CommandRun, CommandReport> body, Func<CommandReport, CommandReport>? complete = null)
    {
        var run = new CommandRun(global.Read(parsed), streams, cancellation);
        var guard = new ReportGuard(run);
        // Much of a report is made only when it becomes text, and that can fail as the command can.
        var result = Guarded(
            () =>
            {
                var report = Guarded(
                    () => guard.Refused() is { IsEmpty: false } refused ? CommandReport.Failed(command, refused) : body(run),
                    failed => failed
                );
                var inRepository = RepositoryPaths.Under(run.Inputs?.Root ?? run.Settings.Root ?? Directory.GetCurrentDirectory());
                report = report with { InRepository = inRepository };
                return Prepare(run.Inputs is { } inputs ? report with { KeyAt = new InputKeys(inputs).At, Inputs = inputs.Paths } : report);
            },
            Prepare
        );
        return result.WriteTo(streams);

        ConsoleResult Prepare(CommandReport report) =>
            new ResultWriter(run.Settings, streams, guard).Prepare(CalledAs.In(complete?.Invoke(report) ?? report));

        // The one boundary where exceptions end. What people can repair reached us as diagnostics, or is I/O.
        T Guarded<T>(Func<T> action, Func<CommandReport, T> otherwise)
        {
            try
            {
                return action();
            }
            catch (Exception e)
            {
                return otherwise(Ended(command, run, Failure.CauseOf(e)));
            }
        }
    }

    private CommandReport Ended(string command, CommandRun run, Exception exception)
    {
        if (exception is OperationCanceledException && cancellation.IsCancellationRequested)
        {
            streams.Error.WriteLine("gitopsgen: cancelled.");
            return new() { Command = command, ExitCode = ExitCode.Cancelled };
        }

        if (((exception as GitException)?.Finding ?? (exception as HostNotListedException)?.Finding) is { } finding)
            return CommandReport.Failed(command, finding) with { ExitCode = ExitCode.Of([finding]) };

        run.Trace(exception);
        return CommandReport.Failed(command, Failure.ToDiagnostic(exception, run.Settings.Verbose));
    }
}
