namespace GitOpsGen.Inputs.Git;

/// <summary>Finds commits by what people call them.</summary>
internal sealed class GitCommits(GitProgram git)
{
    private const string Head = "HEAD";
    private const string Origin = "refs/remotes/origin/";

    /// <summary>
    /// The commit of a revision. Always asked for as a commit: otherwise git accepts any 40 digits. Without <c>--end-of-options</c>, which
    /// rev-parse knows since 2.30 and which a revision that does not begin with <c>-</c> does not need.
    /// </summary>
    public (string? Commit, ImmutableArray<Diagnostic> Found) Find(string revision)
    {
        // The command line calls it wrong usage before it comes here. git would take it for an option.
        if (revision.StartsWith('-'))
            return (null, [Refusal(revision, new(1, "", "it begins with -"))]);
        var answer = git.Ask("rev-parse", "--verify", $"{revision}^{{commit}}");
        if (!answer.Succeeded)
            return (null, [Refusal(revision, answer)]);
        return answer.Error.Contains(" is ambiguous", StringComparison.Ordinal) ? (null, [Ambiguous(revision, RefsOf(revision))]) : (answer.Line, []);
    }

    /// <summary>
    /// What a change is compared with unless somebody says otherwise: where it left the default branch of the remote; on that branch itself,
    /// or without a remote, the last commit.
    /// </summary>
    /// <exception cref="GitException">Git cannot be run.</exception>
    public Result<GitBase> FindBase()
    {
        var head = git.Ask("rev-parse", "--verify", "--quiet", $"{Head}^{{commit}}");
        if (!head.Succeeded)
        {
            return new(
                null,
                [
                    new(
                        Rules.NoSuchCommit,
                        "There is no commit yet, so there is nothing to compare with.",
                        "Commit first, or name a commit with --base.",
                        null
                    ),
                ]
            );
        }

        if (DefaultBranch() is not { } branch)
            return new(new(head.Line, "HEAD, because there is no remote with a default branch"), []);
        var current = git.Ask("symbolic-ref", "--quiet", Head);
        var name = branch["refs/remotes/".Length..];
        if (current.Succeeded && current.Line == $"refs/heads/{branch[Origin.Length..]}")
            return new(new(head.Line, $"HEAD, because {name} is this branch's own"), []);
        var found = git.Ask("merge-base", Head, branch);
        return found.Succeeded ? new(new(found.Line.Split('\n')[0], $"merge base with {name}"), []) : new(null, [NoMergeBase(name)]);
    }

    // In one question: to where HEAD of the remote leads, if that is here, and whether the two usual names are.
    private string? DefaultBranch()
    {
        string[] usual = [$"{Origin}main", $"{Origin}master"];
        var known = git.Ask(["for-each-ref", "--format=%(objecttype) %(refname) %(symref)", $"{Origin}HEAD", .. usual])
            .Output.Split('\n')
            .Select(line => line.Split(' '))
            .Where(words => words is ["commit", _, _])
            .ToDictionary(words => words[1], words => words[2], StringComparer.Ordinal);
        return known.TryGetValue($"{Origin}HEAD", out var told) && told.StartsWith(Origin, StringComparison.Ordinal)
            ? told
            : Array.Find(usual, known.ContainsKey);
    }

    private Diagnostic NoMergeBase(string branch) =>
        IsShallow()
            ? new(
                Rules.TooShallow,
                $"The commit where this branch left {branch} is not in this clone, which is shallow.",
                "Run 'git fetch --deepen=100', or more, or name a commit with --base.",
                null
            )
            : new(Rules.NoSuchCommit, $"HEAD and {branch} have no commit in common.", "Name a commit with --base.", null);

    private Diagnostic Refusal(string revision, GitAnswer answer)
    {
        var shown = Excerpt.Of(revision);
        if (answer.Error.Contains("is ambiguous", StringComparison.Ordinal))
        {
            var candidates = answer.Error.Split('\n').Where(line => line.StartsWith("hint:   ", StringComparison.Ordinal)).Select(line => line[8..]);
            return Ambiguous(revision, candidates);
        }

        // Of a tag, a blob or a tree, git says what it is.
        if (answer.Error.Split('\n').FirstOrDefault(line => line.Contains("expected commit type", StringComparison.Ordinal)) is { } said)
            return new(Rules.NoSuchCommit, $"'{shown}' is not a commit: {Excerpt.Of(said, 300)}.", "Name a commit, a branch or a tag of one.", null);
        // The last commit of a branch that has none.
        if (revision == Head && !git.Ask("rev-parse", "--verify", "--quiet", Head).Succeeded)
            return new(Rules.NoSuchCommit, "There is no commit yet: HEAD leads to none.", "Commit first.", null);
        if (ObjectId.Is(revision))
        {
            var id = GitRepository.Short(revision);
            return new(Rules.TooShallow, $"The commit {id} is not in this clone.", $"Run 'git fetch --depth=1 origin {revision}'.", null);
        }

        var isOlder = revision.IndexOfAny(['~', '^', '@']) > 0;
        if (isOlder && IsShallow())
        {
            return new(
                Rules.TooShallow,
                $"The commit '{shown}' is not in this clone, which is shallow.",
                "Run 'git fetch --deepen=1', or more, or name another commit.",
                null
            );
        }

        return new(
            Rules.NoSuchCommit,
            $"'{shown}' is not a commit of this repository: {answer.Reason}.",
            "Name a commit, a branch or a tag; 'git fetch' gets those of the remote.",
            null
        );
    }

    private static Diagnostic Ambiguous(string revision, IEnumerable<string> candidates) =>
        new(
            Rules.NoSuchCommit,
            $"'{Excerpt.Of(revision)}' may mean several things: {Excerpt.Of(string.Join(", ", candidates), 300)}.",
            "Name one of them in full.",
            null
        );

    private string[] RefsOf(string revision) =>
        git.Ask("for-each-ref", "--format=%(refname)", $"refs/tags/{revision}", $"refs/heads/{revision}", $"refs/remotes/{revision}")
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private bool IsShallow() => git.Ask("rev-parse", "--is-shallow-repository").Line == "true";
}

/// <summary>What a change is compared with.</summary>
/// <param name="Commit">Its name.</param>
/// <param name="Reason">How it was found, as people read it.</param>
internal sealed record GitBase(string Commit, string Reason);
