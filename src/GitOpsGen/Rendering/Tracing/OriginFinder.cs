using GitOpsGen.Settings;

namespace GitOpsGen.Rendering.Tracing;

/// <summary>Finds what <see cref="Origin"/>s name in the files of the user.</summary>
internal sealed class OriginFinder(InputDocument lockfile, InputDocument settings)
{
    private const int ValueLength = 100;

    private readonly Dictionary<string, YamlMapping> merged = new(StringComparer.Ordinal);

    /// <summary>Everything that an origin names, each once. Settings are those of these environments.</summary>
    public ImmutableArray<ExplainedOrigin> Find(IEnumerable<Origin> origins, IReadOnlyCollection<string> environments) =>
        [.. origins.SelectMany(origin => Find(origin, environments)).DistinctBy(origin => (origin.Span, origin.Key))];

    private IEnumerable<ExplainedOrigin> Find(Origin origin, IReadOnlyCollection<string> environments) =>
        origin switch
        {
            Origin.Place { Span: var span } => At(span) is { } found ? [found] : [],
            Origin.LockKey { Entry: var entry, Key: var key } => [OfEntry(entry, key)],
            Origin.Need { Entry: var entry, Key: var key } => [OfEntry(entry, key) with { IsNeed = true }],
            Origin.Setting setting => environments.Select(environment => OfSetting(setting, environment)).OfType<ExplainedOrigin>(),
            _ => [],
        };

    private ExplainedOrigin? At(SourceSpan span)
    {
        var document = span.File == settings.File ? settings : lockfile;
        if (document.Find(span) is not var (key, node))
            return null;

        return document == lockfile && EntryOf(key) is { } entry
            ? new(span, key, ValueOf(node)) { Package = PackageOf(entry) }
            : new(span, key, ValueOf(node));
    }

    private ExplainedOrigin OfEntry(int index, string key)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"packages[{index}].{Dotted(key)}");
        var entry = ((YamlSequence)lockfile.Root["packages"]!).Items[index];
        return Below(entry, key) is { } node
            ? new(node.Span, name, ValueOf(node)) { Package = PackageOf(entry) }
            : new(null, name, null) { Package = PackageOf(entry) };
    }

    private ExplainedOrigin? OfSetting(Origin.Setting setting, string environment)
    {
        foreach (var key in setting.Keys)
        {
            var node = key.StartsWith('/') ? Below(settings.Root, key[1..]) : Below(Merged(environment), key);
            if (node is not (null or YamlMapping) || (node is YamlMapping && setting.Keys.Length == 1))
                return At(node.Span) ?? new(node.Span, Dotted(key), ValueOf(node));
        }

        return setting.HasDefault ? new(null, Dotted(setting.Keys[0]), null) : null;
    }

    private YamlMapping Merged(string environment)
    {
        if (!merged.TryGetValue(environment, out var mapping))
        {
            var own = (YamlMapping)((YamlMapping)settings.Root["environments"]!)[environment]!;
            merged.Add(environment, mapping = settings.Root["defaults"] is YamlMapping defaults ? DefaultsMerge.Under(own, defaults) : own);
        }

        return mapping;
    }

    private YamlNode? EntryOf(string key)
    {
        var end = key.IndexOf(']', StringComparison.Ordinal);
        return key.StartsWith("packages[", StringComparison.Ordinal) && end > 0
            ? ((YamlSequence)lockfile.Root["packages"]!).Items[int.Parse(key.AsSpan("packages[".Length..end), CultureInfo.InvariantCulture)]
            : null;
    }

    private static string PackageOf(YamlNode entry) => $"{ValueOf(((YamlMapping)entry)["package"]!)} {ValueOf(((YamlMapping)entry)["version"]!)}";

    private static YamlNode? Below(YamlNode node, string key) => node.At(key.Split('/'));

    private static string Dotted(string key) => key.TrimStart('/').Replace('/', '.');

    private static string? ValueOf(YamlNode? node) => node is YamlScalar scalar ? Excerpt.Of(scalar.Text, ValueLength) : null;
}

/// <summary>A file of the user's, in which places and keys are looked up.</summary>
/// <param name="File">Its path as diagnostics print it.</param>
/// <param name="Root">What it says.</param>
internal sealed record InputDocument(string File, YamlMapping Root)
{
    /// <summary>Reads a file that has already been read without an error.</summary>
    public static InputDocument Read(string file, ReadOnlySpan<byte> content) => new(file, (YamlMapping)YamlReader.Read(file, content).Value!);

    /// <summary>The node at a place and its keys from the top; for a key itself no node. <see langword="null"/> for any other place.</summary>
    public (string Key, YamlNode? Node)? Find(SourceSpan span) => Find(Root, "", span);

    private static (string Key, YamlNode? Node)? Find(YamlNode node, string path, SourceSpan span)
    {
        if (node.Span == span)
            return (path, node);

        if (!Holds(node.Span, span))
            return null;

        switch (node)
        {
            case YamlMapping mapping:
                foreach (var (key, value) in mapping.Entries)
                {
                    var inner = path.Length == 0 ? key.Text : $"{path}.{key.Text}";
                    if (key.Span == span)
                        return (inner, null);

                    if (Find(value, inner, span) is { } found)
                        return found;
                }

                break;
            case YamlSequence list:
                for (var i = 0; i < list.Items.Length; i++)
                {
                    if (Find(list.Items[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), span) is { } found)
                        return found;
                }

                break;
        }

        return null;
    }

    private static bool Holds(SourceSpan outer, SourceSpan inner) =>
        outer.File == inner.File && outer.Start.CompareTo(inner.Start) <= 0 && outer.End.CompareTo(inner.End) >= 0;
}
