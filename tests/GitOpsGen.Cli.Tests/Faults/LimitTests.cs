using Xunit;

namespace GitOpsGen.Cli.Tests.Faults;

/// <summary>A process that may have less than usual.</summary>
public sealed class LimitTests
{
    public static TheoryData<string> Commands => WritingCommand.Names;

    /// <summary>With 64 KiB the portable program waited for ever: threads that cannot help each other out.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public void A_small_stack_is_enough(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems do not give threads what 'ulimit -s' says.");
        using var command = new WritingCommand(name).Rehearsed();
        // Git needs more than the least, and so does the compiler of the portable runtime.
        foreach (
            var kibibytes in name.StartsWith("diff", StringComparison.Ordinal) ? [256]
            : Gitopsgen.IsNative ? [32, 64]
            : new[] { 64 }
        )
        {
            command.Reset();
            command.RunAfter($"ulimit -s {kibibytes}").Exits(command.ExitCode);
            Assert.Equal(command.After, command.State());
        }
    }

    /// <summary>From what the runtime itself needs, below which it aborts, to all that the command needs.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public void With_a_small_heap_a_command_says_that_it_has_too_little_memory_or_does_its_work(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The bytes are those of Linux.");
        using var command = new WritingCommand(name).Rehearsed();
        AssertToldOrDone(
            () =>
            {
                command.Reset();
                return command.RunAfter;
            },
            command.ExitCode,
            () =>
            {
                // A report tells also of the run that had too little.
                if (!command.IsDone && Directory.Exists(command.Folder["reports"]))
                    Directory.Delete(command.Folder["reports"], recursive: true);
                command.AssertOldOrNew();
                if (!command.IsDone)
                    command.Run().Exits(command.ExitCode);
                Assert.Equal(command.After, command.State());
            }
        );
    }

    [Theory]
    [InlineData("check")]
    [InlineData("validate")]
    public void With_a_small_heap_a_command_that_reads_says_the_same(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The bytes are those of Linux.");
        using var folder = Fleet.Create(environments: 60, packages: 20);
        InProcess.Run(folder.Path, "render").Exits(0);
        var before = folder.Snapshot();
        var words = Gitopsgen.Built.ShellWords(name);

        var refused = AssertToldOrDone(
            () => script => Gitopsgen.Shell(folder.Path, $"{script}; {words}"),
            0,
            () => Assert.Equal(before, folder.Snapshot())
        );

        Assert.True(refused > 0 || !Gitopsgen.IsNative, "It never had too little.");
    }

    /// <summary>
    /// Where the runtime itself, or a library that it loads, finds no address space, it aborts with words of its own, or none. Only the native program,
    /// which starts with less than the portable one reserves: that one may wait for ever for a thread that could not be made.
    /// </summary>
    [Fact]
    public void With_little_address_space_a_command_does_its_work_or_says_why_not_and_nothing_is_half_written()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems do not keep to 'ulimit -v'.");
        Assert.SkipUnless(Gitopsgen.IsNative, "The portable runtime does not start with so little.");
        using var command = new WritingCommand("render").Rehearsed();
        var ends = new List<int>();
        for (var kibibytes = 800_000; kibibytes > 100_000; kibibytes -= kibibytes / 5)
        {
            command.Reset();
            var run = command.RunAfter($"ulimit -v {kibibytes}");
            ends.Add(run.ExitCode);
            Assert.DoesNotContain("GOG9001", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
            Assert.True(
                run.ExitCode == 0 ? command.IsDone
                    : run.ExitCode == 1 ? run.Error.Contains("GOG9002", StringComparison.Ordinal)
                    : run.ExitCode > 128,
                $"{kibibytes} KiB: {run.ExitCode}\n{run.Error}"
            );
            command.AssertOldOrNew();
        }

        Assert.Equal(0, ends[0]);
        Assert.Contains(ends, end => end != 0);
        command.Run().Exits(0);
        Assert.Equal(command.After, command.State());
    }

    private static int AssertToldOrDone(Func<Func<string, Finished>> begin, int exitCode, Action then)
    {
        var refused = 0;
        for (var kibibytes = Gitopsgen.IsNative ? 4900 : 6000; ; kibibytes += kibibytes / 6)
        {
            var run = begin()($"export DOTNET_GCHeapHardLimit={kibibytes * 1024L:x}");
            Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
            Assert.True(
                run.ExitCode == exitCode || (run.ExitCode == 1 && run.Error.Contains("GOG9002", StringComparison.Ordinal)),
                $"{kibibytes} KiB: {run.ExitCode}\n{run.Error}"
            );
            then();
            if (run.ExitCode == exitCode)
                return refused;
            Assert.InRange(++refused, 1, 40);
        }
    }
}
