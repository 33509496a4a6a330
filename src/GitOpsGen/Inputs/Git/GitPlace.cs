using GitOpsGen.Output;

namespace GitOpsGen.Inputs.Git;

/// <summary>Where a root is in its repository.</summary>
/// <param name="Top">The top level of the work tree.</param>
/// <param name="Prefix">The root below it: empty, or ended by <c>/</c>.</param>
/// <param name="Folder">The folder of the repository itself.</param>
/// <param name="Format">How it names its objects.</param>
internal sealed record GitPlace(string Top, string Prefix, string Folder, ObjectFormat Format)
{
    /// <summary>What Git's folder is called at the top of a work tree; a file of that name says where it is.</summary>
    public const string FolderName = ".git";

    private const string GitDir = "GIT_DIR";
    private const string WorkTree = "GIT_WORK_TREE";
    private const string IndexFile = "GIT_INDEX_FILE";

    /// <summary>What git has to be told so that it means the same repository and index in <see cref="Top"/>.</summary>
    public ImmutableArray<KeyValuePair<string, string?>> Variables { get; private init; } = [];

    /// <summary>
    /// The top of the work tree that a folder is in, or is, as far as the disk alone tells; <see langword="null"/> where none is found. Git is
    /// not asked: not every machine has it, and to ask takes longer than all else that a small run does.
    /// </summary>
    public static string? TopAbove(string folder)
    {
        var top = Path.GetFullPath(folder);
        while (top is not null && !Path.Exists(Path.Combine(top, FolderName)))
            top = Path.GetDirectoryName(top);
        return top;
    }

    /// <summary>
    /// Asks git in the root. Hooks are told the repository and the index by variables, and those are kept: <c>commit -a</c> and partial
    /// commits have an index of their own. But with GIT_DIR alone, git takes any folder for the top level; and another repository than the
    /// hook's has another index.
    /// </summary>
    public static (GitPlace? Place, Diagnostic? Refusal) Find(GitProgram git)
    {
        var told = Environment.GetEnvironmentVariable(GitDir);
        var folder = told is { Length: > 0 } ? Path.GetFullPath(told) : null;
        var workTree = Environment.GetEnvironmentVariable(WorkTree) is { Length: > 0 } tree ? Path.GetFullPath(tree) : null;
        // git would say it too, but here it is asked without the variable first.
        if (folder is not null && !Path.Exists(folder))
        {
            return (
                null,
                new(
                    Rules.GitRefuses,
                    $"GIT_DIR names '{Excerpt.Of(told!)}', which does not exist.",
                    "Unset it, or name the folder of a repository.",
                    null
                )
            );
        }

        var (found, refusal) = folder is null ? Ask(git) : Ask(git.With(new(GitDir, null), new(WorkTree, null)));
        if (folder is null)
            return (found?.WithIndex(), refusal);
        if (found is not null && workTree is null && !DiskPath.IsSame(found.Folder, folder))
            return (found with { Variables = [new(GitDir, null), new(WorkTree, null), new(IndexFile, null)] }, null);
        KeyValuePair<string, string?>[] variables = [new(GitDir, folder), new(WorkTree, workTree ?? found?.Top ?? Directory.GetCurrentDirectory())];
        (found, refusal) = Ask(git.With([.. variables]));
        return found is null ? (null, refusal) : ((found with { Variables = [.. variables] }).WithIndex(), null);
    }

    /// <summary>Asks git where it is, and nothing else.</summary>
    public static (GitPlace? Place, Diagnostic? Refusal) Ask(GitProgram git)
    {
        var answer = git.Ask("rev-parse", "--show-toplevel", "--show-prefix", "--absolute-git-dir", "--show-object-format");
        // A git that does not know the last option repeats it, and it knows one format alone.
        if (answer.Line.EndsWith("--show-object-format", StringComparison.Ordinal))
            git.RequireVersion();
        return answer switch
        {
            { Succeeded: true } when answer.Line.Split('\n') is [var top, var prefix, var folder, var format] => (
                new(top, prefix, folder, format == "sha256" ? ObjectFormat.Sha256 : ObjectFormat.Sha1),
                null
            ),
            { Succeeded: true } => throw git.Failed(answer with { Error = "the path of the repository has a line break" }),
            _ => (null, Refusal(answer)),
        };
    }

    private static Diagnostic Refusal(GitAnswer answer) =>
        new(
            Rules.GitRefuses,
            $"Git does not read a repository here: {answer.Reason}.",
            answer.Error.Contains("dubious ownership", StringComparison.Ordinal)
                ? "Give the folder to the user who runs this, or trust it with 'git config --global --add safe.directory FOLDER'."
                : "Name a root in the work tree of a Git repository, with -C.",
            null
        );

    // Git takes a relative one from the top level, or from where it is.
    private GitPlace WithIndex()
    {
        if (Environment.GetEnvironmentVariable(IndexFile) is not { Length: > 0 } told)
            return this;
        var index = new[] { Path.GetFullPath(told), Path.GetFullPath(told, Top) } is var places && File.Exists(places[0]) ? places[0] : places[1];
        var around = Path.GetDirectoryName(index)!;
        var isOfAnother = File.Exists(Path.Combine(around, "HEAD")) && !DiskPath.IsSame(around, Folder);
        return this with { Variables = Variables.Add(new(IndexFile, isOfAnother ? null : index)) };
    }
}
