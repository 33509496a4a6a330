using System.Diagnostics;
using System.Globalization;

namespace GitOpsGen.Benchmarks;

/// <summary>One run of a program: how long it took, and the most memory that it held.</summary>
internal readonly record struct Run(TimeSpan Wall, long PeakBytes)
{
    /// <summary>What it printed.</summary>
    public string Output { get; private init; } = "";

    /// <summary>Runs a shell command; a failure ends the benchmark.</summary>
    public static Run Shell(string folder, string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        watch.Stop();
        return process.ExitCode == 0
            ? new(watch.Elapsed, 0) { Output = output }
            : throw new InvalidOperationException($"'{command}' ended with {process.ExitCode}.");
    }

    /// <summary>Runs a program with the kernel counting its memory (Debian's time).</summary>
    public static Run WithPeak(string folder, string command)
    {
        var file = Path.GetTempFileName();
        var run = Shell(folder, $"/usr/bin/time -f %M -o {file} {command}");
        var peak = long.Parse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture) * 1024;
        File.Delete(file);
        return run with { PeakBytes = peak };
    }

    /// <summary>
    /// Runs a shell command with the kernel counting its processor time, in place of <see cref="Wall"/>: for what takes seconds, in
    /// which a machine has time to be slow.
    /// </summary>
    public static Run WithProcessorTime(string folder, string command)
    {
        var file = Path.GetTempFileName();
        Shell(folder, $"/usr/bin/time -f '%U %S' -o {file} /bin/sh -c \"{command}\"");
        var seconds = File.ReadAllText(file).Split(' ').Sum(part => double.Parse(part, CultureInfo.InvariantCulture));
        File.Delete(file);
        return new(TimeSpan.FromSeconds(seconds), 0);
    }

    /// <summary>The fastest of several runs of each command, taken in turns so that a slow moment of the machine hits both.</summary>
    public static (TimeSpan First, TimeSpan Second) Fastest(int rounds, Func<Run> first, Func<Run> second)
    {
        var (a, b) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var i = 0; i < rounds; i++)
        {
            (a, b) = (Min(a, first().Wall), Min(b, second().Wall));
        }

        return (a, b);

        static TimeSpan Min(TimeSpan x, TimeSpan y) => x < y ? x : y;
    }
}
