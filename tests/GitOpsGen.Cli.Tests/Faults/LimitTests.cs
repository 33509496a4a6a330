using Xunit;

namespace GitOpsGen.Cli.Tests.Faults;

/// <summary>A process that may have less than usual.</summary>
public sealed class LimitTests
{
    public static TheoryData<string> Commands => WritingCommand.Names;

    /// <summary>It was the end of the portable program at 32 KiB, and at 64 it waited for ever: threads that cannot help each other out.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public void A_small_stack_is_enough(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems do not give threads what 'ulimit -s' says.");
        using var command = new WritingCommand(name).Rehearsed();
        // Git needs more than the least.
        foreach (var kibibytes in name.StartsWith("diff", StringComparison.Ordinal) ? [256] : new[] { 32, 64 })
        {
            command.Reset();
            command.RunAfter($"ulimit -s {kibibytes}").Exits(command.ExitCode);
            Assert.Equal(command.After, command.State());
        }
    }
}
