using System.Diagnostics;
using Xunit;

namespace GitOpsGen.Testing;

/// <summary>A file system of a few pages, which can be full or read-only; the test is skipped where none can be mounted.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(int kibibytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/bin/mount"), "only Linux mounts a tmpfs");
        Path = Directory.CreateTempSubdirectory("gitopsgen-disk-").FullName;
        var mounted = Run("/bin/mount", "-t", "tmpfs", "-o", $"size={kibibytes}k", "tmpfs", Path);
        if (!mounted)
            Directory.Delete(Path);
        Assert.SkipUnless(mounted, "this user may not mount a tmpfs");
    }

    public string Path { get; }

    public void MakeReadOnly() => Assert.True(Run("/bin/mount", "-o", "remount,ro", Path));

    public void MakeWritable() => Assert.True(Run("/bin/mount", "-o", "remount,rw", Path));

    public void Dispose()
    {
        Run("/bin/umount", Path);
        Directory.Delete(Path);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
