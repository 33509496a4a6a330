using System.Text;
using GitOpsGen.Model;
using GitOpsGen.Output;
using GitOpsGen.Review;
using GitOpsGen.Tests.Output;
using Xunit;

namespace GitOpsGen.Tests.Review;

/// <summary>The output that is committed at base, and how head's files differ.</summary>
public sealed class CommittedOutputTests : IDisposable
{
    private const string Same = "overlays/dev/same";
    private const string Changed = "overlays/dev/a";
    private const string Gone = "overlays/dev/gone";
    private const string Added = "base/z/package.yaml";

    private static readonly FileTree Before = Sandbox.Tree((Same, "1"), (Changed, "old"), (Gone, "3"));
    private static readonly FileTree After = Sandbox.Tree((Same, "1"), (Changed, "new"), (Added, "4"));

    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void What_is_there_is_read_where_head_or_the_ledger_names_it_and_compared_by_path()
    {
        sandbox.Render(Before);
        sandbox.Put("overlays/dev/own", "a file of the user");

        var committed = Read(After);

        Assert.Equal(Texts(Before), Texts(committed.Tree));
        Assert.Equal(
            [
                "Added base/.gitopsgen",
                "Added base/z/package.yaml",
                "Changed overlays/dev/.gitopsgen",
                "Changed overlays/dev/a",
                "Removed overlays/dev/gone",
            ],
            Lines(committed)
        );
    }

    [Fact]
    public void Where_nothing_differs_nothing_is_told()
    {
        sandbox.Render(Before);

        Assert.Empty(Read(Before).Changes);
        Assert.Equal(Texts(Before), Texts(Read(Before).Tree));
    }

    [Fact]
    public void What_is_not_there_any_more_does_not_leave_and_a_folder_is_no_file()
    {
        sandbox.Render(Before);
        File.Delete(sandbox.Full(Gone));
        File.Delete(sandbox.Full(Changed));
        Directory.CreateDirectory(sandbox.Full(Changed));

        var committed = Read(After);

        Assert.Equal([Same], committed.Tree.Files.Select(file => file.Path.Value));
        Assert.Contains("Added overlays/dev/a", Lines(committed));
        Assert.DoesNotContain(Lines(committed), line => line.EndsWith(Gone, StringComparison.Ordinal));
    }

    [Fact]
    public void What_lies_behind_a_linked_folder_is_not_the_outputs()
    {
        sandbox.Render(Before);
        Directory.Move(sandbox.Full("overlays/dev"), sandbox.Full("elsewhere"));
        Directory.CreateSymbolicLink(sandbox.Full("overlays/dev"), sandbox.Full("elsewhere"));

        var committed = Read(After);

        Assert.Empty(committed.Tree.Files);
        Assert.All(committed.Changes, change => Assert.Equal(ChangeKind.Added, change.Change));
    }

    [Fact]
    public void From_what_a_run_wrote_the_same_is_known_without_reading_again()
    {
        sandbox.Render(Before);
        var read = Read(After);

        var known = CommittedOutput.Of(After, sandbox.Compare(After));

        Assert.Equal(Texts(read.Tree), Texts(known.Tree));
        Assert.Equal(Lines(read), known.Changes.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => $"{file.Change} {file.Path}"));
    }

    private CommittedOutput Read(FileTree after) =>
        CommittedOutput.In(new DiskView(sandbox.Folder), ShardedTree.Of(after, Sandbox.Complete(after)), 1, TestContext.Current.CancellationToken);

    private static IEnumerable<string> Lines(CommittedOutput committed) => committed.Changes.Select(file => $"{file.Change} {file.Path}");

    private static IEnumerable<string> Texts(FileTree tree) =>
        tree.Files.Select(file => $"{file.Path}: {Encoding.UTF8.GetString(file.Content.Span)}");
}
