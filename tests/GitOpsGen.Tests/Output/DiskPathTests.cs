using GitOpsGen.Output;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Output;

/// <summary>Where a path leads, and what is in a folder.</summary>
public sealed class DiskPathTests
{
    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a/b", "a", true)]
    [InlineData("a", "a/b", false)]
    [InlineData("ab", "a", false)]
    [InlineData("ab/c", "a", false)]
    public void A_folder_has_itself_and_what_is_below_it(string path, string folder, bool isIn)
    {
        var root = Path.GetPathRoot(Path.GetTempPath())!;

        Assert.Equal(isIn, DiskPath.IsIn(Path.GetFullPath(path, root), Path.GetFullPath(folder, root)));
        Assert.True(DiskPath.IsIn(Path.GetFullPath(path, root), root));
    }

    [Theory]
    [InlineData("link", "far/away")]
    [InlineData("link/new/file", "far/away/new/file")]
    [InlineData("link/inner/file", "far/elsewhere/file")]
    [InlineData("link/chain/file", "far/elsewhere/file")]
    [InlineData("link/above/file", "file")]
    [InlineData("link/loop/file", "far/away/loop/file")]
    [InlineData("new", "new")]
    public void Every_link_in_a_path_is_followed(string path, string real)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take a privilege there.");
        using var folder = new TempFolder();
        folder.Write("far/away/x", "");
        folder.Write("far/elsewhere/x", "");
        Directory.CreateSymbolicLink(folder["link"], folder["far/away"]);
        Directory.CreateSymbolicLink(folder["far/away/inner"], "../elsewhere");
        Directory.CreateSymbolicLink(folder["far/away/chain"], "./inner");
        Directory.CreateSymbolicLink(folder["far/away/above"], "inner/../..");
        Directory.CreateSymbolicLink(folder["far/away/loop"], "loop");

        Assert.Equal(Path.Combine(DiskPath.Real(folder.Path), real), DiskPath.Real(folder[path]));
        Assert.True(DiskPath.IsSame(folder[path], folder[real]));
    }

    [Fact]
    public void Links_that_multiply_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take a privilege there.");
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["0"]);
        for (var i = 1; i <= 60; i++)
        {
            Directory.CreateSymbolicLink(folder[$"{i}"], $"{i - 1}/../{i - 1}");
        }

        Assert.StartsWith(DiskPath.Real(folder.Path), DiskPath.Real(folder["60"]), StringComparison.Ordinal);
    }
}
