using System.ComponentModel;
using System.Runtime.InteropServices;
using GitOpsGen.Output;

namespace GitOpsGen.Cli.Running;

/// <summary>What an exception means that nobody has made a finding of.</summary>
internal static class Failure
{
    private const int NoMemory = 12; // errno ENOMEM on Linux and on macOS

    /// <summary>Where no command can say how it ended: on a thread of the runtime.</summary>
    public static void EndWhatNobodyCatches() => AppDomain.CurrentDomain.UnhandledException += (_, thrown) => End((Exception)thrown.ExceptionObject);

    /// <summary>Ends the program, if need be without a byte more of memory.</summary>
    public static void End(Exception exception)
    {
        try
        {
            var isVerbose = Environment.GetCommandLineArgs().Contains("--verbose");
            if (isVerbose)
                Console.Error.WriteLine(exception);
            var found = ToDiagnostic(CauseOf(exception), isVerbose);
            new TextReporter(quiet: false).WriteDiagnostics(CommandReport.Failed("", found), Console.Error, color: false);
            Environment.Exit(ExitCode.Failed);
        }
        catch (Exception) when (!OperatingSystem.IsWindows())
        {
            _ = write(2, ref MemoryMarshal.GetReference(NothingLeft), NothingLeft.Length);
            _exit(ExitCode.Failed);
        }
    }

    private static ReadOnlySpan<byte> NothingLeft => "gitopsgen: error GOG9002: The process may not have the memory that this needs.\n"u8;

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
        exception
            is OutOfMemoryException
                or InsufficientExecutionStackException
                or IOException { HResult: NoMemory }
                or Win32Exception { NativeErrorCode: NoMemory };

    private static IEnumerable<Exception> Chain(Exception exception) =>
        exception is AggregateException several ? several.InnerExceptions.SelectMany(Chain)
        : exception.InnerException is { } inner ? Chain(inner).Prepend(exception)
        : [exception];

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint write(int file, ref byte text, nint length);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void _exit(int code);
}
