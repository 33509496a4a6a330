using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Output;
using Xunit;

namespace GitOpsGen.Tests.Output;

public sealed class ChangeSetTests : IDisposable
{
    private const string A = "overlays/dev/a";
    private const string B = "overlays/dev/b";
    private const string Ledger = "overlays/dev/.gitopsgen";

    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void Without_an_output_everything_is_added()
    {
        var changes = sandbox.Compare(Sandbox.Tree((A, "1"), ("base/x/package.yaml", "2"), ("argocd-cm.yaml", "3")));
        Assert.Equal(
            ["Added argocd-cm.yaml", "Added base/.gitopsgen", "Added base/x/package.yaml", $"Added {Ledger}", $"Added {A}"],
            Sandbox.Kinds(changes)
        );
        Assert.Empty(changes.Diagnostics);
        Assert.False(sandbox.Exists(""));
    }

    [Fact]
    public void What_was_rendered_does_not_differ()
    {
        var tree = Sandbox.Tree((A, "1"), (B, ""), ("iam/dev/p.json", "{}"), ("base/x", "2"));
        sandbox.Render(tree);
        sandbox.AssertHolds(tree);
    }

    [Theory]
    [InlineData("a\nb\nc\n", "a\nB\nc\n", 2)]
    [InlineData("a\nb\nc\n", "a\nc\n", 2)]
    [InlineData("a\nb\n", "a\nb\nc\n", 2)]
    [InlineData("a\nb", "a\nb\n", 2)]
    [InlineData("a\nb\n", "", 1)]
    [InlineData("", "a\n", 1)]
    public void A_file_that_differs_is_found_at_the_first_line_of_the_disk_that_differs(string disk, string rendered, int line)
    {
        sandbox.Render((A, disk));

        var found = sandbox.Writer.OutOfDate(sandbox.Compare(Sandbox.Tree((A, rendered)))).Single(d => d.Span!.Value.File == $"manifests/{A}");

        Assert.Equal((Rules.OutOfDate, new SourcePosition(line, 1)), (found.Rule, found.Span!.Value.Start));
    }

    [Fact]
    public void What_is_missing_or_superfluous_is_a_finding_and_what_was_edited_has_its_own()
    {
        sandbox.Render((A, "1"), (B, "2"));
        sandbox.Put(B, "mine");

        var changes = sandbox.Compare(Sandbox.Tree((B, "2"), ("overlays/dev/c", "3")));

        Assert.Equal([Ledger, A, "overlays/dev/c"], sandbox.Writer.OutOfDate(changes).Select(found => found.Span!.Value.File["manifests/".Length..]));
    }

    [Fact]
    public void Own_files_are_changed_and_removed_and_carry_both_contents()
    {
        sandbox.Render((A, "old a"), (B, "old b"));
        var changes = sandbox.Compare(Sandbox.Tree((A, "new a")));
        Assert.Equal([$"Changed {Ledger}", $"Changed {A}", $"Removed {B}"], Sandbox.Kinds(changes));
        Assert.Empty(changes.Diagnostics);
        Assert.Equal(
            "old a|new a|old b|",
            string.Join(
                '|',
                changes.Changes.Skip(1).SelectMany(c => new[] { c.Old, c.New }).Select(b => Encoding.UTF8.GetString((b ?? default).Span))
            )
        );
    }

    [Fact]
    public void A_file_that_matches_neither_a_line_nor_the_new_content_is_edited()
    {
        sandbox.Render((A, "1"), (B, "2"));
        sandbox.Put(A, "by hand");
        sandbox.Put(B, "by hand too");
        var changes = sandbox.Compare(Sandbox.Tree((A, "3")));
        Assert.Equal([$"Changed {Ledger}", $"Edited {A}", $"Edited {B}"], Sandbox.Kinds(changes));
        Assert.Equal([$"GOG5001 manifests/{A}:1", $"GOG5001 manifests/{B}:1"], Sandbox.Codes(changes.Diagnostics));
        Assert.Empty(changes.Blocking(force: true));
    }

    [Fact]
    public void A_file_with_other_line_endings_is_edited_and_the_fix_names_gitattributes()
    {
        sandbox.Render((A, "1\n2\n"), (B, "3\n"));
        sandbox.Put(A, "1\r\n2\r\n");
        var edited = Assert.Single(sandbox.Compare(Sandbox.Tree((A, "1\n2\n"), (B, "3\n"))).Diagnostics);
        Assert.Equal("GOG5001", edited.Rule.Code);
        Assert.Contains("'manifests/** text eol=lf'", edited.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_edited_into_the_new_content_is_not_edited()
    {
        sandbox.Render((A, "1"));
        sandbox.Put(A, "2");
        var changes = sandbox.Compare(Sandbox.Tree((A, "2")));
        Assert.Equal([$"Changed {Ledger}"], Sandbox.Kinds(changes));
        Assert.Empty(changes.Diagnostics);
    }

    [Fact]
    public void An_edit_of_the_same_length_under_an_unchanged_ledger_is_edited()
    {
        sandbox.Render((A, "1"));
        sandbox.Put(A, "2");
        Assert.Equal([$"Edited {A}"], Sandbox.Kinds(sandbox.Compare(Sandbox.Tree((A, "1")))));
    }

    [Fact]
    public void A_file_in_no_ledger_is_not_replaced_even_with_force()
    {
        sandbox.Put(A, "foreign");
        var changes = sandbox.Compare(Sandbox.Tree((A, "1")));
        Assert.Equal([$"GOG5002 manifests/{A}:1"], Sandbox.Codes(changes.Blocking(force: true)));
    }

    [Fact]
    public void A_foreign_file_with_the_new_content_is_adopted()
    {
        sandbox.Put(A, "1");
        var changes = sandbox.Compare(Sandbox.Tree((A, "1")));
        Assert.Equal([$"Added {Ledger}"], Sandbox.Kinds(changes));
        Assert.Empty(changes.Diagnostics);
    }

    [Fact]
    public void A_file_that_somebody_deleted_is_added_again()
    {
        sandbox.Render((A, "1"), (B, "2"));
        File.Delete(sandbox.Full(A));
        Assert.Equal([$"Added {A}"], Sandbox.Kinds(sandbox.Compare(Sandbox.Tree((A, "1"), (B, "2")))));
    }

    [Fact]
    public void After_a_merge_the_files_of_either_side_are_ours()
    {
        sandbox.Put(A, "theirs");
        sandbox.Put(B, "ours");
        sandbox.Put(Ledger, $"<<<<<<< HEAD\n{Sandbox.Line(A, "ours")}{Sandbox.Line(B, "ours")}=======\n{Sandbox.Line(A, "theirs")}>>>>>>> topic\n");
        var changes = sandbox.Compare(Sandbox.Tree((A, "merged")));
        Assert.Equal([$"Changed {Ledger}", $"Changed {A}", $"Removed {B}"], Sandbox.Kinds(changes));
        Assert.Empty(changes.Diagnostics);
    }

    [Fact]
    public void A_ledger_that_only_reads_differently_is_a_change()
    {
        sandbox.Render((A, "1"));
        sandbox.Put(Ledger, sandbox.Read(Ledger).Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Equal([$"Changed {Ledger}"], Sandbox.Kinds(sandbox.Compare(Sandbox.Tree((A, "1")))));
    }

    [Fact]
    public void A_malformed_ledger_is_reported_alone()
    {
        sandbox.Render((A, "1"));
        sandbox.Put(Ledger, sandbox.Read(Ledger) + "what?\n");
        Assert.Equal([$"GOG5003 manifests/{Ledger}:2"], Sandbox.Codes(sandbox.Compare(Sandbox.Tree((A, "2"))).Blocking(force: true)));
    }

    [Fact]
    public void A_stray_ledger_in_the_staging_area_of_another_name_is_nobody_s()
    {
        sandbox.Render((A, "1"));
        sandbox.Put("elsewhere/dev/.gitopsgen", "not a ledger");
        sandbox.AssertHolds(Sandbox.Tree((A, "1")));
    }

    [Fact]
    public void The_result_does_not_depend_on_the_number_of_jobs()
    {
        var environments = Enumerable.Range(0, 20).Select(i => $"e{i}").ToList();
        sandbox.Render([.. environments.Select(e => ($"overlays/{e}/a", "1"))]);
        foreach (var e in environments.Where((_, i) => i % 3 == 0))
            sandbox.Put($"overlays/{e}/a", "by hand");
        var tree = Sandbox.Tree(environments.Select(e => ($"overlays/{e}/a", "2")));
        var results = Enumerable
            .Range(1, 4)
            .Select(jobs => new OutputWriter(sandbox.Folder, jobs).Compare(tree, Sandbox.Complete(tree), Sandbox.Cancellation))
            .ToList();
        Assert.Single(results.Select(r => string.Join('\n', [.. Sandbox.Kinds(r), .. Sandbox.Codes(r.Diagnostics)])).Distinct());
        Assert.Equal(7, results[0].Diagnostics.Length);
    }

    [Fact]
    public void Comparing_writes_nothing_and_takes_no_lock()
    {
        sandbox.Render((A, "1"), (B, "2"));
        sandbox.Put(A, "by hand");
        using var session = OutputSession.Open(sandbox.Folder).Value!;
        var before = sandbox.Times();
        Assert.NotEmpty(sandbox.Compare(Sandbox.Tree((A, "3"), ("base/x", "4"))).Changes);
        Assert.Equal(before, sandbox.Times());
    }

    [Fact]
    public void Cancelling_is_seen()
    {
        var tree = Sandbox.Tree((A, "1"));
        Assert.Throws<OperationCanceledException>(() => sandbox.Writer.Compare(tree, Sandbox.Complete(tree), new CancellationToken(canceled: true)));
        var changes = sandbox.Compare(tree);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            sandbox.Writer.Write(changes, force: false, new(TimeSpan.Zero), new CancellationToken(canceled: true))
        );
        Assert.False(sandbox.Exists(""));
    }

    [Theory]
    [InlineData("overlays/prod/a")]
    [InlineData("base/.gitopsgen")]
    [InlineData(".gitopsgen-lock")]
    [InlineData(".gitopsgen-staging/1")]
    [InlineData("overlays/dev/a/b")]
    public void A_tree_that_no_ledger_can_list_is_a_bug_of_the_caller(string path) =>
        Assert.Throws<ArgumentException>(() =>
            sandbox.Writer.Compare(Sandbox.Tree((A, "1"), (path, "2")), Sandbox.Only("dev"), Sandbox.Cancellation)
        );

    [Fact]
    public void A_file_too_large_to_show_is_still_compared()
    {
        sandbox.Render((A, "1"));
        using (var large = File.OpenWrite(sandbox.Full(A)))
            large.SetLength(17 << 20);
        var change = Assert.Single(sandbox.Compare(Sandbox.Tree((A, "1"))).Changes);
        Assert.Equal((ChangeKind.Edited, 17L << 20, true), (change.Kind, change.OldLength, change.Old is null));
        Assert.Contains("Too large", new UnifiedDiff(RelativePath.Parse("manifests"), DiffLimits.Default).Of(change), StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_too_large_to_be_one_is_malformed()
    {
        sandbox.Render((A, "1"));
        using (var large = File.OpenWrite(sandbox.Full(Ledger)))
            large.SetLength(17 << 20);
        Assert.Equal([$"GOG5003 manifests/{Ledger}:1"], Sandbox.Codes(sandbox.Compare(Sandbox.Tree((A, "1"))).Diagnostics));
    }
}
