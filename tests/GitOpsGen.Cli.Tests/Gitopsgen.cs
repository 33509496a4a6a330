using System.Diagnostics;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests;

/// <summary>
/// The built program, as a process: the portable one that the project reference builds, and, where <c>GITOPSGEN_AOT</c> names an
/// executable (<c>dotnet publish src/GitOpsGen.Cli -r linux-x64 -o FOLDER</c>), that one.
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

    /// <summary>For <c>MemberData</c>: every test of the process runs on each.</summary>
    public static TheoryData<string> Variants => ["portable", "aot"];

    /// <summary>The program, or a skipped test where it was not built.</summary>
    public static Gitopsgen Of(string variant)
    {
        if (variant == "portable")
        {
            return new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Path.Combine(AppContext.BaseDirectory, "gitopsgen.dll"));
        }

        var aot = Environment.GetEnvironmentVariable("GITOPSGEN_AOT");
        Assert.SkipUnless(!string.IsNullOrEmpty(aot), "GITOPSGEN_AOT names no executable");
        return new(aot!);
    }

    /// <summary>The native program where it was built, for tests that start it often.</summary>
    public static Gitopsgen Fastest => Of(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("GITOPSGEN_AOT")) ? "portable" : "aot");

    /// <summary>Runs to the end. Nothing is a terminal, and NO_COLOR is not set.</summary>
    public Finished Run(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        return Finish(process);
    }

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
        using var process = Start("/bin/bash", folder, ["-c", script]);
        return Finish(process);
    }

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
