using GitOpsGen.Output;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Output;

public sealed class FailingDiskTests
{
    [Fact]
    public void On_a_full_disk_the_output_stays_as_it_was()
    {
        using var disk = new SmallDisk(kibibytes: 64);
        var sandbox = new Sandbox(disk.Path);
        var files = Enumerable.Range(0, 8).Select(i => $"overlays/dev/{i}").ToList();
        sandbox.Render(Sandbox.Tree(files.Select(f => (f, "old"))));
        var before = sandbox.Files();
        var next = Sandbox.Tree(files.Select(f => (f, new string('n', 4096))));
        var found = sandbox.TryRender(next);
        Assert.All(found, d => Assert.Equal("GOG5007", d.Rule.Code));
        Assert.Contains(found, d => d.Message.Contains("No space left on device", StringComparison.Ordinal));
        Assert.Equal(before, sandbox.Files());
        Assert.False(sandbox.Exists(OutputFolder.Staging));
    }

    [Fact]
    public void On_a_read_only_disk_what_is_right_is_right_and_what_is_not_cannot_be_written()
    {
        using var disk = new SmallDisk(kibibytes: 1024);
        var sandbox = new Sandbox(disk.Path);
        var tree = Sandbox.Tree(("overlays/dev/a", "1"));
        sandbox.Render(tree);
        disk.MakeReadOnly();
        sandbox.Render(tree);
        var found = Assert.Single(sandbox.TryRender(Sandbox.Tree(("overlays/dev/a", "2"))));
        Assert.Equal("GOG5007", found.Rule.Code);
        Assert.Contains("Read-only file system", found.Message, StringComparison.Ordinal);
    }

    /// <summary>Opening a pipe waits until somebody writes to it, and a run must not.</summary>
    [Theory]
    [InlineData("overlays/dev/a")]
    [InlineData("overlays/dev/.gitopsgen")]
    public void A_pipe_in_the_place_of_a_file_is_a_finding(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such pipes.");
        using var sandbox = new Sandbox();
        var tree = Sandbox.Tree(("overlays/dev/a", "1"));
        sandbox.Render(tree);
        File.Delete(sandbox.Full(path));
        Tool.Require("mkfifo").Run([sandbox.Full(path)]).RequireSuccess();
        var found = Assert.Single(sandbox.Compare(tree).Diagnostics);
        Assert.Equal([$"GOG5007 manifests/{path}:1"], Sandbox.Codes([found]));
        Assert.Contains("it is not a regular file", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_may_not_be_read_is_named_with_the_reason()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "permissions do not bind this user");
        using var sandbox = new Sandbox();
        var tree = Sandbox.Tree(("overlays/dev/a", "1"));
        sandbox.Render(tree);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(sandbox.Full("overlays/dev/a"), UnixFileMode.None);
        var found = Assert.Single(sandbox.Compare(tree).Diagnostics);
        Assert.Equal(["GOG5007 manifests/overlays/dev/a:1"], Sandbox.Codes([found]));
        Assert.Contains("Permission denied", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_that_fails_half_way_is_finished_by_the_next_run()
    {
        using var sandbox = new Sandbox();
        sandbox.Render(("overlays/dev/a", "1"), ("overlays/dev/b", "1"));
        var tree = Sandbox.Tree(("overlays/dev/a", "2"), ("overlays/dev/b", "2"));
        using (var session = OutputSession.Open(sandbox.Folder).Value!)
        {
            var changes = session.Compute(ShardedTree.Of(tree, Sandbox.Complete(tree)), 1, Sandbox.Cancellation);
            // Somebody puts a folder there in this very moment.
            File.Delete(sandbox.Full("overlays/dev/b"));
            sandbox.Put("overlays/dev/b/notes.txt", "mine");
            var found = Assert.Single(session.Commit(changes, force: false, 1, Sandbox.Cancellation));
            Assert.Equal(["GOG5007 manifests/overlays/dev/b:1"], Sandbox.Codes([found]));
        }

        Assert.False(sandbox.Exists(OutputFolder.Staging));
        Directory.Delete(sandbox.Full("overlays/dev/b"), recursive: true);
        sandbox.Render(tree);
        Assert.Equal(Sandbox.Contents(tree), sandbox.Generated());
    }
}
