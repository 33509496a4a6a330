using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Inputs;
using GitOpsGen.Model;
using GitOpsGen.Validation.Builds;
using GitOpsGen.Yaml;

namespace GitOpsGen.Importing;

/// <summary>The files of an import, each read once, and the kustomizations among them.</summary>
internal sealed class SourceTree
{
    private readonly ImmutableSortedDictionary<string, SourceFileContent> files;
    private readonly Lazy<HashSet<string>> folderNames;
    private readonly Lazy<List<string>> kustomizationFolders;
    private const string ChartFile = "Chart.yaml";

    private readonly Lazy<Dictionary<string, string>> byShown;
    private readonly Lazy<OutputBuild> build;
    private readonly Lazy<OutputFolders> folders;

    private SourceTree(ImmutableSortedDictionary<string, SourceFileContent> files)
    {
        this.files = files;
        byShown = new(() => files.Values.DistinctBy(file => file.Shown).ToDictionary(file => file.Shown, file => file.Key, StringComparer.Ordinal));
        folderNames = new(() => files.Keys.SelectMany(Above).ToHashSet(StringComparer.Ordinal));
        kustomizationFolders = new(() =>
            [.. files.Values.Where(file => file.IsKustomization).Select(file => FolderOf(file.Key)).Distinct(StringComparer.Ordinal)]
        );
        var tree = new FileTree(
            files.Values.Select(file => RelativePath.TryParse(file.Key, out var path) ? new OutputFile(path, file.Bytes) : null).OfType<OutputFile>()
        );
        build = new(() => new(tree, Read));
        folders = new(() => new(tree, RelativePath.Parse("sources"), sharesContents: false, Read));

        (ImmutableArray<YamlNode>, ImmutableArray<Diagnostic>) Read(OutputFile file) => (files[file.Path.Value].BuildDocuments, []);
    }

    public static SourceTree Empty { get; } = new(ImmutableSortedDictionary.Create<string, SourceFileContent>(StringComparer.Ordinal));

    /// <summary>The files, by key in ordinal order.</summary>
    public IEnumerable<SourceFileContent> Files => files.Values;

    public SourceFileContent? File(string key) => files.GetValueOrDefault(key);

    /// <summary>The same with more files; one that is there already counts by its first reason.</summary>
    public SourceTree With(IEnumerable<ImportFile> more, ImmutableDictionary<string, string> variables) =>
        new(
            files.AddRange(
                more.Where(file => !files.ContainsKey(file.Key))
                    .DistinctBy(file => file.Key)
                    .AsParallel()
                    .Select(file => KeyValuePair.Create(file.Key, SourceFileContent.Of(file, variables)))
            )
        );

    /// <summary>The kustomization of a folder, in the form of today; <see langword="null"/> where it has none.</summary>
    public Kustomization? KustomizationOf(string folder) => folders.Value.KustomizationOf(folder);

    /// <summary>What the kustomization of a folder builds.</summary>
    public BuiltFolder Build(string folder) => build.Value.BuildWhole(folder);

    /// <summary>The folders with a kustomization, in ordinal order.</summary>
    public IReadOnlyList<string> KustomizationFolders => kustomizationFolders.Value;

    /// <summary>Whether a file or a folder with files is there.</summary>
    public bool Has(string key) => files.ContainsKey(key) || folderNames.Value.Contains(key);

    /// <summary>The same with a file that Flux would make.</summary>
    public SourceTree With(SourceFileContent file) => new(files.SetItem(file.Key, file));

    /// <summary>A key as it is printed.</summary>
    public string Shown(string key) =>
        File(key)?.Shown
        ?? (
            files.Values.FirstOrDefault(file => IsIn(file.Key, key)) is { } inside
                ? inside.Shown[..^(inside.Key.Length - key.Length)].TrimEnd('/')
                : key
        ) switch
        {
            "" => ".",
            var shown => shown,
        };

    /// <summary>The key of a file by the path that is printed.</summary>
    public string? KeyOfShown(string shown) => byShown.Value.GetValueOrDefault(shown);

    /// <summary>The objects of a kind, in the order of the files.</summary>
    public IEnumerable<(string File, SourceObject Object)> ObjectsOf(string group, string kind) =>
        files
            .Values.Where(file => file.Origin != ImportOrigin.Reached)
            .SelectMany(file => file.Objects.Where(item => item.Group == group && item.Kind == kind).Select(item => (file.Key, item)));

    /// <summary>The dependency on the chart of a chart of the team's own; <see langword="null"/> where a folder has none.</summary>
    public (YamlMapping Dependency, YamlMapping Chart)? UmbrellaOf(string folder) =>
        File(folder.Length == 0 ? ChartFile : $"{folder}/{ChartFile}") is { Documents: [YamlMapping chart, ..] }
        && (chart["dependencies"] as YamlSequence)
            ?.Items.OfType<YamlMapping>()
            .FirstOrDefault(item => (item["name"] as YamlScalar)?.Text == CoreSources.Chart)
            is { } dependency
            ? (dependency, chart)
            : null;

    /// <summary>What kustomizations name that is not there.</summary>
    public IEnumerable<string> UnreadParts =>
        KustomizationFolders
            .Select(KustomizationOf)
            .OfType<Kustomization>()
            .SelectMany(kustomization => kustomization.BuiltFrom.Concat(kustomization.Mentioned))
            .Where(IsUnread)
            .Distinct(StringComparer.Ordinal);

    /// <summary>The folders that Applications and Flux Kustomizations apply that are not there.</summary>
    public IEnumerable<string> UnreadFolders => EnginePaths.Where(IsUnread).Distinct(StringComparer.Ordinal);

    private bool IsUnread(string key) => key.Length > 0 && !Has(key);

    private IEnumerable<string> EnginePaths =>
        ObjectsOf(FluxGroups.Kustomize, "Kustomization")
            .Concat(ObjectsOf("argoproj.io", "Application"))
            .SelectMany(pair =>
                pair.Object.Spec is { } spec ? ArgoSource.All(spec).Select(source => source.Path).Append((spec["path"] as YamlScalar)?.Text) : []
            )
            .OfType<string>()
            .Select(path => string.Join('/', path.Split('/').Where(segment => segment is not ("" or "."))))
            .Where(path => !path.Split('/').Contains(".."));

    /// <summary>The folder of a file; empty for the folder that all sources are in.</summary>
    public static string FolderOf(string key) => key[..Math.Max(key.LastIndexOf('/'), 0)];

    /// <summary>Whether a file or folder is a folder, or inside of it.</summary>
    public static bool IsIn(string key, string folder) =>
        folder.Length == 0 || key == folder || (key.StartsWith(folder, StringComparison.Ordinal) && key[folder.Length] == '/');

    /// <summary>The folder or file that a path of an engine's object means: relative to the repository, of which the sources may be a part.</summary>
    public string? Find(string path)
    {
        var wanted = string.Join('/', path.Split('/').Where(segment => segment is not ("" or ".")));
        if (wanted.Length == 0)
        {
            return "";
        }

        return Has(wanted) ? wanted
            : folderNames.Value.Where(folder => folder.EndsWith($"/{wanted}", StringComparison.Ordinal)).Take(2).ToArray() is [var only] ? only
            : folderNames.Value.Where(folder => wanted.EndsWith($"/{folder}", StringComparison.Ordinal)).MaxBy(folder => folder.Length);
    }

    private static IEnumerable<string> Above(string key)
    {
        for (var folder = FolderOf(key); folder.Length > 0; folder = FolderOf(folder))
        {
            yield return folder;
        }
    }
}
