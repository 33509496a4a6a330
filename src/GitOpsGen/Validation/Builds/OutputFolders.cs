using System.Collections.Concurrent;

namespace GitOpsGen.Validation.Builds;

/// <summary>The rendered files, folder by folder, and the kustomizations among them, each read once. Safe for any number of threads.</summary>
/// <param name="tree">The rendered files.</param>
/// <param name="output">The output folder, with which the paths of findings begin.</param>
/// <param name="shared">
/// What is read once for all files with the same bytes in memory, in this tree and in others; then a finding may name another file with the same
/// content. Without it, every file is read for itself.
/// </param>
/// <param name="read">Reads a file, where it is to be read in another way than rendered files are.</param>
internal sealed class OutputFolders(
    FileTree tree,
    RelativePath output,
    SharedContents? shared = null,
    Func<OutputFile, (ImmutableArray<YamlNode> Documents, ImmutableArray<Diagnostic> Found)>? read = null
)
{
    // Content of a single file is not kept.
    private readonly HashSet<ReadOnlyMemory<byte>> repeated = shared is null
        ? []
        : [.. tree.Files.CountBy(file => file.Content).Where(pair => pair.Value > 1).Select(pair => pair.Key)];

    private readonly ILookup<string, OutputFile> byFolder = tree
        .Files.Where(file => IsRead(file.Path))
        .ToLookup(file => file.Path.Parent?.Value ?? "", StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, (Kustomization? Kustomization, ImmutableArray<Diagnostic> Found)> kustomizations = new(
        StringComparer.Ordinal
    );

    /// <summary>Every folder with YAML; the empty name is the output itself.</summary>
    public IEnumerable<string> All => byFolder.Select(folder => folder.Key);

    /// <summary>The files of a folder that are kustomizations by their names; only one may be.</summary>
    public IEnumerable<OutputFile> KustomizationsIn(string folder) => byFolder[folder].Where(file => Kustomization.IsFileName(file.Path.Name));

    /// <summary>The kustomization of a folder, if it has a readable one.</summary>
    public Kustomization? KustomizationOf(string folder) => Read(folder).Kustomization;

    /// <summary>Why the kustomization of a folder is refused, or cannot be read.</summary>
    public ImmutableArray<Diagnostic> ProblemsOf(string folder) => Read(folder).Found;

    /// <summary>The YAML files of a folder that no kustomization mentions, there or in a folder above.</summary>
    public IEnumerable<OutputFile> FreeFilesOf(string folder)
    {
        var near = Upward(folder).Select(KustomizationOf).OfType<Kustomization>().ToList();
        return byFolder[folder].Where(file => !Kustomization.IsFileName(file.Path.Name) && !near.Exists(k => k.Mentioned.Contains(file.Path.Value)));
    }

    public OutputFile? File(string path) => tree.Find(path);

    /// <summary>The documents of a file that are not empty, and the items of lists instead of the lists.</summary>
    public ImmutableArray<YamlNode> Documents(OutputFile file, DiagnosticBag bag)
    {
        var (documents, found) =
            read is not null ? read(file)
            : repeated.Contains(file.Content) ? shared!.DocumentsOf(file.Content, () => ReadDocuments(file, output))
            : ReadDocuments(file, output);
        bag.AddRange(found);
        return documents;
    }

    private static (ImmutableArray<YamlNode> Documents, ImmutableArray<Diagnostic> Found) ReadDocuments(OutputFile file, RelativePath output)
    {
        var (stream, found) = YamlReader.ReadAll(file.Path.Below(output).Value, file.Content.Span);
        return ([.. KubernetesDocuments.Flatten(stream)], found);
    }

    private (Kustomization? Kustomization, ImmutableArray<Diagnostic> Found) Read(string folder) =>
        kustomizations.GetOrAdd(
            folder,
            _ =>
                KustomizationsIn(folder).ToList() switch
                {
                    [] => (null, []),
                    [var only] when shared is not null => shared.KustomizationOf(folder, only.Content, () => ReadKustomization(folder, [only])),
                    var files => ReadKustomization(folder, files),
                }
        );

    private (Kustomization? Kustomization, ImmutableArray<Diagnostic> Found) ReadKustomization(string folder, List<OutputFile> files)
    {
        var bag = new DiagnosticBag();
        var documents = Documents(files[0], bag);
        var start = SourceSpan.StartOf(files[0].Path.Below(output).Value);
        if (files.Count > 1)
            bag.Add(Rules.KustomizationBroken, start, "The folder has a second kustomization file.", "Keep one of them.");

        if (documents is not [YamlMapping content, ..])
        {
            bag.Add(
                Rules.KustomizationBroken,
                start,
                "The kustomization is empty, or not a mapping.",
                "Write 'resources: []' if it has nothing to build."
            );
            return (null, bag.ToImmutable());
        }

        var kustomization = new Kustomization(content, folder);
        bag.AddRange(kustomization.Findings);
        return (kustomization, bag.ToImmutable());
    }

    private static IEnumerable<string> Upward(string folder)
    {
        for (; folder.Length > 0; folder = RelativePath.FolderOf(folder))
            yield return folder;

        yield return "";
    }

    /// <summary>Whether a file has objects, or is a kustomization.</summary>
    public static bool IsRead(RelativePath path) => IsYaml(path) || Kustomization.IsFileName(path.Name);

    public static bool IsYaml(RelativePath path) =>
        path.Value.EndsWith(".yaml", StringComparison.Ordinal) || path.Value.EndsWith(".yml", StringComparison.Ordinal);
}
