using System.Runtime.InteropServices;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Faults;

/// <summary>
/// Every command that writes to the work tree, ended at any instant: half of the time at a random one, half of the time when its first
/// write is seen. <see cref="PublishFaultTests"/> does the same to <c>publish</c>.
/// </summary>
public sealed class InterruptedTests
{
    public static TheoryData<string> Commands => WritingCommand.Names;

    [Theory]
    [MemberData(nameof(Commands))]
    public void Killed_nothing_is_lost_and_the_next_run_is_right(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGKILL");
        using var command = new WritingCommand(name).Rehearsed();
        var random = Instants.Random();
        for (var i = 0; i < Count(30, 8); i++)
        {
            command.Reset();
            using (var process = command.Start())
            {
                command.WaitSomewhere(process, random, forWrite: i % 2 == 0);
                process.Kill();
                Gitopsgen.Finish(process);
            }

            command.AssertOldOrNew();
            if (!command.IsDone)
                command.Run().Exits(command.ExitCode);
            Assert.Equal(command.After, command.State());
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_signal_cancels_before_anything_is_written_or_lets_it_be_finished(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        using var command = new WritingCommand(name).Rehearsed();
        var random = Instants.Random();
        for (var i = 0; i < Count(16, 4); i++)
        {
            command.Reset();
            var signal = i % 4 < 2 ? 2 : 15; // SIGINT, SIGTERM
            using var process = command.Start();
            command.WaitSomewhere(process, random, forWrite: i % 2 == 0);
            _ = kill(process.Id, signal);
            var (code, _, error) = Gitopsgen.Finish(process);

            // Before the program listens to signals, the system ends it.
            Assert.True(code == command.ExitCode || code == 130 || code == 128 + signal, $"{name} ended with {code}: {error}");
            var state = command.State();
            // A report that was asked for tells of the cancelled run too.
            foreach (
                var report in state.Keys.Where(path => code != command.ExitCode && path.StartsWith("reports/", StringComparison.Ordinal)).ToList()
            )
            {
                Assert.Contains(
                    report.EndsWith(".json", StringComparison.Ordinal) ? "\"exitCode\": 130" : "</html>",
                    state[report],
                    StringComparison.Ordinal
                );
                state.Remove(report);
            }

            Assert.Equal(code == command.ExitCode ? command.After : command.Before, state);
            Assert.Empty(command.Leftovers());
        }
    }

    private static int Count(int native, int portable) => Gitopsgen.IsNative ? LongProof.Count(native, portable) : LongProof.Count(portable / 2, 2);

    [DllImport("libc")]
    private static extern int kill(int process, int signal);
}
