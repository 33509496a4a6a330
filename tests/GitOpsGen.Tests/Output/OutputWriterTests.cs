using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Output;
using Xunit;

namespace GitOpsGen.Tests.Output;

public sealed class OutputWriterTests : IDisposable
{
    private const string A = "overlays/dev/a";
    private const string B = "overlays/dev/packages/wave-1/b";
    private const string Ledger = "overlays/dev/.gitopsgen";

    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void The_disk_becomes_the_tree_and_nothing_else_stays()
    {
        var tree = Sandbox.Tree((A, "1"), (B, "2"), ("iam/dev/p.json", "3"), ("iam/registries/1-eu/m.json", "4"), ("argocd-cm.yaml", "5"));
        sandbox.Render(tree);
        Assert.Equal(Sandbox.Contents(tree), sandbox.Generated());
        Assert.Equal(Sandbox.Line("iam/dev/p.json", "3") + Sandbox.Line(A, "1") + Sandbox.Line(B, "2"), sandbox.Read(Ledger));
        Assert.Equal(Sandbox.Line("argocd-cm.yaml", "5") + Sandbox.Line("iam/registries/1-eu/m.json", "4"), sandbox.Read("base/.gitopsgen"));
        Assert.False(sandbox.Exists(OutputFolder.Staging) || sandbox.Exists(OutputFolder.Lock));
    }

    [Fact]
    public void With_nothing_to_change_nothing_is_written()
    {
        var tree = Sandbox.Tree((A, "1"), (B, "2"), ("base/x", "3"));
        sandbox.Render(tree);
        var before = sandbox.Times();
        sandbox.Render(tree);
        Assert.Equal(before, sandbox.Times());
    }

    [Fact]
    public void With_nothing_to_write_no_folder_is_made()
    {
        sandbox.Render(Sandbox.Tree());
        Assert.False(sandbox.Exists(""));
        OutputSession.Open(sandbox.Folder).Value!.Dispose();
        Assert.False(sandbox.Exists(""));
    }

    [Fact]
    public void Unchanged_files_keep_their_modification_time()
    {
        sandbox.Render((A, "1"), (B, "2"));
        var long_ago = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(sandbox.Full(B), long_ago);
        sandbox.Render((A, "3"), (B, "2"));
        Assert.Equal(long_ago, File.GetLastWriteTimeUtc(sandbox.Full(B)));
    }

    [Fact]
    public void Stale_files_and_the_folders_they_leave_empty_go()
    {
        sandbox.Render((A, "1"), (B, "2"), ("iam/dev/p.json", "3"));
        sandbox.Render((A, "1"));
        Assert.Equal(["manifests/overlays/dev/.gitopsgen", $"manifests/{A}", "outside.txt"], sandbox.Files().Keys);
        Assert.False(sandbox.Exists("overlays/dev/packages") || sandbox.Exists("iam"));
    }

    [Fact]
    public void A_folder_that_holds_anything_else_stays()
    {
        sandbox.Render((A, "1"), (B, "2"));
        sandbox.Put("overlays/dev/packages/notes.txt", "mine");
        sandbox.Render((A, "1"));
        Assert.Equal("mine", sandbox.Read("overlays/dev/packages/notes.txt"));
        Assert.False(sandbox.Exists("overlays/dev/packages/wave-1"));
    }

    [Fact]
    public void An_edited_file_means_that_nothing_at_all_is_written()
    {
        sandbox.Render((A, "1"), (B, "2"));
        sandbox.Put(B, "by hand");
        var before = sandbox.Times();
        Assert.Equal([$"GOG5001 manifests/{B}:1"], Sandbox.Codes(sandbox.TryRender(Sandbox.Tree((A, "3"), (B, "2"), ("base/x", "4")))));
        Assert.Equal(before, sandbox.Times());
    }

    [Fact]
    public void Force_replaces_and_deletes_edited_files()
    {
        sandbox.Render((A, "1"), (B, "2"));
        sandbox.Put(A, "by hand");
        sandbox.Put(B, "by hand");
        var tree = Sandbox.Tree((A, "3"));
        sandbox.Render(tree, force: true);
        Assert.Equal(Sandbox.Contents(tree), sandbox.Generated());
        sandbox.AssertHolds(tree);
    }

    [Fact]
    public void A_foreign_file_is_not_touched_even_by_force()
    {
        sandbox.Render((B, "2"));
        sandbox.Put(A, "foreign");
        sandbox.Put("overlays/dev/notes.txt", "mine");
        var before = sandbox.Files();
        Assert.Equal([$"GOG5002 manifests/{A}:1"], Sandbox.Codes(sandbox.TryRender(Sandbox.Tree((A, "1"), (B, "3")), force: true)));
        Assert.Equal(before, sandbox.Files());
    }

    [Fact]
    public void An_adopted_file_is_ours_from_then_on()
    {
        sandbox.Put(A, "1");
        sandbox.Render((A, "1"));
        sandbox.Render((A, "2"));
        Assert.Equal("2", sandbox.Read(A));
    }

    [Fact]
    public void Rendering_repairs_a_merge_with_conflict_markers()
    {
        sandbox.Render((A, "ours"), (B, "ours"));
        sandbox.Put(A, "theirs");
        sandbox.Put(Ledger, $"<<<<<<< HEAD\n{Sandbox.Line(A, "ours")}=======\n{Sandbox.Line(A, "theirs")}>>>>>>> topic\n{Sandbox.Line(B, "ours")}");
        var tree = Sandbox.Tree((A, "ours"), (B, "ours"));
        sandbox.Render(tree);
        sandbox.AssertHolds(tree);
        Assert.Equal(Sandbox.Line(A, "ours") + Sandbox.Line(B, "ours"), sandbox.Read(Ledger));
    }

    [Fact]
    public void An_environment_that_left_the_settings_is_found_by_its_ledger_and_removed()
    {
        sandbox.Render((A, "1"), ("overlays/old/a", "2"), ("iam/old/p.json", "3"));
        sandbox.Render((A, "1"));
        Assert.Equal(["manifests/overlays/dev/.gitopsgen", $"manifests/{A}", "outside.txt"], sandbox.Files().Keys);
        Assert.False(sandbox.Exists("overlays/old") || sandbox.Exists("iam"));
    }

    [Fact]
    public void Of_a_removed_environment_edited_files_are_reported_and_foreign_ones_stay()
    {
        sandbox.Render((A, "1"), ("overlays/old/a", "2"));
        sandbox.Put("overlays/old/a", "by hand");
        sandbox.Put("overlays/old/notes.txt", "mine");
        var tree = Sandbox.Tree((A, "1"));
        Assert.Equal(["GOG5001 manifests/overlays/old/a:1"], Sandbox.Codes(sandbox.TryRender(tree)));
        sandbox.Render(tree, force: true);
        Assert.Equal(["overlays/dev/a", "overlays/old/notes.txt"], sandbox.Generated().Keys);
        Assert.False(sandbox.Exists("overlays/old/.gitopsgen"));
    }

    [Fact]
    public void A_folder_without_ledger_is_no_environment()
    {
        sandbox.Put("overlays/handmade/kustomization.yaml", "mine");
        sandbox.Render((A, "1"));
        Assert.Equal("mine", sandbox.Read("overlays/handmade/kustomization.yaml"));
    }

    [Fact]
    public void With_a_filter_other_environments_are_not_read_compared_or_touched()
    {
        sandbox.Render((A, "1"), ("overlays/prod/a", "2"), ("overlays/old/a", "3"), ("base/x", "4"));
        sandbox.Put("overlays/prod/.gitopsgen", "not a ledger");
        sandbox.Put("overlays/prod/a", "by hand");
        var others = sandbox
            .Times()
            .Where(t => t.Key.Contains("prod", StringComparison.Ordinal) || t.Key.Contains("old", StringComparison.Ordinal))
            .ToList();
        var tree = Sandbox.Tree((A, "5"), ("base/x", "6"));
        var compared = sandbox.Writer.Compare(tree, Sandbox.Only("dev"), Sandbox.Cancellation);
        var (changes, found) = sandbox.Writer.Write(compared, force: false, new(TimeSpan.Zero), Sandbox.Cancellation);
        Assert.Empty(found);
        Assert.Equal(["Changed base/.gitopsgen", "Changed base/x", $"Changed {Ledger}", $"Changed {A}"], Sandbox.Kinds(changes!));
        Assert.Equal(
            others,
            sandbox.Times().Where(t => t.Key.Contains("prod", StringComparison.Ordinal) || t.Key.Contains("old", StringComparison.Ordinal))
        );
        Assert.Equal("56", sandbox.Read(A) + sandbox.Read("base/x"));
    }

    [Fact]
    public void A_ledger_without_files_is_no_ledger()
    {
        sandbox.Render((A, "1"), ("base/x/package.yaml", "2"));
        sandbox.Render((A, "1"));
        Assert.False(sandbox.Exists("base"));
        sandbox.Put("base/.gitopsgen", "");
        sandbox.Render((A, "1"));
        Assert.False(sandbox.Exists("base"));
    }

    [Theory]
    [InlineData("a", "a/b")]
    [InlineData("a/b", "a")]
    [InlineData("a/b/c/d", "a/b")]
    [InlineData("a/b", "a/b/c/d")]
    public void Our_file_becomes_a_folder_and_the_reverse(string before, string after)
    {
        sandbox.Render((A, "1"), ($"overlays/dev/x/{before}", "2"));
        var tree = Sandbox.Tree((A, "1"), ($"overlays/dev/x/{after}", "3"));
        sandbox.Render(tree);
        Assert.Equal(Sandbox.Contents(tree), sandbox.Generated());
    }

    [Fact]
    public void A_ledger_can_take_the_place_of_our_own_file()
    {
        sandbox.Render(("overlays/dev", "a file of the rest"));
        sandbox.Render((A, "1"));
        Assert.Equal("1", sandbox.Read(A));
    }

    [Theory]
    [InlineData("overlays/dev/x", "overlays/dev/x/y", "overlays/dev/x")]
    [InlineData("overlays/dev/x/notes.txt", "overlays/dev/x", "overlays/dev/x")]
    [InlineData("overlays/dev/.gitopsgen/notes.txt", "overlays/dev/x", "overlays/dev/.gitopsgen")]
    [InlineData("overlays", "overlays/dev/x", "overlays")]
    [InlineData(".gitopsgen-lock/x", "overlays/dev/x", ".gitopsgen-lock")]
    [InlineData(".gitopsgen-staging", "overlays/dev/x", ".gitopsgen-staging")]
    public void A_foreign_file_or_folder_of_the_wrong_type_is_an_error(string foreign, string ours, string at)
    {
        sandbox.Put(foreign, "mine");
        var before = sandbox.Files();
        Assert.Equal([$"GOG5005 manifests/{at}:1"], Sandbox.Codes(sandbox.TryRender(Sandbox.Tree((ours, "1")), force: true)));
        Assert.Equal(before, sandbox.Files());
    }

    [Fact]
    public void A_file_instead_of_the_output_is_an_error()
    {
        File.WriteAllText(sandbox.Full(""), "mine");
        Assert.Equal(["GOG5005 manifests:1"], Sandbox.Codes(sandbox.TryRender(Sandbox.Tree((A, "1")))));
    }

    [Theory]
    [InlineData(A)]
    [InlineData("overlays/dev/packages")]
    [InlineData("overlays/dev")]
    [InlineData("overlays")]
    [InlineData(Ledger)]
    [InlineData(".gitopsgen-staging")]
    [InlineData(".gitopsgen-lock")]
    [InlineData("")]
    public void A_symbolic_link_anywhere_in_a_path_is_an_error(string at)
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(sandbox.Root, "elsewhere")).FullName;
        File.WriteAllText(Path.Combine(elsewhere, "keep"), "mine");
        if (at.Length > 0)
            Directory.CreateDirectory(Path.GetDirectoryName(sandbox.Full(at))!);
        Directory.CreateSymbolicLink(sandbox.Full(at), elsewhere);
        var before = sandbox.Files();
        Assert.Equal([$"GOG5004 {sandbox.Folder.Display(at)}:1"], Sandbox.Codes(sandbox.TryRender(Sandbox.Tree((A, "1"), (B, "2")), force: true)));
        Assert.Equal(before, sandbox.Files());
    }

    [Fact]
    public void A_link_above_the_output_is_an_error_and_one_above_the_root_is_not()
    {
        var real = Directory.CreateDirectory(Path.Combine(sandbox.Root, "real")).FullName;
        var link = Directory.CreateSymbolicLink(Path.Combine(sandbox.Root, "link"), real).FullName;
        var tree = Sandbox.Tree((A, "1"));
        Assert.Equal(["GOG5004 link:1"], Sandbox.Codes(Write(new(sandbox.Root, RelativePath.Parse("link/manifests")))));
        Assert.Empty(Write(new(link, RelativePath.Parse("deploy/manifests"))));
        Assert.Equal("1", File.ReadAllText(Path.Combine(real, "deploy/manifests", A)));

        ImmutableArray<Diagnostic> Write(OutputFolder folder)
        {
            var writer = new OutputWriter(folder, 1);
            return writer
                .Write(writer.Compare(tree, Sandbox.Complete(tree), Sandbox.Cancellation), false, new(TimeSpan.Zero), Sandbox.Cancellation)
                .Diagnostics;
        }
    }

    [Fact]
    public void A_stale_file_behind_a_link_is_not_deleted()
    {
        sandbox.Render((A, "1"), (B, "2"));
        Directory.Move(sandbox.Full("overlays/dev/packages"), Path.Combine(sandbox.Root, "elsewhere"));
        Directory.CreateSymbolicLink(sandbox.Full("overlays/dev/packages"), Path.Combine(sandbox.Root, "elsewhere"));
        Assert.Equal(["GOG5004 manifests/overlays/dev/packages:1"], Sandbox.Codes(sandbox.TryRender(Sandbox.Tree((A, "1")), force: true)));
        Assert.True(File.Exists(Path.Combine(sandbox.Root, "elsewhere/wave-1/b")));
    }

    [Fact]
    public void A_link_to_another_overlay_is_no_environment()
    {
        sandbox.Render((A, "1"));
        Directory.CreateSymbolicLink(sandbox.Full("overlays/latest"), sandbox.Full("overlays/dev"));
        sandbox.Render((A, "2"));
        Assert.Equal("2", sandbox.Read("overlays/latest/a"));
    }

    [Fact]
    public void What_a_dead_writer_left_behind_is_tidied_up_even_if_nothing_differs()
    {
        sandbox.Render((A, "1"));
        sandbox.Put(".gitopsgen-staging/7", "half");
        sandbox.Put(".gitopsgen-staging/sub/8", "half");
        sandbox.Put(".gitopsgen-lock", "");
        sandbox.AssertHolds(Sandbox.Tree((A, "1")));
        sandbox.Render((A, "1"));
        Assert.Equal(["manifests/overlays/dev/.gitopsgen", $"manifests/{A}", "outside.txt"], sandbox.Files().Keys);
    }

    [Fact]
    public void What_was_equal_when_it_was_compared_is_not_written_unseen()
    {
        sandbox.Render((A, "1"), (B, "2"));
        var changes = sandbox.Compare(Sandbox.Tree((A, "3"), (B, "2")));
        sandbox.Render((A, "1"), (B, "4"));
        var before = sandbox.Files();

        var (written, found) = sandbox.Writer.Write(changes, force: true, new(TimeSpan.Zero), Sandbox.Cancellation);
        Assert.Null(written);
        Assert.Equal(["GOG5006 manifests:1"], Sandbox.Codes(found));
        Assert.Equal(before, sandbox.Files());
    }

    [Fact]
    public void What_somebody_else_wrote_in_between_is_not_written_again()
    {
        sandbox.Render((A, "1"), (B, "2"));
        var changes = sandbox.Compare(Sandbox.Tree((A, "3"), (B, "4")));
        sandbox.Render((A, "3"), (B, "2"));

        var (written, found) = sandbox.Writer.Write(changes, force: false, new(TimeSpan.Zero), Sandbox.Cancellation);
        Assert.Empty(found);
        Assert.Equal([$"Changed {Ledger}", $"Changed {B}"], Sandbox.Kinds(written!));
        Assert.Equal("34", sandbox.Read(A) + sandbox.Read(B));
    }

    [Fact]
    public void An_edit_that_came_after_the_comparison_is_kept()
    {
        sandbox.Render((A, "1"), (B, "2"));
        var changes = sandbox.Compare(Sandbox.Tree((A, "3"), (B, "2")));
        sandbox.Put(B, "by hand");

        Assert.Equal(
            [$"GOG5001 manifests/{B}:1"],
            Sandbox.Codes(sandbox.Writer.Write(changes, force: false, new(TimeSpan.Zero), Sandbox.Cancellation).Diagnostics)
        );
        Assert.Equal("1by hand", sandbox.Read(A) + sandbox.Read(B));
    }

    [Fact]
    public void Only_a_session_s_own_changes_can_be_committed()
    {
        var tree = Sandbox.Tree((A, "1"));
        using var session = OutputSession.Open(sandbox.Folder).Value!;
        Assert.Throws<InvalidOperationException>(() => session.Commit(sandbox.Compare(tree), false, 1, Sandbox.Cancellation));
        var changes = session.Compute(ShardedTree.Of(tree, Sandbox.Complete(tree)), 1, Sandbox.Cancellation);
        Assert.Empty(session.Commit(changes, false, 1, Sandbox.Cancellation));
        Assert.Throws<InvalidOperationException>(() => session.Commit(changes, false, 1, Sandbox.Cancellation));
    }

    [Fact]
    public void Cancelled_before_the_ledgers_nothing_has_changed()
    {
        sandbox.Render((A, "1"));
        var before = sandbox.Files();
        var tree = Sandbox.Tree((A, "2"));
        using (var session = OutputSession.Open(sandbox.Folder).Value!)
        {
            var changes = session.Compute(ShardedTree.Of(tree, Sandbox.Complete(tree)), 1, Sandbox.Cancellation);
            Assert.ThrowsAny<OperationCanceledException>(() => session.Commit(changes, false, 1, new CancellationToken(canceled: true)));
        }

        Assert.Equal(before, sandbox.Files());
        sandbox.Render(tree);
    }
}
