using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Cli.Tests.Faults;

/// <summary>Every command that writes, where the system lets it not write.</summary>
public sealed class FaultTests
{
    // The variable: the portable runtime maps a file larger than the limit for its own code.
    private const string NoFiles = "export DOTNET_EnableWriteXorExecute=0; ulimit -f 0";

    public static TheoryData<string> Commands => WritingCommand.Names;

    [Theory]
    [MemberData(nameof(Commands))]
    public void Where_no_file_may_have_a_byte_the_reason_is_named_and_nothing_changes(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no such limit.");
        using var command = new WritingCommand(name);

        AssertRefused(command, command.RunAfter(NoFiles), "File too large");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void On_a_full_disk_the_reason_is_named_and_nothing_changes(string name)
    {
        using var disk = new SmallDisk(kibibytes: 4096);
        using var command = new WritingCommand(name, disk.Path);
        disk.Fill(freeKibibytes: 0);

        AssertRefused(command, command.Run(), "No space left on device");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void On_a_read_only_disk_the_reason_is_named(string name)
    {
        using var disk = new SmallDisk(kibibytes: 4096);
        using var command = new WritingCommand(name, disk.Path);
        disk.MakeReadOnly();
        try
        {
            AssertRefused(command, command.Run(), "Read-only file system");
        }
        finally
        {
            disk.MakeWritable();
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Without_permission_the_reason_is_named_and_nothing_changes(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such rights.");
        using var command = new WritingCommand(name);
        Gitopsgen.Shell(command.Folder.Path, "chmod -R a+rX,a-w .").Exits(0);
        try
        {
            AssertRefused(command, command.RunAs(Gitopsgen.WithoutRights), "Permission denied");
        }
        finally
        {
            Gitopsgen.Shell(command.Folder.Path, "chmod -R u+w .").Exits(0);
        }
    }

    private static void AssertRefused(WritingCommand command, Finished run, string reason)
    {
        run.Exits(1);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("GOG9001", run.Error, StringComparison.Ordinal);
        Assert.Equal(command.Before, command.State());
        Assert.Empty(command.Leftovers());
    }
}
