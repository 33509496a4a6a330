using GitOpsGen.Inputs.Git;
using GitOpsGen.Output;

namespace GitOpsGen.Publishing;

/// <summary>
/// A repository in a temporary folder that has the branch, without a work tree: line ends, filters and long paths of a disk do not matter. The
/// only place where git writes. Nothing of the caller's repository reaches it, and the address is not in its files.
/// </summary>
internal sealed class TargetRepository : IDisposable
{
    private const string Remote = "target";
    private const string Tracking = "refs/remotes/target/branch";
    private const char NextCommit = '\x1e';
    private const char NextField = '\x1f';

    private static readonly int[] Depths = [50, 1000, int.MaxValue];

    private readonly GitProgram git;
    private readonly PublishRequest request;

    private TargetRepository(GitProgram git, string folder, PublishRequest request)
    {
        this.git = git;
        this.request = request;
        Folder = folder;
    }

    /// <summary>The temporary folder, in which no file of the branch is.</summary>
    public string Folder { get; }

    private string Branch => $"refs/heads/{request.Branch}";

    /// <summary>An empty one.</summary>
    public static TargetRepository Create(PublishRequest request, CancellationToken cancellation)
    {
        var git = new GitProgram(GitProgram.Find(Environment.GetEnvironmentVariable("PATH")), Path.GetTempPath(), cancellation);
        // A hook, or a script around us, may have told git about another repository.
        var local = git.Ask("rev-parse", "--local-env-vars").Line.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var alone = git.With([.. local.Select(name => KeyValuePair.Create(name, (string?)null))]);
        // From here on nothing may fail before the caller can dispose of it.
        var folder = Directory.CreateTempSubdirectory("gitopsgen-publish-").FullName;
        return new(alone.In(folder), folder, request);
    }

    /// <summary>Where the branch is now; the value is <see langword="null"/> where it does not exist.</summary>
    /// <exception cref="GitException">The remote cannot be reached, or refuses.</exception>
    public string? Tip() => Refs().GetValueOrDefault(Branch);

    /// <summary>Gets the branch as it is now.</summary>
    /// <returns>Its commit, <see langword="null"/> where it does not exist.</returns>
    /// <exception cref="GitException">The remote cannot be reached, or refuses.</exception>
    public string? Fetch()
    {
        var refs = Refs();
        if (!Directory.Exists(Path.Combine(Folder, ".git")))
        {
            string[] format = refs.Values.FirstOrDefault() is { Length: 64 } ? ["--object-format=sha256"] : [];
            Required(git.Ask(["init", "--quiet", "--template=", .. format]));
        }

        if (!refs.ContainsKey(Branch))
            return null;
        Reached(AskRemote("fetch", "--depth=1", Remote, $"+{Branch}:{Tracking}"));
        return Required(git.Ask("rev-parse", "--verify", $"{Tracking}^{{commit}}")).Line;
    }

    /// <summary>The files of a commit of the branch.</summary>
    public GitTree FilesOf(string commit) => GitRepository.OpenAlone(git, Folder).At(commit).Value!;

    /// <summary>The source whose output was published last to a path. The history of the branch is read as far as that.</summary>
    public PublishedSource? LastSource(string tip, string path)
    {
        foreach (var depth in Depths)
        {
            var log = Required(
                git.Ask(
                    "-c",
                    "log.showSignature=false",
                    "log",
                    "--topo-order",
                    $"--grep=^{SourceTrailer.Path}: ",
                    $"--format=%x1e%(trailers:key={SourceTrailer.Path},valueonly)%x1f%(trailers:key={SourceTrailer.Source},valueonly)",
                    tip
                )
            );
            var commits = log
                .Output.Split(NextCommit)
                .Select(commit => commit.Split(NextField))
                .Where(fields => fields.Length == 2)
                .Select(fields => (Values(fields[0]), Values(fields[1])));
            if (SourceTrailer.Find(commits, path) is { } source)
                return source;
            if (git.Ask("rev-parse", "--is-shallow-repository").Line != "true")
                return null;
            string much = depth == int.MaxValue ? "--unshallow" : FormattableString.Invariant($"--deepen={depth}");
            Reached(AskRemote("fetch", much, Remote, $"+{Branch}:{Tracking}"));
        }

        return null;

        static string[] Values(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>Makes the commit, with git's identity and signature.</summary>
    /// <param name="tip">The commit before it; <see langword="null"/> for the first one of a branch.</param>
    /// <param name="folder">Where the changes are.</param>
    /// <param name="changes">What differs.</param>
    /// <param name="message">The whole message.</param>
    public (string? Commit, Diagnostic? Problem) Commit(string? tip, RelativePath folder, ImmutableArray<Change> changes, string message)
    {
        var format = GitRepository.OpenAlone(git, Folder).Format;
        var written = changes.Where(change => change.New is not null).ToArray();
        Required(git.Feed(written.SelectMany(change => Blob(change.New!.Value)), "fast-import", "--quiet"));
        Required(tip is null ? git.Ask("read-tree", "--empty") : git.Ask("read-tree", tip));
        var nothing = new string('0', format == ObjectFormat.Sha256 ? 64 : 40);
        // What leaves comes first: a file may be where a folder is to be.
        var entries = changes
            .Where(change => change.New is null)
            .Select(change => $"0 {nothing}\t{change.Path.Below(folder)}")
            .Concat(written.Select(change => $"100644 {ObjectId.OfBlob(format, change.New!.Value.Span)}\t{change.Path.Below(folder)}"));
        Required(git.Feed(entries, "update-index", "--index-info"));
        var tree = Required(git.Ask("write-tree")).Line;
        string[] signature = git.Ask("config", "--type=bool", "commit.gpgSign").Line == "true" ? ["-S"] : [];
        string[] parent = tip is null ? [] : ["-p", tip];
        var made = git.Feed([message.TrimEnd('\n')], ["commit-tree", .. signature, .. parent, "-F", "-", tree]);
        return made.Succeeded
            ? (made.Line, null)
            : (
                null,
                new(
                    Rules.CommitRefused,
                    $"Git does not make the commit: {Said(made)}.",
                    "Set user.name and user.email, or what signs, in git's configuration.",
                    null
                )
            );
    }

    /// <summary>Offers a commit as the branch's new tip, which only a repository takes that has the old one.</summary>
    /// <returns>What git says if it fails.</returns>
    public string? Push(string commit)
    {
        var answer = AskRemote("push", "--no-verify", Remote, $"{commit}:{Branch}");
        return answer.Succeeded ? null : Said(answer);
    }

    public void Dispose()
    {
        try
        {
            // Git's objects are read-only, which Windows does not delete.
            if (OperatingSystem.IsWindows())
            {
                foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
                    File.SetAttributes(file, FileAttributes.Normal);
            }

            Directory.Delete(Folder, recursive: true);
        }
        catch (Exception exception) when (IoReason.IsIo(exception))
        {
            // It is in the temporary folder of the machine, and has nothing that is secret.
        }
    }

    private Dictionary<string, string> Refs() =>
        Reached(AskRemote("ls-remote", Remote, "HEAD", Branch))
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .Where(fields => fields.Length == 2)
            .ToDictionary(fields => fields[1], fields => fields[0], StringComparer.Ordinal);

    // The address is told each time, and so never written.
    private GitAnswer AskRemote(string command, params string[] rest)
    {
        string[] narrow = command == "fetch" ? ["--no-tags", "--no-recurse-submodules"] : [];
        return git.Ask([
            "-c",
            $"remote.{Remote}.url={request.Repository.Text}",
            "-c",
            "gc.auto=0",
            "-c",
            "maintenance.auto=false",
            command,
            "--quiet",
            .. narrow,
            .. rest,
        ]);
    }

    private GitAnswer Reached(GitAnswer answer) =>
        answer.Succeeded
            ? answer
            : throw new GitException(
                new(
                    Rules.TargetSilent,
                    $"{request.Repository.Shown} cannot be read: {Said(answer)}.",
                    "Check the address, the network and git's credentials for it, then try again.",
                    null
                )
            );

    private GitAnswer Required(GitAnswer answer) => answer.Succeeded ? answer : throw git.Failed(answer with { Error = Hidden(answer) });

    private string Hidden(GitAnswer answer) => request.Repository.Hide(answer.Error);

    // Git's own lines, less those that only tell where to.
    private string Said(GitAnswer answer) =>
        Excerpt
            .Of(
                string.Join(
                    "; ",
                    Hidden(answer)
                        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                        .Where(line => !line.StartsWith("To ", StringComparison.Ordinal) && !line.StartsWith("hint: ", StringComparison.Ordinal))
                        .DefaultIfEmpty($"it ended with {answer.ExitCode}")
                ),
                1000
            )
            .TrimEnd('.');

    // What is rendered is text; its name, which is computed from the bytes, proves that it arrived as it is.
    private static IEnumerable<string> Blob(ReadOnlyMemory<byte> content) =>
        ["blob", FormattableString.Invariant($"data {content.Length}"), Encoding.UTF8.GetString(content.Span)];
}
