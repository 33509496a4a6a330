using GitOpsGen.Cli.Reporting;
using GitOpsGen.Diagnostics;
using GitOpsGen.Output;

namespace GitOpsGen.Cli.Running;

/// <summary>What an exception means that nobody has made a finding of.</summary>
internal static class Failure
{
    private const int NoMemory = 12; // errno ENOMEM on Linux and on macOS

    // To say that there is no memory takes some.
    private static byte[]? reserve;

    /// <summary>Ends the program where no command can say how it ended: after an exception on a thread of the runtime, or from before there is a command.</summary>
    public static void EndWhatNobodyCatches()
    {
        reserve = GC.AllocateUninitializedArray<byte>(512 * 1024);
        AppDomain.CurrentDomain.UnhandledException += (_, thrown) => End((Exception)thrown.ExceptionObject);
    }

    /// <summary>What it was before it went from thread to thread. A lack of memory comes before what that has led to.</summary>
    public static Exception CauseOf(Exception exception)
    {
        var all = Chain(exception).ToList();
        return all.Find(IsLimit) ?? all[0];
    }

    /// <summary>The finding.</summary>
    /// <param name="cause">What <see cref="CauseOf"/> has found.</param>
    /// <param name="isVerbose">Whether its stack trace is printed.</param>
    public static Diagnostic ToDiagnostic(Exception cause, bool isVerbose) =>
        IsLimit(cause)
            ? new(
                Rules.TooLittleMemory,
                $"The process may not have the {(cause is InsufficientExecutionStackException ? "stack" : "memory")} that this needs.",
                "Raise the limit ('ulimit -v' and 'ulimit -s', or that of the container), or take fewer '--jobs'.",
                null
            )
        : IoReason.IsIo(cause)
            ? new(
                Rules.OutputFailed,
                $"A file cannot be read or written: {IoReason.Of(cause)}.",
                "Check that it exists, its rights and the free space, then run again.",
                null
            )
        : new(
            Rules.Internal,
            $"GitOpsGen failed for a reason that it did not expect: {cause.GetType().Name}: {cause.Message}",
            isVerbose ? "Report this with the stack trace." : "Run again with --verbose for the stack trace, and report this.",
            null
        );

    private static bool IsLimit(Exception exception) =>
        exception is OutOfMemoryException or InsufficientExecutionStackException or IOException { HResult: NoMemory };

    private static IEnumerable<Exception> Chain(Exception exception) =>
        exception is AggregateException several ? several.InnerExceptions.SelectMany(Chain)
        : exception.InnerException is { } inner ? Chain(inner).Prepend(exception)
        : [exception];

    private static void End(Exception exception)
    {
        reserve = null;
        try
        {
            var isVerbose = Environment.GetCommandLineArgs().Contains("--verbose");
            if (isVerbose)
                Console.Error.WriteLine(exception);
            var found = ToDiagnostic(CauseOf(exception), isVerbose);
            new TextReporter(quiet: false).WriteDiagnostics(CommandReport.Failed("", found), Console.Error, color: false);
        }
        catch (OutOfMemoryException)
        {
            // The exit code has to say it.
        }

        Environment.Exit(ExitCode.Failed);
    }
}
