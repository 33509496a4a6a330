using GitOpsGen.Importing.Objects;
using GitOpsGen.Inputs;
using GitOpsGen.Validation.Builds;
using GitOpsGen.Validation.Controllers;

namespace GitOpsGen.Importing.Sources;

/// <summary>The files of an import, each read once, and the kustomizations among them.</summary>
internal sealed class SourceTree
{
    public const string ChartFile = "Chart.yaml";

    private readonly SourceFiles files;
    private readonly Lazy<SourceFiles> kustomizations;
    private readonly Lazy<Dictionary<string, SourceFileContent>> kustomizationFiles;
    private readonly Lazy<HashSet<string>> folderNames;
    private readonly Lazy<ILookup<string, string>> foldersByName;
    private readonly Lazy<Dictionary<string, string>> byShown;
    private readonly Lazy<ILookup<(string Group, string Kind), (string File, SourceObject Object)>> byKind;
    private readonly Lazy<ILookup<string, SourceObject>> configMaps;
    private readonly Lazy<FileTree> built;
    private readonly Lazy<OutputBuild> build;
    private readonly Lazy<OutputFolders> folders;

    private SourceTree(IEnumerable<SourceFileContent> content)
    {
        files = new(content);
        Reach = new(this);
        kustomizations = new(() => new(Files.Where(file => file.IsKustomization).DistinctBy(file => RelativePath.FolderOf(file.Key))));
        kustomizationFiles = new(() => kustomizations.Value.All.ToDictionary(file => RelativePath.FolderOf(file.Key), StringComparer.Ordinal));
        folderNames = new(() => Files.SelectMany(file => Above(file.Key)).ToHashSet(StringComparer.Ordinal));
        foldersByName = new(() => folderNames.Value.ToLookup(RelativePath.NameOf, StringComparer.Ordinal));
        byShown = new(() => Files.DistinctBy(file => file.Shown).ToDictionary(file => file.Shown, file => file.Key, StringComparer.Ordinal));
        byKind = new(() =>
            Files
                .Where(file => file.Origin != ImportOrigin.Reached)
                .SelectMany(file => file.Objects, (file, item) => (File: file.Key, Object: item))
                .ToLookup(pair => (pair.Object.Group, pair.Object.Kind))
        );
        configMaps = new(() =>
            Files
                .SelectMany(file => file.Objects)
                .Where(item => item is { Kind: "ConfigMap", Group: "" })
                .ToLookup(item => item.Name, StringComparer.Ordinal)
        );
        built = new(() =>
            new(Files.Select(file => RelativePath.TryParse(file.Key, out var path) ? new OutputFile(path, file.Bytes) : null).OfType<OutputFile>())
        );
        build = new(() => new(built.Value, Read));
        folders = new(() => new(built.Value, RelativePath.Parse("sources"), read: Read));

        (ImmutableArray<YamlNode>, ImmutableArray<Diagnostic>) Read(OutputFile file) => (files.At(file.Path.Value)!.BuildDocuments, []);
    }

    public static SourceTree Empty { get; } = new([]);

    /// <summary>The files, by key in ordinal order.</summary>
    public IReadOnlyList<SourceFileContent> Files => files.All;

    /// <summary>What leads to what among them.</summary>
    public SourceReach Reach { get; }

    public SourceFileContent? File(string key) => files.At(key);

    /// <summary>The files below a folder, or the one file that is named, by key in ordinal order.</summary>
    public IEnumerable<SourceFileContent> FilesIn(string scope) => files.In(scope);

    /// <summary>The same with more files; one that is there already counts by its first reason.</summary>
    public SourceTree With(IEnumerable<ImportFile> more, ImmutableDictionary<string, string> variables) =>
        new(
            WithMaps([
                .. Files,
                .. more.Where(file => File(file.Key) is null)
                    .DistinctBy(file => file.Key)
                    .SelectSideBySide(file => SourceFileContent.Of(file, variables)),
            ])
        );

    private static IEnumerable<SourceFileContent> WithMaps(ImmutableArray<SourceFileContent> files) =>
        files.Any(file => file.RefersToMaps) ? files.SelectSideBySide(file => file.HasMapsAlone ? file.AsRelevant() : file) : files;

    /// <summary>The kustomization of a folder, in the form of today; <see langword="null"/> where it has none.</summary>
    public Kustomization? KustomizationOf(string folder) =>
        kustomizationFiles.Value.ContainsKey(folder) ? folders.Value.KustomizationOf(folder) : null;

    /// <summary>The file that makes a folder a kustomization.</summary>
    public SourceFileContent? KustomizationFileOf(string folder) => kustomizationFiles.Value.GetValueOrDefault(folder);

    /// <summary>What the kustomization of a folder builds.</summary>
    public BuiltFolder Build(string folder) => build.Value.BuildWhole(folder);

    /// <summary>The folders with a kustomization in and below a folder, in the order of the files.</summary>
    public IEnumerable<string> KustomizationFolders(string folder) =>
        File(folder) is null ? kustomizations.Value.In(folder).Select(file => RelativePath.FolderOf(file.Key)) : [];

    /// <summary>Whether a file or a folder with files is there.</summary>
    public bool Has(string key) => File(key) is { Origin: not ImportOrigin.Linked } || folderNames.Value.Contains(key);

    /// <summary>A kustomization that Flux would make, and what it can lead to.</summary>
    /// <param name="made">The kustomization.</param>
    /// <param name="folder">The folder that it is made of.</param>
    public SourceTree Around(SourceFileContent made, string folder)
    {
        var reached = Reach.From(folder);
        var mentioned = reached.Select(KustomizationOf).OfType<Kustomization>().SelectMany(kustomization => kustomization.Mentioned);
        return new(reached.Concat(mentioned).SelectMany(FilesIn).DistinctBy(file => file.Key).Where(file => file.Key != made.Key).Append(made));
    }

    /// <summary>A key as it is printed.</summary>
    public string Shown(string key) =>
        File(key)?.Shown
        ?? (FilesIn(key).FirstOrDefault() is { } inside ? inside.Shown[..^(inside.Key.Length - key.Length)].TrimEnd('/') : key) switch
        {
            "" => ".",
            var shown => shown,
        };

    /// <summary>The key of a file by the path that is printed.</summary>
    public string? KeyOfShown(string shown) => byShown.Value.GetValueOrDefault(shown);

    /// <summary>The objects of a kind, in the order of the files.</summary>
    public IEnumerable<(string File, SourceObject Object)> ObjectsOf(string group, string kind) => byKind.Value[(group, kind)];

    /// <summary>The first ConfigMap of a name.</summary>
    public SourceObject? ConfigMap(string? name) => name is null ? null : configMaps.Value[name].FirstOrDefault();

    /// <summary>The dependency on the chart of a chart of the team's own; <see langword="null"/> where a folder has none.</summary>
    public (YamlMapping Dependency, YamlMapping Chart)? UmbrellaOf(string folder) =>
        File(folder.Length == 0 ? ChartFile : $"{folder}/{ChartFile}") is { Documents: [YamlMapping chart, ..] }
        && (chart["dependencies"] as YamlSequence)
            ?.Items.OfType<YamlMapping>()
            .FirstOrDefault(item => (item["name"] as YamlScalar)?.Text == CoreObjects.Chart)
            is { } dependency
            ? (dependency, chart)
            : null;

    /// <summary>What kustomizations name that is not there.</summary>
    public IEnumerable<string> UnreadParts =>
        KustomizationFolders("")
            .Select(KustomizationOf)
            .OfType<Kustomization>()
            .SelectMany(kustomization => kustomization.BuiltFrom.Concat(kustomization.Mentioned))
            .Where(IsUnread)
            .Distinct(StringComparer.Ordinal);

    /// <summary>The folders that Applications and Flux Kustomizations apply that are not there.</summary>
    public IEnumerable<string> UnreadFolders => EnginePaths.Where(IsUnread).Distinct(StringComparer.Ordinal);

    private bool IsUnread(string key) => key.Length > 0 && !Has(key);

    private IEnumerable<string> EnginePaths =>
        ObjectsOf(EngineGroups.Kustomize, "Kustomization")
            .Concat(ObjectsOf(EngineGroups.ArgoCd, "Application"))
            .SelectMany(pair => pair.Object.Spec is { } spec ? EngineSpec.Paths(spec) : [])
            .Select(path => string.Join('/', path.Split('/').Where(segment => segment is not ("" or "."))))
            .Where(path => !path.Split('/').Contains(".."));

    /// <summary>Whether a file or folder is a folder, or inside of it.</summary>
    public static bool IsIn(string key, string folder) =>
        folder.Length == 0 || key == folder || (key.StartsWith(folder, StringComparison.Ordinal) && key[folder.Length] == '/');

    /// <summary>The folder or file that a path of an engine's object means: relative to the repository, of which the sources may be a part.</summary>
    public string? Find(string path)
    {
        var wanted = string.Join('/', path.Split('/').Where(segment => segment is not ("" or ".")));
        if (wanted.Length == 0)
            return "";

        if (Has(wanted))
            return wanted;

        if (
            foldersByName
                .Value[RelativePath.NameOf(wanted)]
                .Where(folder => folder.EndsWith($"/{wanted}", StringComparison.Ordinal))
                .Take(2)
                .ToArray()
            is [var only]
        )
        {
            return only;
        }

        for (var slash = wanted.IndexOf('/'); slash >= 0; slash = wanted.IndexOf('/', slash + 1))
        {
            if (folderNames.Value.Contains(wanted[(slash + 1)..]))
                return wanted[(slash + 1)..];
        }

        return null;
    }

    /// <summary>A file or folder and all folders that it is in, also the one that all sources are in.</summary>
    public static IEnumerable<string> AndAbove(string key) => Above(key).Prepend(key).Append("");

    /// <summary>All folders that a file or folder is in, the nearest first, without the one that all sources are in.</summary>
    public static IEnumerable<string> Above(string key)
    {
        for (var folder = RelativePath.FolderOf(key); folder.Length > 0; folder = RelativePath.FolderOf(folder))
            yield return folder;
    }
}
