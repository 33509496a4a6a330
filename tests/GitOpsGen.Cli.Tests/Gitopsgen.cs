using System.Diagnostics;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary>
/// The built program, as a process: the executable that <c>GITOPSGEN_AOT</c> names (<c>dotnet publish src/GitOpsGen.Cli -r linux-x64 -o
/// FOLDER</c>), else the portable one that the project reference builds. CI runs all tests on both: the native one where all tools are,
/// the portable one on the fresh machine.
/// </summary>
internal sealed class Gitopsgen
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string program;
    private readonly string[] before;

    private Gitopsgen(string program, params string[] before)
    {
        this.program = program;
        this.before = before;
    }

    /// <summary>Whether the program under test is the native one, which starts in a twentieth of the time.</summary>
    public static bool IsNative { get; } = Environment.GetEnvironmentVariable("GITOPSGEN_AOT") is { Length: > 0 };

    /// <summary>The program under test.</summary>
    public static Gitopsgen Built { get; } =
        IsNative
            ? new(Environment.GetEnvironmentVariable("GITOPSGEN_AOT")!)
            : new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Path.Combine(AppContext.BaseDirectory, "gitopsgen.dll"));

    /// <summary>What comes before the words of a command that permissions shall bind: root may do everything, and becomes somebody who may not.</summary>
    public static string WithoutRights { get; } = Environment.IsPrivilegedProcess ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "";

    /// <summary>Runs to the end. Nothing is a terminal, and NO_COLOR is not set.</summary>
    public Finished Run(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        return Finish(process);
    }

    /// <summary>
    /// Runs on a root to the end, for a test of what the program says and writes: the native one as a process, the portable one inside of
    /// this process, because each start of it takes longer than most commands.
    /// </summary>
    public Finished On(string root, params string[] arguments) => IsNative ? Run(root, arguments) : InProcess.Run(root, arguments);

    public Process Start(string folder, params string[] arguments) => Start(program, folder, [.. before, .. arguments]);

    /// <summary>
    /// The same, with SIGINT as a terminal would send it: a shell without job control starts its background jobs with SIGINT ignored,
    /// every process below inherits that, and a CI job may be such a one.
    /// </summary>
    public Process StartInterruptible(string folder, params string[] arguments) =>
        OperatingSystem.IsLinux()
            ? Start("/usr/bin/env", folder, ["--default-signal=INT", program, .. before, .. arguments])
            : Start(folder, arguments);

    /// <summary>The command line for a shell, with every word quoted.</summary>
    public string ShellWords(params string[] arguments) => string.Join(' ', ((string[])[program, .. before, .. arguments]).Select(a => $"'{a}'"));

    public static Finished Shell(string folder, string script)
    {
        using var process = StartShell(folder, script);
        return Finish(process);
    }

    public static Process StartShell(string folder, string script) => Start("/bin/bash", folder, ["-c", script]);

    public static Finished Finish(Process process)
    {
        var output = process.StandardOutput.ReadToEndAside();
        var error = process.StandardError.ReadToEndAside();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("gitopsgen did not end");
        }

        return new(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    private static Process Start(string program, string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("NO_COLOR");
        return Process.Start(start)!;
    }
}
