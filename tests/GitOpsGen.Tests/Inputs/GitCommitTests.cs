using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs.Git;
using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Inputs;

/// <summary>Which commit a name means, and which one a change is compared with.</summary>
public sealed class GitCommitTests : IDisposable
{
    private readonly TempFolder temp = new();
    private readonly GitFolder git;
    private readonly string first;
    private readonly string second;

    public GitCommitTests()
    {
        git = GitFolder.Init(temp["repository"]).Write("file", "1");
        first = git.Commit();
        git.Write("file", "2");
        second = git.Commit();
    }

    public void Dispose() => temp.Dispose();

    [Fact]
    public void Whatever_git_takes_for_a_commit_is_one()
    {
        git.Run("tag", "-m", "a tag", "v1", first);
        string[] revisions = ["HEAD~1", "v1", first, first[..8], "main^"];

        Assert.All(revisions, revision => Assert.Equal(first, Open(git).At(revision).Value?.Commit));
    }

    [Theory]
    [InlineData("nothing", "GOG1203")]
    [InlineData("HEAD:file", "GOG1203")]
    [InlineData("HEAD^{tree}", "GOG1203")]
    [InlineData("HEAD~5", "GOG1203")]
    [InlineData("", "GOG1203")]
    [InlineData("a b", "GOG1203")]
    [InlineData("--git-dir=/tmp", "GOG1203")]
    [InlineData("0123456789012345678901234567890123456789", "GOG8001")]
    public void What_is_no_commit_here_is_refused(string revision, string code) => Assert.Equal(code, Refusal(git, revision).Rule.Code);

    [Fact]
    public void A_name_that_means_two_things_is_refused_with_both()
    {
        git.Run("tag", "main", first);

        var found = Refusal(git, "main");

        Assert.Equal(Rules.NoSuchCommit, found.Rule);
        Assert.Contains("refs/heads/main, refs/tags/main", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Digits_that_two_commits_begin_with_are_refused_with_both()
    {
        var commits = Enumerable.Range(0, 1000).Select(number => $"commit refs/heads/many\ncommitter A <a@example.com> {number} +0000\ndata 1\nx\n");
        git.Feed(string.Concat(commits), "fast-import", "--quiet");
        var ids = git.Run("rev-list", "many").Split('\n');
        var (digits, both) = ids.GroupBy(id => id[..4]).Where(group => group.Count() > 1).Select(group => (group.Key, group.ToList())).First();

        var found = Refusal(git, digits);

        Assert.Equal(Rules.NoSuchCommit, found.Rule);
        Assert.All(both, id => Assert.Contains(id[..7], found.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_shallow_clone_says_what_to_fetch()
    {
        var clone = git.Clone(temp["clone"], "--depth=1");

        Assert.Equal([Rules.TooShallow, Rules.TooShallow], new[] { "HEAD~1", first }.Select(revision => Refusal(clone, revision).Rule));
        Assert.Contains($"git fetch --depth=1 origin {first}", Refusal(clone, first).Fix, StringComparison.Ordinal);

        clone.Run("fetch", "--quiet", "--depth=1", "origin", first);
        Assert.Equal(first, Open(clone).At(first).Value?.Commit);
    }

    [Fact]
    public void A_branch_is_compared_with_where_it_left_the_default_branch()
    {
        var clone = git.Clone(temp["clone"]);
        clone.Run("checkout", "--quiet", "-b", "change", first);
        clone.Write("other", "x");
        clone.Commit();

        Assert.Equal(new GitBase(first, "merge base with origin/main"), Base(clone).Value);

        clone.Run("checkout", "--quiet", "--detach");
        clone.Run("symbolic-ref", "--delete", "refs/remotes/origin/HEAD");
        Assert.Equal(new GitBase(first, "merge base with origin/main"), Base(clone).Value);
    }

    [Fact]
    public void On_the_default_branch_and_without_a_remote_the_last_commit_counts()
    {
        Assert.Equal(second, Base(git).Value?.Commit);
        Assert.Equal(second, Base(git.Clone(temp["clone"])).Value?.Commit);
    }

    [Fact]
    public void Without_a_commit_there_is_nothing_to_compare_with()
    {
        var empty = GitFolder.Init(temp["empty"]);

        Assert.Equal([Rules.NoSuchCommit], Base(empty).Diagnostics.Select(found => found.Rule));
        // publish takes no name of a commit.
        Assert.DoesNotContain("Name a commit", Refusal(empty, "HEAD").Fix, StringComparison.Ordinal);
        Assert.Equal(Rules.NoSuchCommit, Refusal(empty, "HEAD").Rule);
    }

    [Fact]
    public void A_missing_merge_base_is_told_from_one_that_is_not_fetched()
    {
        git.Run("checkout", "--quiet", "-b", "change", first);
        git.Write("other", "x");
        git.Commit();
        var shallow = git.Clone(temp["shallow"], "--depth=1", "--no-single-branch");
        shallow.Run("remote", "set-head", "origin", "main");
        shallow.Run("checkout", "--quiet", "change");
        Assert.Equal([Rules.TooShallow], Base(shallow).Diagnostics.Select(found => found.Rule));

        var whole = git.Clone(temp["whole"]);
        whole.Run("remote", "set-head", "origin", "main");
        whole.Run("checkout", "--quiet", "--orphan", "alone");
        whole.Commit();
        Assert.Equal([Rules.NoSuchCommit], Base(whole).Diagnostics.Select(found => found.Rule));
    }

    private static Diagnostic Refusal(GitFolder folder, string revision) => Assert.Single(Open(folder).At(revision).Diagnostics);

    private static Result<GitBase> Base(GitFolder folder) => Open(folder).FindBase();

    private static GitRepository Open(GitFolder folder) => GitRepository.Open(folder.Path, TestContext.Current.CancellationToken).Value!;
}
