using System.Collections.Concurrent;
using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Builds;

/// <summary>
/// The objects of the output as an engine applies them, folder by folder. What stands below <c>base/</c> is not whole until an
/// overlay has patched it, and is looked at there. Fit for any number of threads.
/// </summary>
internal sealed class OutputBuild
{
    private const string Base = "base/";

    private readonly FileTree tree;
    private readonly RelativePath output;
    private readonly ILookup<string, OutputFile> byFolder;
    private readonly ConcurrentDictionary<string, Parsed> shared = new(StringComparer.Ordinal);

    /// <param name="tree">The rendered files.</param>
    /// <param name="output">The output folder, with which the paths of findings begin.</param>
    public OutputBuild(FileTree tree, RelativePath output)
    {
        this.tree = tree;
        this.output = output;
        byFolder = tree.Files
            .Where(file => IsYaml(file.Path) && !file.Path.Value.StartsWith(Base, StringComparison.Ordinal))
            .ToLookup(file => file.Path.Parent?.Value ?? "", StringComparer.Ordinal);
        Folders = [.. byFolder.Select(folder => folder.Key)];
    }

    /// <summary>Every folder that has objects or a kustomization; the empty name is the output itself.</summary>
    public ImmutableArray<string> Folders { get; }

    public BuiltFolder Build(string folder)
    {
        var bag = new DiagnosticBag();
        var files = byFolder[folder].ToDictionary(file => file.Path, file => Parse(file, bag));
        if (KustomizationOf(folder, files) is not { } kustomization)
        {
            return new([.. files.Values.SelectMany(Objects)], bag.ToImmutable(), []);
        }

        var patches = Named(kustomization, kustomization.Patches);
        var resources = Named(kustomization, kustomization.Resources).ToHashSet();
        var apart = patches.Concat(Named(kustomization, kustomization.Generated)).ToHashSet();
        var objects = files
            .Where(file => !apart.Contains(file.Key))
            .SelectMany(file => resources.Contains(file.Key) ? file.Value.Documents : Objects(file.Value))
            .ToList();
        foreach (var resource in kustomization.Resources)
        {
            objects.AddRange(BaseObjects(kustomization, resource, bag));
        }

        foreach (var patch in patches.Where(files.ContainsKey).SelectMany(path => Objects(files[path])))
        {
            Apply(patch, objects, bag);
        }

        return new([.. objects], bag.ToImmutable(), [.. kustomization.Gaps()]);
    }

    private static void Apply(YamlNode patch, List<YamlNode> objects, DiagnosticBag bag)
    {
        var key = ObjectKey.Of(patch);
        var at = key is null ? -1 : objects.FindIndex(candidate => ObjectKey.Of(candidate) == key);
        if (at >= 0)
        {
            objects[at] = MergePatch.Apply((YamlMapping)objects[at], (YamlMapping)patch);
        }
        else
        {
            bag.Add(Rules.KustomizationBroken, patch.Span, $"The patch of {(key is { } known ? Excerpt.Of(known.ToString()) : "no object")} matches no resource of its kustomization.", "Give it the kind and name of the object that it is for.");
        }
    }

    private ImmutableArray<YamlNode> BaseObjects(Kustomization kustomization, YamlScalar resource, DiagnosticBag bag)
    {
        if (kustomization.Resolve(resource) is not { } path || (!byFolder.Contains(path.Value) && !tree.TryGet(path, out _) && !IsBaseFolder(path)))
        {
            bag.Add(Rules.KustomizationBroken, resource.Span, $"'{Excerpt.Of(resource.Text)}' is neither a file nor a folder with a kustomization of the output.", "Correct the entry, or add what it names.");
            return [];
        }

        return IsBaseFolder(path) ? shared.GetOrAdd(path.Value, ParseBase).Documents : [];
    }

    private bool IsBaseFolder(RelativePath path) =>
        path.Value.StartsWith(Base, StringComparison.Ordinal) && tree.TryGet(RelativePath.Parse(Kustomization.FileName).Below(path), out _);

    private Parsed ParseBase(string folder)
    {
        var bag = new DiagnosticBag();
        var parsed = tree.TryGet(RelativePath.Parse($"{folder}/{Kustomization.FileName}"), out var file) ? Parse(file, bag) : Parsed.Nothing;
        if (parsed.Documents is not [YamlMapping content])
        {
            return Parsed.Nothing;
        }

        var kustomization = new Kustomization(content, folder);
        return new(
        [
            .. Named(kustomization, kustomization.Resources)
                .Select(path => tree.TryGet(path, out var resource) ? Parse(resource, bag) : Parsed.Nothing)
                .SelectMany(file => file.Documents),
        ]);
    }

    private static Kustomization? KustomizationOf(string folder, Dictionary<RelativePath, Parsed> files)
    {
        var path = files.Keys.FirstOrDefault(path => path.Name == Kustomization.FileName);
        return path is not null && files[path].Documents is [YamlMapping content] ? new(content, folder) : null;
    }

    private static ImmutableArray<RelativePath> Named(Kustomization kustomization, ImmutableArray<YamlScalar> entries) =>
        [.. entries.Select(kustomization.Resolve).OfType<RelativePath>()];

    private Parsed Parse(OutputFile file, DiagnosticBag bag)
    {
        var (stream, found) = YamlReader.ReadAll(file.Path.Below(output).Value, file.Content.Span);
        bag.AddRange(found);
        return new([.. KubernetesDocuments.Flatten(stream)]);
    }

    // Helm values are YAML too, and a kustomization is read by no API server.
    private static IEnumerable<YamlNode> Objects(Parsed file) => file.Documents.Where(document =>
        document is not YamlMapping mapping
        || ((mapping["apiVersion"] is not null || mapping["kind"] is not null) && ObjectKey.Of(mapping)?.Group != "kustomize.config.k8s.io"));

    private static bool IsYaml(RelativePath path) =>
        path.Value.EndsWith(".yaml", StringComparison.Ordinal) || path.Value.EndsWith(".yml", StringComparison.Ordinal);

    private sealed record Parsed(ImmutableArray<YamlNode> Documents)
    {
        public static Parsed Nothing { get; } = new([]);
    }
}
