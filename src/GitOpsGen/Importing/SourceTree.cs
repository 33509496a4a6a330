using System.Collections.Immutable;
using System.Text;
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
    private readonly ILookup<string, string> byFolder;
    private const string ChartFile = "Chart.yaml";

    private readonly Lazy<Dictionary<string, string>> byShown;
    private readonly Lazy<OutputBuild> build;
    private readonly Lazy<OutputFolders> folders;

    private SourceTree(ImmutableSortedDictionary<string, SourceFileContent> files)
    {
        this.files = files;
        byShown = new(() => files.Values.DistinctBy(file => file.Shown).ToDictionary(file => file.Shown, file => file.Key, StringComparer.Ordinal));
        byFolder = files.Keys.ToLookup(FolderOf, StringComparer.Ordinal);
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
                    .Select(file => KeyValuePair.Create(file.Key, SourceFileContent.Read(file, variables)))
            )
        );

    /// <summary>The kustomization of a folder, in the form of today; <see langword="null"/> where it has none.</summary>
    public Kustomization? KustomizationOf(string folder) => folders.Value.KustomizationOf(folder);

    /// <summary>What the kustomization of a folder builds.</summary>
    public BuiltFolder Build(string folder) => build.Value.BuildWhole(folder);

    /// <summary>The folders with a kustomization, in ordinal order.</summary>
    public IEnumerable<string> KustomizationFolders =>
        files.Values.Where(file => file.IsKustomization).Select(file => FolderOf(file.Key)).Distinct(StringComparer.Ordinal);

    /// <summary>Whether a file or a folder with files is there.</summary>
    public bool Has(string key) => files.ContainsKey(key) || byFolder.Contains(key) || files.Keys.Any(file => IsIn(file, key));

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
            : Folders().Where(folder => folder.EndsWith($"/{wanted}", StringComparison.Ordinal)).Take(2).ToArray() is [var only] ? only
            : Folders().Where(folder => folder.Length > 0 && wanted.EndsWith($"/{folder}", StringComparison.Ordinal)).MaxBy(folder => folder.Length);

        IEnumerable<string> Folders() => files.Keys.SelectMany(Above).Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Above(string key)
    {
        for (var folder = FolderOf(key); folder.Length > 0; folder = FolderOf(folder))
        {
            yield return folder;
        }
    }
}

/// <summary>One file of the sources, read.</summary>
/// <param name="Key">Its path below the folder that all sources are in.</param>
/// <param name="Shown">Its path as it is printed.</param>
/// <param name="Origin">Why it was read.</param>
/// <param name="Bytes">Its content.</param>
/// <param name="Documents">Its documents, with the items of lists in place of the lists; secrets are reduced to their names.</param>
/// <param name="Diagnostics">Why it cannot be read.</param>
internal sealed record SourceFileContent(
    string Key,
    string Shown,
    ImportOrigin Origin,
    ReadOnlyMemory<byte> Bytes,
    ImmutableArray<YamlNode> Documents,
    ImmutableArray<Diagnostic> Diagnostics
)
{
    private const string Concern = "crossplane";

    /// <summary>Where its comments are, in a JSON file.</summary>
    public ImmutableArray<SourceSpan> Comments { get; init; } = [];

    /// <summary>Its objects.</summary>
    public ImmutableArray<SourceObject> Objects { get; } = [.. Documents.Select(SourceObject.Of).OfType<SourceObject>()];

    /// <summary>Whether it has packages, or installs the core.</summary>
    public bool Concerns { get; } =
        Documents.Any(document =>
            (SourceObject.Of(document) is { } item ? item.Group == PackageObjects.Group || CoreSources.IsCore(item) : CoreSources.IsChart(document))
        );

    /// <summary>Whether it is a kustomization by its name.</summary>
    public bool IsKustomization => Kustomization.IsFileName(Key[(Key.LastIndexOf('/') + 1)..]);

    /// <summary>The documents for a build: a kustomization in the form of today.</summary>
    public ImmutableArray<YamlNode> BuildDocuments =>
        IsKustomization && Documents is [YamlMapping kustomization, ..] ? [KustomizationForms.OfToday(kustomization)] : Documents;

    public static SourceFileContent Read(ImportFile file, ImmutableDictionary<string, string> variables)
    {
        var (path, content, problem) = (file.File.Path, file.File.Content, file.File.Problem);
        var start = SourceSpan.StartOf(path);
        if (content is not { } bytes)
        {
            return Without(
                new Diagnostic(Rules.ImportUnreadable, $"{path} cannot be read: {problem}.", "Make it a readable file, or leave it out.", start)
            );
        }

        var isTemplate = IsTemplate(file.Key, bytes.Span);
        if (isTemplate)
        {
            return Mentions(bytes.Span)
                ? Without(
                    new Diagnostic(
                        Rules.ImportTemplate,
                        $"{path} is a template, and was not read.",
                        "Import what it makes: helm template … | gitopsgen import - --env NAME=-",
                        start
                    )
                )
                : Without();
        }

        var bag = new DiagnosticBag();
        ImmutableArray<SourceSpan> comments = [];
        if (IsJson(file.Key, bytes.Span) && SourceText.Decode(path, bytes.Span, bag) is { } text)
        {
            (text, comments) = JsonComments.Blank(path, text);
            bytes = Encoding.UTF8.GetBytes(text);
        }

        var (stream, found) = YamlReader.ReadPublished(path, bytes.Span);
        if (stream is null || !found.IsEmpty)
        {
            // A repository has many files; what does not speak of Crossplane is not what is asked for.
            return file.Origin == ImportOrigin.Found && !Mentions(bytes.Span)
                ? Without()
                : Without([
                    .. found.Select(finding => new Diagnostic(
                        Rules.ImportUnreadable,
                        finding.Message,
                        "Correct it, or leave the file out.",
                        finding.Span
                    )),
                ]);
        }

        return new(
            file.Key,
            path,
            file.Origin,
            bytes,
            [.. KubernetesDocuments.Flatten(stream).Select(WithoutSecret).Select(node => Placeholders.Fill(node, variables))],
            []
        )
        {
            Comments = comments,
        };

        SourceFileContent Without(params ImmutableArray<Diagnostic> found) => new(file.Key, path, file.Origin, default, [], found);
    }

    // Of a Secret, nobody needs more than that it is there.
    private static YamlNode WithoutSecret(YamlNode node) =>
        node is YamlMapping mapping && YamlScalar.TextOf(mapping["kind"]) == "Secret"
            ? new YamlMapping(
                [
                    .. mapping
                        .Entries.Where(entry => entry.Key.Text is "apiVersion" or "kind" or "metadata")
                        .Select(entry =>
                            entry.Value is YamlMapping metadata
                                ? new(
                                    entry.Key,
                                    new YamlMapping([.. metadata.Entries.Where(e => e.Key.Text is "name" or "namespace")], metadata.Span)
                                )
                                : entry
                        ),
                ],
                mapping.Span
            )
            : node;

    private static bool IsTemplate(string key, ReadOnlySpan<byte> content) =>
        key.EndsWith(".tpl", StringComparison.Ordinal)
        || key.EndsWith(".tf", StringComparison.Ordinal)
        || ($"/{key}".Contains("/templates/", StringComparison.Ordinal) && content.IndexOf("{{"u8) >= 0);

    private static bool IsJson(string key, ReadOnlySpan<byte> content) =>
        key.EndsWith(".json", StringComparison.Ordinal)
        || (content.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', var next, ..] && next != (byte)'{');

    private static bool Mentions(ReadOnlySpan<byte> content) =>
        Encoding.UTF8.GetString(content).Contains(Concern, StringComparison.OrdinalIgnoreCase);
}
