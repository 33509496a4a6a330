using System.Collections.Concurrent;
using GitOpsGen.Output;

namespace GitOpsGen.Inputs.Git;

/// <summary>
/// The files of one commit, or of the index, as they are in the repository: the work tree, with its line ends, links and sparse checkout, is
/// not looked at. Thread-safe.
/// </summary>
internal sealed class GitTree : IInputFiles
{
    // More empty files than anybody has: the rest count as what they seem to be.
    private const int MaximumQuestions = 200;

    private readonly GitRepository repository;
    private readonly GitObjects objects;
    private readonly ConcurrentDictionary<string, Lazy<ImmutableArray<GitEntry>>> listings = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> folders = new(StringComparer.Ordinal);

    /// <param name="repository">The repository.</param>
    /// <param name="objects">Its contents.</param>
    /// <param name="commit">The commit; <see langword="null"/> for the index.</param>
    public GitTree(GitRepository repository, GitObjects objects, string? commit)
    {
        this.repository = repository;
        this.objects = objects;
        Commit = commit;
    }

    /// <summary>The name of the commit; <see langword="null"/> for the index.</summary>
    public string? Commit { get; }

    /// <inheritdoc cref="GitRepository.AtRoot"/>
    public string AtRoot => repository.AtRoot;

    /// <summary>How contents are named.</summary>
    public ObjectFormat Format => repository.Format;

    /// <summary>As messages call it.</summary>
    private string Name => Commit is null ? "the index" : $"the commit {GitRepository.Short(Commit)}";

    /// <summary>Lists paths below the root that will be asked for, and reads those that are files: two questions for git in place of two for each.</summary>
    public void Foresee(params IEnumerable<RelativePath> places)
    {
        string[] paths = [.. places.Select(repository.PathOf)];
        var entries = ListNow(paths);
        foreach (var path in paths)
        {
            ImmutableArray<GitEntry> there = [.. entries.Where(entry => IsIn(path, entry))];
            listings.TryAdd(path, new(() => Noted(path, there)));
        }

        objects.Load(entries.Where(entry => IsFile(entry) && paths.Contains(entry.Path)).Select(entry => entry.Id));

        static bool IsIn(string path, GitEntry entry) =>
            entry.Path.StartsWith(path, StringComparison.Ordinal) && (entry.Path.Length == path.Length || entry.Path[path.Length] == '/');
    }

    /// <summary>The files of a folder below the root, with the names of their contents: nothing of them is read. Paths are relative to the folder.</summary>
    public ImmutableArray<GitEntry> FilesIn(RelativePath folder)
    {
        var path = repository.PathOf(folder);
        return [.. List(path).Where(entry => entry.Path.Length > path.Length).Select(entry => entry with { Path = entry.Path[(path.Length + 1)..] })];
    }

    /// <summary>Contents by name, read together.</summary>
    public IReadOnlyDictionary<string, DiskFile> Read(IReadOnlyCollection<string> ids)
    {
        objects.Load(ids);
        return ids.Distinct().ToDictionary(id => id, id => objects[id], StringComparer.Ordinal);
    }

    /// <summary>What is at a path of the repository, or in the way above it; nothing where nothing is, or a folder.</summary>
    public (DiskEntryKind Kind, GitEntry? Entry) Look(string path)
    {
        var entries = List(path);
        if (!entries.IsEmpty)
            return entries[0].Path == path ? (KindOf(entries[0]), entries[0]) : (DiskEntryKind.Folder, null);
        foreach (var above in RelativePath.FoldersAbove(path))
        {
            if (!folders.ContainsKey(above) && List(above) is [{ } entry, ..] && entry.Path == above)
                return (entry.Kind == GitEntryKind.Link ? DiskEntryKind.Link : DiskEntryKind.BelowFile, entry);
        }

        return (DiskEntryKind.Missing, null);
    }

    /// <summary>What is wrong with an entry where a file is meant, as the end of a sentence, and what to do.</summary>
    public (string Problem, Rule Rule, string Fix)? ProblemOf(GitEntry entry)
    {
        var shown = repository.Shown(entry.Path);
        var word = ShellWord.InMessage(shown);
        return entry.Kind switch
        {
            GitEntryKind.Link => (
                $"{shown} is a symbolic link, which is not followed",
                Rules.NotAFileInGit,
                $"Replace {shown} with what it leads to."
            ),
            GitEntryKind.Submodule => (
                $"{shown} is a submodule, whose files are not in {Name}",
                Rules.NotAFileInGit,
                "Keep these files in this repository, or name another folder in the settings."
            ),
            GitEntryKind.Unmerged => ($"{shown} is not merged", Rules.Unmerged, $"Resolve the conflict, then run 'git{AtRoot} add {word}'."),
            GitEntryKind.NameAlone => (
                $"'git add -N' told the index of {shown}, but not what it holds",
                Rules.NotAdded,
                $"Run 'git{AtRoot} add {word}', or 'git{AtRoot} rm --cached {word}'."
            ),
            _ => null,
        };
    }

    public DiskEntryKind KindOf(string full) => repository.PathOf(full) is { } path ? Look(path).Kind : DiskEntryKind.Missing;

    public IEnumerable<InputEntry> FilesBelow(string full) =>
        List(repository.PathOf(full)!)
            .Select(entry => new InputEntry(
                repository.FullOf(entry.Path),
                IsLink: entry.Kind == GitEntryKind.Link,
                IsFolder: entry.Kind == GitEntryKind.Submodule
            ));

    public void Load(IEnumerable<string> paths, CancellationToken cancellation) =>
        objects.Load(paths.Select(full => Look(repository.PathOf(full)!).Entry).OfType<GitEntry>().Where(IsFile).Select(entry => entry.Id));

    public SourceFile Read(string full, string shown, CancellationToken cancellation)
    {
        if (repository.PathOf(full) is not { } path)
            return Unreadable($"it is outside of the repository, so it is not in {Name}", Rules.FileNotReadable, "Name a file of the repository.");
        var (kind, entry) = Look(path);
        if (entry is not null && ProblemOf(entry) is var (problem, rule, fix))
            return Unreadable(problem, rule, fix);
        if (kind != DiskEntryKind.File)
        {
            return kind == DiskEntryKind.Folder ? new(shown, null, "it is a folder")
                : Commit is not null ? new(shown, null, $"it is not in {Name}")
                : Unreadable($"it is not in {Name}", Rules.FileNotReadable, $"Run 'git{AtRoot} add {ShellWord.InMessage(shown)}'.");
        }

        return objects[entry!.Id].Content is { } content
            ? new(shown, content, null)
            : Unreadable($"it has more than {SourceText.MaximumBytes} bytes", Rules.YamlLimit, "Name another file, or split it.");

        SourceFile Unreadable(string reason, Rule broken, string repair) => new(shown, null, reason) { Cause = (broken, repair) };
    }

    public IOutputFiles Output(OutputFolder folder, CancellationToken cancellation) => new GitOutput(this, repository, folder);

    private static bool IsFile(GitEntry entry) => entry.Kind == GitEntryKind.File;

    /// <summary>What an entry is; a submodule is a folder, of which nothing is known.</summary>
    public static DiskEntryKind KindOf(GitEntry entry) =>
        entry.Kind switch
        {
            GitEntryKind.Link => DiskEntryKind.Link,
            GitEntryKind.Submodule => DiskEntryKind.Folder,
            _ => DiskEntryKind.File,
        };

    // What is at a path and below it, by path.
    private ImmutableArray<GitEntry> List(string path) => listings.GetOrAdd(path, _ => new(() => Noted(path, ListNow(path)))).Value;

    private ImmutableArray<GitEntry> ListNow(params string[] paths)
    {
        var listed = repository.List(Commit, paths).DistinctBy(entry => entry.Path);
        return Commit is null ? MarkNames([.. listed]) : [.. listed];
    }

    // Where something is, all above it are folders.
    private ImmutableArray<GitEntry> Noted(string path, ImmutableArray<GitEntry> entries)
    {
        foreach (var above in entries.IsEmpty ? [] : RelativePath.FoldersAbove(path))
            folders.TryAdd(above, true);

        return entries;
    }

    // To the index, such a file is an empty one. To the work tree, it is a new one.
    private ImmutableArray<GitEntry> MarkNames(ImmutableArray<GitEntry> entries)
    {
        var empty = ObjectId.OfBlob(Format, []);
        var questions = entries.Where(entry => entry.Id == empty && IsFile(entry)).Take(MaximumQuestions).Select(entry => entry.Path).ToArray();
        if (questions.Length == 0)
            return entries;
        var names = repository.NamesAlone(questions);
        return [.. entries.Select(entry => names.Contains(entry.Path) ? entry with { Kind = GitEntryKind.NameAlone } : entry)];
    }
}
