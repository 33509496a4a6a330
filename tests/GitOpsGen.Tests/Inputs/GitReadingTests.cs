using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Inputs.Git;
using GitOpsGen.Model;
using GitOpsGen.Output;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Inputs;

/// <summary>What is read from commits and from the index of real repositories.</summary>
public sealed class GitReadingTests : IDisposable
{
    private const string Pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Theory]
    [InlineData("", "sha1")]
    [InlineData("infra/with space/ümlaut/", "sha1")]
    [InlineData("infra/", "sha256")]
    public void A_root_anywhere_in_a_repository_is_read_as_it_was_committed(string below, string format)
    {
        var git = GitFolder.Init(temp["repository"], $"--object-format={format}");
        git.Write($"{below}.config/gitopsgen.yaml", "old").Write($"{below}manifests/a/b.yaml", "content\n").Write("other", "x");
        var commit = git.Commit();
        git.Write($"{below}.config/gitopsgen.yaml", "new");
        var before = git.Snapshot();
        var root = Path.Combine(git.Path, below);

        var tree = At(root, "HEAD");
        var entry = Assert.Single(tree.FilesIn(RelativePath.Parse("manifests")));

        Assert.Equal(commit, tree.Commit);
        Assert.Equal("old", Settings(root, tree));
        Assert.Equal("old", Settings(root, Open(root).Index));
        Assert.Equal(("a/b.yaml", ObjectId.OfBlob(tree.Format, "content\n"u8)), (entry.Path, entry.Id));
        Assert.Equal("content\n", Encoding.UTF8.GetString(tree.Read([entry.Id])[entry.Id].Content!.Value.Span));
        Assert.Equal(git.Run("rev-parse", "HEAD^{tree}"), Open(root).TreeOf(commit));
        Assert.Equal(before, git.Snapshot());
    }

    [Fact]
    public void The_index_is_read_and_neither_the_last_commit_nor_the_disk()
    {
        var git = GitFolder.Init(temp["repository"]).Write(".config/gitopsgen.yaml", "committed");
        git.Commit();
        git.Write(".config/gitopsgen.yaml", "staged").Run("add", "--all");
        git.Write(".config/gitopsgen.yaml", "on disk");

        Assert.Equal("staged", Settings(git.Path, Open(git.Path).Index));
    }

    [Fact]
    public void What_Git_changes_in_a_work_tree_is_not_in_what_is_read()
    {
        var git = GitFolder.Init(temp["repository"]).Write(".config/gitopsgen.yaml", "a\nb\n").Write("manifests/x", "1\n2\n");
        git.Commit();
        git.Run("config", "core.autocrlf", "true");
        git.Run("sparse-checkout", "set", "--no-cone", "/.config/");
        File.Delete(Path.Combine(git.Path, ".config/gitopsgen.yaml"));
        git.Run("checkout", "--", ".");

        Assert.Equal("a\r\nb\r\n", File.ReadAllText(Path.Combine(git.Path, ".config/gitopsgen.yaml")));
        Assert.False(File.Exists(Path.Combine(git.Path, "manifests/x")));
        foreach (var tree in (GitTree[])[Open(git.Path).Index, At(git.Path, "HEAD")])
        {
            Assert.Equal("a\nb\n", Settings(git.Path, tree));
            Assert.Equal(ObjectId.OfBlob(tree.Format, "1\n2\n"u8), Assert.Single(tree.FilesIn(RelativePath.Parse("manifests"))).Id);
        }
    }

    [Fact]
    public void Odd_names_are_names()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names");
        var git = GitFolder.Init(temp["repository"]);
        string[] names = ["a\tb", "a\nb", "*", "[x]", ":(top)y", "-r", "ümläut", "\"quoted\"", " "];
        foreach (var name in names)
            git.Write($"manifests/{name}/file", name);
        git.Commit();

        foreach (var tree in (GitTree[])[Open(git.Path).Index, At(git.Path, "HEAD")])
            Assert.Equal(
                names.Select(name => $"{name}/file").Order(),
                tree.FilesIn(RelativePath.Parse("manifests")).Select(entry => entry.Path).Order()
            );
    }

    [Fact]
    public void A_link_or_a_submodule_where_a_file_is_meant_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right that few have on Windows");
        var other = GitFolder.Init(temp["other"]).Write("gitopsgen.yaml", "x");
        other.Commit();
        var git = GitFolder.Init(temp["repository"]).Write("real", "x");
        git.Run("submodule", "add", "--quiet", new Uri(other.Path).AbsoluteUri, ".config");
        Directory.CreateSymbolicLink(Path.Combine(git.Path, "linked"), "real");
        File.CreateSymbolicLink(Path.Combine(git.Path, "link.yaml"), "real");
        git.Commit();

        foreach (var tree in (GitTree[])[Open(git.Path).Index, At(git.Path, "HEAD")])
        {
            foreach (var (path, at) in new[] { (".config/gitopsgen.yaml", ".config"), ("linked/x.yaml", "linked"), ("link.yaml", "link.yaml") })
            {
                var file = tree.Read(Path.Combine(git.Path, path), path, TestContext.Current.CancellationToken);
                Assert.Equal(Rules.NotAFileInGit, file.Cause?.Rule);
                Assert.StartsWith($"{at} is a ", file.Problem, StringComparison.Ordinal);
            }

            var inTheWay = new GitOutput(tree, Open(git.Path), new(git.Path, RelativePath.Parse(".config/manifests"))).InTheWay();
            Assert.Equal(Rules.NotAFileInGit, Assert.Single(inTheWay).Rule);
        }
    }

    [Fact]
    public void A_pointer_of_LFS_is_refused_wherever_it_is_read()
    {
        var git = GitFolder.Init(temp["repository"]).Write(".config/gitopsgen.yaml", Pointer);
        git.Commit();

        foreach (var inputs in (InputTree[])[new(git.Path), new InputTree(git.Path).In(At(git.Path, "HEAD"))])
        {
            var found = Assert.Single(Project.Open(inputs, [], TestContext.Current.CancellationToken).Diagnostics);
            Assert.Equal(("GOG1207", ".config/gitopsgen.yaml(1,1)"), (found.Rule.Code, found.Span?.Place));
        }
    }

    [Fact]
    public void A_file_that_only_its_name_was_added_of_or_that_is_not_merged_is_named()
    {
        var git = GitFolder.Init(temp["repository"]).Write("base", "x");
        git.Commit();
        git.Write("name", "x").Run("add", "-N", "name");
        git.Write("empty", "").Run("add", "empty");
        var blob = git.Run("hash-object", "-w", "base");
        git.Feed($"100644 {blob} 2\tboth\n100644 {blob} 3\tboth\n", "update-index", "--index-info");
        var index = Open(git.Path).Index;

        Assert.Equal([Rules.NotAdded, Rules.Unmerged, null], Refusals(git.Path, index, "name", "both", "empty"));
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused_and_not_kept()
    {
        var git = GitFolder.Init(temp["repository"]).Write("large", new string('x', DiskFile.MaxHeld + 1)).Write("small", "y");
        git.Commit();
        var tree = At(git.Path, "HEAD");

        Assert.Equal([Rules.YamlLimit, null], Refusals(git.Path, tree, "large", "small"));
    }

    [Fact]
    public void A_partial_clone_fetches_what_is_missing_at_once_and_only_that()
    {
        var origin = GitFolder.Init(temp["origin"]);
        foreach (var number in Enumerable.Range(0, 30))
            origin.Write($"manifests/{number}", $"content {number}\n");
        origin.Write("manifests/other", "never read\n").Commit();
        var clone = origin.Clone(temp["clone"], "--filter=blob:none", "--no-checkout");
        var before = clone.Snapshot();
        var tree = At(clone.Path, "HEAD");
        var ids = tree.FilesIn(RelativePath.Parse("manifests")).Where(entry => entry.Path != "other").Select(entry => entry.Id).ToList();

        var read = tree.Read(ids);

        Assert.Equal(30, read.Values.Select(file => Encoding.UTF8.GetString(file.Content!.Value.Span)).Distinct().Count());
        Assert.Equal(before, clone.Snapshot());
        // All of them came in one pack, and what nobody asked for did not come.
        var packs = Directory.GetFiles(Path.Combine(clone.Path, ".git/objects/pack"), "*.pack").Select(pack => clone.Run("verify-pack", "-v", pack));
        Assert.Single(
            packs,
            text => text.Contains(" blob ", StringComparison.Ordinal) && ids.TrueForAll(id => text.Contains(id, StringComparison.Ordinal))
        );
        var other = clone.Run("rev-parse", "HEAD:manifests/other");
        Assert.DoesNotContain(packs, text => text.Contains(other, StringComparison.Ordinal));
    }

    [Fact]
    public void A_partial_clone_whose_remote_is_gone_says_so()
    {
        var origin = GitFolder.Init(temp["origin"]).Write(".config/gitopsgen.yaml", "x");
        origin.Commit();
        var clone = origin.Clone(temp["clone"], "--filter=blob:none", "--no-checkout");
        Directory.Move(origin.Path, temp["moved"]);

        var failure = Assert.Throws<GitException>(() => Settings(clone.Path, At(clone.Path, "HEAD")));

        Assert.Equal(Rules.RemoteSilent, failure.Finding.Rule);
    }

    [Fact]
    public void A_damaged_repository_is_told_from_a_partial_one()
    {
        var git = GitFolder.Init(temp["repository"]).Write(".config/gitopsgen.yaml", "x");
        git.Commit();
        var id = git.Run("rev-parse", "HEAD:.config/gitopsgen.yaml");
        var file = Path.Combine(git.Path, ".git/objects", id[..2], id[2..]);
        File.SetAttributes(file, FileAttributes.Normal);
        File.Delete(file);

        Assert.Equal(Rules.GitRefuses, Assert.Throws<GitException>(() => Settings(git.Path, At(git.Path, "HEAD"))).Finding.Rule);
    }

    [Fact]
    public void A_run_that_is_cancelled_asks_git_nothing_more()
    {
        var git = GitFolder.Init(temp["repository"]).Write("x", "x");
        git.Commit();
        using var cancellation = new CancellationTokenSource();
        var repository = GitRepository.Open(git.Path, cancellation.Token).Value!;
        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() => repository.At("HEAD"));
    }

    [Fact]
    public void A_folder_that_is_no_repository_is_refused_with_what_git_says()
    {
        Directory.CreateDirectory(temp["plain"]);
        var found = Assert.Single(GitRepository.Open(temp["plain"], TestContext.Current.CancellationToken).Diagnostics);

        Assert.Equal(Rules.GitRefuses, found.Rule);
        Assert.Contains("not a git repository", found.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<Rule?> Refusals(string root, GitTree tree, params string[] paths) =>
        paths.Select(path => tree.Read(Path.Combine(root, path), path, TestContext.Current.CancellationToken).Cause?.Rule);

    private static GitRepository Open(string root) => GitRepository.Open(root, TestContext.Current.CancellationToken).Value!;

    private static GitTree At(string root, string revision) => Open(root).At(revision).Value!;

    private static string Settings(string root, GitTree tree) =>
        Encoding.UTF8.GetString(new InputTree(root).In(tree).ReadSettings(TestContext.Current.CancellationToken).Content!.Value.Span);
}
