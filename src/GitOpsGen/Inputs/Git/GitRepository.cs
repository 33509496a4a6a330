namespace GitOpsGen.Inputs.Git;

/// <summary>The repository around a root. The root may be anywhere below its top level.</summary>
internal sealed class GitRepository
{
    private const int ShortLength = 7;

    private readonly GitProgram git;
    private readonly GitObjects objects;
    private readonly string root;
    private readonly string prefix;

    private GitRepository(GitProgram git, string root, GitPlace place)
    {
        this.git = git;
        this.root = root;
        objects = new(git);
        prefix = place.Prefix;
        Format = place.Format;
    }

    /// <summary>As much of a commit as is shown.</summary>
    public static string Short(string commit) => commit[..ShortLength];

    /// <summary>How it names its objects.</summary>
    public ObjectFormat Format { get; }

    /// <summary>The root below the top of the repository; <c>.</c> for the top itself.</summary>
    public string Place => prefix.Length == 0 ? "." : prefix.TrimEnd('/');

    /// <summary>
    /// The option that makes git and this program work in the root; empty where the program was started there. A command is read and pasted where
    /// that was, as in a hook, which Git runs at the top of the work tree.
    /// </summary>
    public string AtRoot =>
        Path.GetRelativePath(Directory.GetCurrentDirectory(), root) is var place and not "."
            ? $" -C {ShellWord.InMessage(place.Replace('\\', '/'))}"
            : "";

    /// <summary>The index: what the next commit will hold. In a hook of <c>git commit -a</c>, it is the one that Git names.</summary>
    public GitTree Index => new(this, objects, null);

    /// <summary>Finds the repository of a root.</summary>
    /// <param name="root">The root, absolute.</param>
    /// <param name="cancellation">Ends whatever is read from the repository, now and later.</param>
    /// <exception cref="GitException">Git cannot be run.</exception>
    public static Result<GitRepository> Open(string root, CancellationToken cancellation)
    {
        var git = new GitProgram(GitProgram.Find(Environment.GetEnvironmentVariable("PATH")), root, cancellation);
        var (place, refusal) = GitPlace.Find(git);
        return place is null ? new(null, [refusal!]) : new(new(git.In(place.Top).With(place.Variables), root, place), []);
    }

    /// <summary>The repository in a folder that no variable leads away from.</summary>
    /// <param name="git">Runs there, without those variables.</param>
    /// <param name="folder">Its top.</param>
    public static GitRepository OpenAlone(GitProgram git, string folder)
    {
        var (place, refusal) = GitPlace.Ask(git);
        return place is null ? throw new GitException(refusal!) : new(git, folder, place);
    }

    /// <summary>The address of the remote <c>origin</c>, if there is one.</summary>
    public string? Origin => git.Ask("config", "remote.origin.url") is { Succeeded: true, Line: { Length: > 0 } address } ? address : null;

    /// <summary>Whether the history ends before its beginning.</summary>
    public bool IsShallow => git.Ask("rev-parse", "--is-shallow-repository").Line == "true";

    /// <summary>Whether one commit is another or before it. Both are here.</summary>
    public bool IsAncestor(string one, string other) => git.Ask("merge-base", "--is-ancestor", one, other).Succeeded;

    /// <summary>The paths in which the work tree or the index differ from the last commit, new ones included.</summary>
    public string[] Uncommitted() =>
        [
            .. Required(git.Ask("-c", "status.renames=false", "status", "--porcelain", "-z", "--untracked-files=normal"))
                .Output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Select(entry => entry[3..]),
        ];

    /// <summary>The files of a commit.</summary>
    /// <param name="revision">Whatever Git takes for one; not from its first <c>-</c> on, which the command line refuses.</param>
    /// <exception cref="GitException">Git cannot be run.</exception>
    public Result<GitTree> At(string revision)
    {
        var (commit, found) = new GitCommits(git).Find(revision);
        return new(commit is null ? null : FilesOf(commit), found);
    }

    /// <summary>The files of a commit that is known to be here.</summary>
    /// <param name="commit">Its name, in full.</param>
    public GitTree FilesOf(string commit) => new(this, objects, commit);

    /// <inheritdoc cref="GitCommits.FindBase"/>
    public Result<GitBase> FindBase() => new GitCommits(git).FindBase();

    /// <summary>The name of a commit's tree.</summary>
    public string TreeOf(string commit) => Required(git.Ask("rev-parse", "--verify", $"{commit}^{{tree}}")).Line;

    /// <summary>The path from the top of the repository of a path below the root.</summary>
    public string PathOf(RelativePath path) => prefix + path.Value;

    /// <summary>The path from the top of the repository; <see langword="null"/> outside of it.</summary>
    public string? PathOf(string full)
    {
        var relative = Path.GetRelativePath(root, full);
        if (Path.IsPathRooted(relative))
            return null;
        var segments = new List<string>(prefix.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var segment in relative.Split(Path.DirectorySeparatorChar).Where(segment => segment != "."))
        {
            if (segment != "..")
                segments.Add(segment);
            else if (segments.Count == 0)
                return null;
            else
                segments.RemoveAt(segments.Count - 1);
        }

        return string.Join('/', segments);
    }

    /// <summary>A path of the repository as it is printed: relative to the root.</summary>
    public string Shown(string path) =>
        path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : Path.GetRelativePath(root, FullOf(path)).Replace('\\', '/');

    /// <summary>Where a path of the repository is on this machine, if it is there.</summary>
    public string FullOf(string path) =>
        path.StartsWith(prefix, StringComparison.Ordinal)
            ? Path.Combine(root, path[prefix.Length..])
            : Path.GetFullPath(Path.Combine(root, string.Concat(prefix.Where(c => c == '/').Select(_ => "../")), path));

    /// <summary>What is at some paths and below them, by path.</summary>
    public List<GitEntry> List(string? commit, params string[] paths)
    {
        List<GitEntry> entries = [];
        string[] arguments = commit is null
            ? ["ls-files", "-s", "-z", "--", .. paths]
            : ["ls-tree", "-r", "-z", "--full-tree", commit, "--", .. paths];
        Required(git.Run([], output => entries = GitEntry.ReadAll(output), arguments));
        return entries;
    }

    /// <summary>Those of some paths of the index that <c>git add -N</c> put there.</summary>
    public HashSet<string> NamesAlone(string[] paths) =>
        [
            .. Required(git.Ask(["diff-files", "--name-only", "--diff-filter=A", "--no-ext-diff", "-z", "--", .. paths]))
                .Output.Split('\0', StringSplitOptions.RemoveEmptyEntries),
        ];

    /// <summary>The files of the index, at a path and below it, that a sparse checkout keeps off the disk.</summary>
    public IEnumerable<string> LeftOut(string path)
    {
        const string Skipped = "S ";
        var listed = "";
        Required(git.Run([], output => listed = new StreamReader(output).ReadToEnd(), "ls-files", "-t", "-z", "--", path));
        return listed
            .Split('\0')
            .Where(entry => entry.StartsWith(Skipped, StringComparison.Ordinal))
            .Select(entry => entry[Skipped.Length..])
            .Where(file => !Path.Exists(FullOf(file)));
    }

    private GitAnswer Required(GitAnswer answer) => answer.Succeeded ? answer : throw git.Failed(answer);
}
