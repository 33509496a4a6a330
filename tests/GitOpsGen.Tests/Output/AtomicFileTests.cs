using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Output;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Output;

/// <summary>One file of the user is replaced whole, or not at all.</summary>
public sealed class AtomicFileTests : IDisposable
{
    private const string Name = "packages.lock.yaml";

    private readonly TempFolder folder = new();

    public void Dispose()
    {
        Allow(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        folder.Dispose();
    }

    [Fact]
    public void A_file_is_replaced_and_nothing_stays_beside_it()
    {
        folder.Write(Name, "old");

        Assert.Null(Replace("old", "new"));

        Assert.Equal("new", File.ReadAllText(folder[Name]));
        Assert.Equal([folder[Name]], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Its_rights_stay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such rights.");
        folder.Write(Name, "old");
        var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherExecute;
        Allow(folder[Name], mode);

        Assert.Null(Replace("old", "new"));

        Assert.Equal(mode, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(folder[Name]));
    }

    [Fact]
    public void Behind_links_the_file_itself_is_replaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take a privilege there.");
        folder.Write("elsewhere/real.yaml", "old");
        File.CreateSymbolicLink(folder["second"], "elsewhere/real.yaml");
        File.CreateSymbolicLink(folder[Name], folder["second"]);

        Assert.Null(Replace("old", "new"));

        Assert.Equal("new", File.ReadAllText(folder["elsewhere/real.yaml"]));
        Assert.Equal(folder["second"], new FileInfo(folder[Name]).LinkTarget);
        Assert.Single(Directory.EnumerateFileSystemEntries(folder["elsewhere"]));
    }

    [Fact]
    public void A_link_in_a_folder_behind_a_link_leads_from_where_that_folder_is()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take a privilege there.");
        folder.Write("far/away/real.yaml", "old");
        Directory.CreateDirectory(folder["far/away/inputs"]);
        File.CreateSymbolicLink(folder["far/away/inputs/lock.yaml"], "../real.yaml");
        Directory.CreateSymbolicLink(folder["inputs"], folder["far/away/inputs"]);

        Assert.Null(AtomicFile.Replace(folder["inputs/lock.yaml"], "lock.yaml", "old"u8, "new"u8));

        Assert.Equal("new", File.ReadAllText(folder["far/away/real.yaml"]));
    }

    [Theory]
    [InlineData("theirs")]
    [InlineData("old and more")]
    [InlineData("")]
    public void What_somebody_else_wrote_in_between_stays(string theirs)
    {
        folder.Write(Name, theirs);

        Assert.Equal(Rules.LockfileChanged, Replace("old", "new")?.Rule);

        Assert.Equal(theirs, File.ReadAllText(folder[Name]));
    }

    [Fact]
    public void A_file_that_is_gone_is_not_made_anew()
    {
        Assert.Contains("it does not exist", Replace("old", "new")?.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_may_not_be_written_stays_and_the_reason_is_named(bool isFolder)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "permissions do not bind this user");
        folder.Write(Name, "old");
        Allow(isFolder ? folder.Path : folder[Name], UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var finding = Replace("old", "new");

        Assert.Equal((Rules.OutputFailed, Name), (finding?.Rule, finding?.Span?.File));
        Assert.Contains("ermission denied", finding!.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(folder[Name]));
    }

    [Fact]
    public void On_a_full_disk_and_on_a_read_only_one_the_file_stays()
    {
        using var disk = new SmallDisk(kibibytes: 16);
        var path = Path.Combine(disk.Path, Name);
        File.WriteAllText(path, "old");

        Assert.Contains("No space left on device", AtomicFile.Replace(path, Name, "old"u8, new byte[64 * 1024])?.Message, StringComparison.Ordinal);
        Assert.Equal([path], Directory.EnumerateFileSystemEntries(disk.Path));
        disk.MakeReadOnly();
        Assert.Contains("Read-only file system", AtomicFile.Replace(path, Name, "old"u8, "new"u8)?.Message, StringComparison.Ordinal);

        Assert.Equal("old", File.ReadAllText(path));
    }

    private static void Allow(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    private Diagnostic? Replace(string expected, string content) =>
        AtomicFile.Replace(folder[Name], Name, Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(content));
}
