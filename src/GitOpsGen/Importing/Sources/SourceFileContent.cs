using System.Buffers;
using GitOpsGen.Importing.Objects;
using GitOpsGen.Inputs;
using GitOpsGen.Validation.Builds;

namespace GitOpsGen.Importing.Sources;

/// <summary>
/// One file of the sources. Most files of a repository are about something else: they are read as YAML only where a kustomization is made
/// of them.
/// </summary>
internal sealed partial class SourceFileContent
{
    private const string Concern = "crossplane";

    // Without any of these, a file has nothing that an import reads by itself.
    private static readonly SearchValues<string> Signs = SearchValues.Create(
        [
            Concern,
            "packageCache",
            "rbacManager",
            "argoproj.io",
            "toolkit.fluxcd.io",
            "\"Statement\"",
            "AssumeRolePolicyDocument",
            "nodegroup",
            "associations",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    // What takes values out of ConfigMaps.
    private static readonly SearchValues<string> MapReferences = SearchValues.Create(["valuesFrom", "substituteFrom"], StringComparison.Ordinal);

    private readonly Lazy<Parsed> parsed;

    private SourceFileContent(string key, string shown, ImportOrigin origin, ReadOnlyMemory<byte> bytes, Func<Parsed> parse)
        : this(key, shown, origin, bytes, new Lazy<Parsed>(parse)) { }

    private SourceFileContent(string key, string shown, ImportOrigin origin, ReadOnlyMemory<byte> bytes, Lazy<Parsed> parsed)
    {
        Key = key;
        Shown = shown;
        Origin = origin;
        Bytes = bytes;
        this.parsed = parsed;
    }

    /// <summary>Its path below the folder that all sources are in.</summary>
    public string Key { get; }

    /// <summary>Its path as it is printed.</summary>
    public string Shown { get; }

    /// <summary>Why it was read.</summary>
    public ImportOrigin Origin { get; }

    /// <summary>Its content.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Whether it may have something that an import reads, for itself.</summary>
    public bool IsRelevant { get; private init; } = true;

    /// <summary>Whether it takes values out of ConfigMaps.</summary>
    public bool RefersToMaps { get; private init; }

    /// <summary>Whether it is relevant only if another file takes values out of ConfigMaps: most of them are about something else.</summary>
    public bool HasMapsAlone { get; private init; }

    /// <summary>Its documents, with the items of lists in place of the lists; secrets are reduced to their names.</summary>
    public ImmutableArray<YamlNode> Documents => parsed.Value.Documents;

    /// <summary>Why it cannot be read.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => IsRelevant ? parsed.Value.Diagnostics : [];

    /// <summary>Where its comments are, in a JSON file.</summary>
    public ImmutableArray<SourceSpan> Comments => parsed.Value.Comments;

    /// <summary>Its objects; none where it is not relevant.</summary>
    public ImmutableArray<SourceObject> Objects => IsRelevant ? parsed.Value.Objects : [];

    /// <summary>Whether it has packages, or installs the core.</summary>
    public bool Concerns => IsRelevant && parsed.Value.Concerns;

    /// <summary>The kinds of its objects, by their lines alone.</summary>
    public IEnumerable<string> Kinds => Kind().Matches(Encoding.UTF8.GetString(Bytes.Span)).Select(match => match.Groups["kind"].Value);

    /// <summary>Whether it is a kustomization by its name.</summary>
    public bool IsKustomization => Kustomization.IsFileName(RelativePath.NameOf(Key));

    /// <summary>The documents for a build: a kustomization in the form of today.</summary>
    public ImmutableArray<YamlNode> BuildDocuments =>
        IsKustomization && Documents is [YamlMapping kustomization, ..] ? [KustomizationForms.OfToday(kustomization)] : Documents;

    /// <summary>The same, relevant.</summary>
    public SourceFileContent AsRelevant()
    {
        // Here, because files are looked at in parallel.
        _ = parsed.Value;
        return new(Key, Shown, Origin, Bytes, parsed) { RefersToMaps = RefersToMaps };
    }

    /// <summary>A kustomization that an engine makes.</summary>
    public static SourceFileContent Made(string key, string shown, YamlMapping kustomization) =>
        new(key, shown, ImportOrigin.Reached, "{}"u8.ToArray(), () => new([kustomization], []));

    public static SourceFileContent Of(ImportFile file, ImmutableDictionary<string, string> variables)
    {
        var (path, content, problem) = (file.File.Path, file.File.Content, file.File.Problem);
        if (file.Origin == ImportOrigin.Linked)
        {
            var link = new Diagnostic(
                Rules.ImportReference,
                $"{path} is a symbolic link to something outside of the sources, and was not followed.",
                "If it leads to sources, name the file or folder that it leads to, too.",
                SourceSpan.StartOf(path)
            )
            {
                Severity = Severity.Info,
            };
            return new(file.Key, path, file.Origin, default, () => new([], [link]));
        }

        if (content is not { } bytes)
        {
            var unreadable = new Diagnostic(
                Rules.ImportUnreadable,
                $"{path} cannot be read: {problem}.",
                "Make it a readable file, or leave it out.",
                SourceSpan.StartOf(path)
            );
            return new(file.Key, path, file.Origin, default, () => new([], [unreadable]));
        }

        if (IsTemplate(file.Key, bytes.Span))
        {
            var template = new Diagnostic(
                Rules.ImportTemplate,
                $"{path} is a template, and was not read.",
                "Import what it makes: helm template … | gitopsgen import - --env NAME=-",
                SourceSpan.StartOf(path)
            );
            return new(file.Key, path, file.Origin, default, () => new([], [template])) { IsRelevant = Mentions(bytes.Span) };
        }

        var text = Letters(bytes.Span).AsSpan();
        var isRelevant = file.Origin == ImportOrigin.Named || Kustomization.IsFileName(RelativePath.NameOf(file.Key)) || text.ContainsAny(Signs);
        var read = new SourceFileContent(file.Key, path, file.Origin, bytes, () => Parse(file, bytes, variables))
        {
            IsRelevant = isRelevant,
            RefersToMaps = isRelevant && text.ContainsAny(MapReferences),
            HasMapsAlone = !isRelevant && text.Contains("ConfigMap", StringComparison.Ordinal),
        };
        // Here, because files are looked at in parallel.
        _ = read.Concerns;
        return read;
    }

    private static Parsed Parse(ImportFile file, ReadOnlyMemory<byte> bytes, ImmutableDictionary<string, string> variables)
    {
        var path = file.File.Path;
        ImmutableArray<SourceSpan> comments = [];
        if (IsJson(file.Key, bytes.Span) && SourceText.Decode(path, bytes.Span, new()) is { } text)
        {
            (text, comments) = JsonComments.Blank(path, text);
            bytes = Encoding.UTF8.GetBytes(text);
        }

        var (stream, all) = YamlReader.ReadPublished(path, bytes.Span, tellsDuplicates: true);
        ImmutableArray<Diagnostic> found = [.. all.Where(finding => finding.Rule != Rules.DuplicateKey)];
        if (stream is null || !found.IsEmpty)
        {
            // A repository has many files; what does not speak of Crossplane is not what is asked for.
            return file.Origin == ImportOrigin.Found && !Mentions(bytes.Span)
                ? new([], [])
                : new(
                    [],
                    [
                        .. found.Select(finding => new Diagnostic(
                            Rules.ImportUnreadable,
                            finding.Message,
                            $"{finding.Fix.TrimEnd('.')}, or leave the file out.",
                            finding.Span
                        )),
                    ]
                );
        }

        IEnumerable<Diagnostic> twice =
            file.Origin == ImportOrigin.Named || Mentions(bytes.Span) || Kustomization.IsFileName(RelativePath.NameOf(file.Key))
                ? all.Select(finding => new Diagnostic(
                    Rules.ImportDuplicateKey,
                    $"{finding.Message} Kubernetes takes the last one, and Kustomize refuses the file.",
                    "Keep one of them.",
                    finding.Span
                ))
                : [];
        return new([.. KubernetesDocuments.Flatten(stream).Select(WithoutSecret).Select(node => Placeholders.Fill(node, variables))], [.. twice])
        {
            Comments = comments,
        };
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

    private static bool Mentions(ReadOnlySpan<byte> content) => Letters(content).Contains(Concern, StringComparison.OrdinalIgnoreCase);

    // UTF-16, which PowerShell's > writes, is not read, but it has to be told: its letters have a zero beside them.
    private static string Letters(ReadOnlySpan<byte> content) =>
        content.Contains((byte)0) ? Encoding.UTF8.GetString(content).Replace("\0", "", StringComparison.Ordinal) : Encoding.UTF8.GetString(content);

    [GeneratedRegex("^kind: *(?<kind>[A-Za-z]+) *\r?$", RegexOptions.Multiline)]
    private static partial Regex Kind();

    /// <summary>What a file holds.</summary>
    private sealed record Parsed(ImmutableArray<YamlNode> Documents, ImmutableArray<Diagnostic> Diagnostics)
    {
        public ImmutableArray<SourceSpan> Comments { get; init; } = [];

        public ImmutableArray<SourceObject> Objects { get; } = [.. Documents.Select(SourceObject.Of).OfType<SourceObject>()];

        public bool Concerns { get; } =
            Documents.Any(document =>
                SourceObject.Of(document) is { } item ? item.Group == PackageGroup.Name || CoreObjects.IsCore(item) : CoreObjects.IsChart(document)
            );
    }
}
