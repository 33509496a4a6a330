using GitOpsGen.Output;

namespace GitOpsGen.Inputs.Git;

/// <summary>
/// The output as a commit or the index has it. A rendered file is compared by the name that Git would give to its content, so that no content
/// is read that is equal. Thread-safe.
/// </summary>
internal sealed class GitOutput : IOutputFiles
{
    private readonly GitTree tree;
    private readonly GitRepository repository;
    private readonly OutputFolder folder;
    private readonly Dictionary<string, GitEntry> entries;
    private readonly Dictionary<string, HashSet<string>> names = new(StringComparer.Ordinal);

    public GitOutput(GitTree tree, GitRepository repository, OutputFolder folder)
    {
        this.tree = tree;
        this.repository = repository;
        this.folder = folder;
        entries = tree.FilesIn(folder.Path).ToDictionary(entry => entry.Path, StringComparer.Ordinal);
        foreach (var path in entries.Keys)
            AddNames(path);
    }

    public ImmutableArray<Diagnostic> InTheWay()
    {
        var (kind, entry) = tree.Look(repository.PathOf(folder.Path));
        if (entry is not null)
            return [entry.Kind == GitEntryKind.File ? OutputFindings.NotFolder(repository.Shown(entry.Path)) : Refused(entry)];
        var bag = new DiagnosticBag(DiagnosticBag.ReadableLimit);
        foreach (var (path, below) in entries.Where(pair => pair.Value.Kind is not (GitEntryKind.File or GitEntryKind.Link)))
            bag.Add(Refused(below with { Path = $"{repository.PathOf(folder.Path)}/{path}" }));
        return bag.ToImmutable();
    }

    public DiskEntry Look(string path)
    {
        if (entries.TryGetValue(path, out var entry))
            return new(GitTree.KindOf(entry), path);
        if (names.ContainsKey(path))
            return new(DiskEntryKind.Folder, path);
        foreach (var folder in RelativePath.FoldersAbove(path))
        {
            if (entries.TryGetValue(folder, out var above))
                return new(above.Kind == GitEntryKind.Link ? DiskEntryKind.Link : DiskEntryKind.BelowFile, folder);
        }

        return new(DiskEntryKind.Missing, path);
    }

    public IEnumerable<string> FoldersIn(string path) =>
        NamesIn(path).Where(name => names.ContainsKey($"{path}/{name}")).Order(StringComparer.Ordinal);

    public IEnumerable<string> NamesIn(string path) => names.GetValueOrDefault(path) ?? [];

    public void Load(IEnumerable<(string Path, ReadOnlyMemory<byte>? Expected)> files) =>
        tree.Read([
            .. files
                .Select(file => entries.GetValueOrDefault(file.Path) is { } entry && !IsEqual(entry, file.Expected) ? entry.Id : null)
                .OfType<string>(),
        ]);

    public DiskFile? ReadUnless(string path, ReadOnlyMemory<byte>? content) =>
        IsEqual(entries[path], content) ? null : tree.Read([entries[path].Id])[entries[path].Id];

    private bool IsEqual(GitEntry entry, ReadOnlyMemory<byte>? content) =>
        content is { } expected && ObjectId.OfBlob(tree.Format, expected.Span) == entry.Id;

    private Diagnostic Refused(GitEntry entry)
    {
        var (problem, rule, fix) = tree.ProblemOf(entry)!.Value;
        return new(rule, $"The output cannot be compared: {problem}.", fix, SourceSpan.StartOf(repository.Shown(entry.Path)));
    }

    private void AddNames(string path)
    {
        for (var slash = path.LastIndexOf('/'); ; slash = path.LastIndexOf('/'))
        {
            var above = slash < 0 ? "" : path[..slash];
            var isKnown = names.TryGetValue(above, out var there);
            names[above] = there ??= new(StringComparer.Ordinal);
            there.Add(path[(slash + 1)..]);
            if (isKnown || slash < 0)
                return;
            path = above;
        }
    }
}
