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

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Fills it up to so much.</summary>
    public void Fill(int freeKibibytes)
    {
        using var filler = new FileStream(Filler, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var piece = new byte[4096];
        try
        {
            for (; ; )
                filler.Write(piece);
        }
        catch (IOException)
        {
            filler.SetLength(filler.Length - (freeKibibytes * 1024L));
        }
    }

    /// <summary>Undoes <see cref="Fill"/>.</summary>
    public void Empty() => File.Delete(Filler);

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
