using System.Collections.Concurrent;
using GitOpsGen.Importing.Objects;
using GitOpsGen.Validation.Controllers;

namespace GitOpsGen.Importing.Sources;

/// <summary>What leads to what: kustomizations to their parts, and objects of engines to folders.</summary>
internal sealed class SourceReach(SourceTree tree)
{
    private readonly ConcurrentDictionary<string, ImmutableArray<string>> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableArray<string>> roots = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> concerns = new(StringComparer.Ordinal);

    // Everything that some kustomization is made of, as folder or file.
    private readonly Lazy<HashSet<string>> parts = new(() =>
        tree.KustomizationFolders("").SelectMany(folder => tree.KustomizationOf(folder)?.BuiltFrom ?? []).ToHashSet(StringComparer.Ordinal)
    );

    private readonly Lazy<ILookup<string, SourceFileContent>> byFolder = new(() =>
        tree.Files.ToLookup(file => RelativePath.FolderOf(file.Key), StringComparer.Ordinal)
    );

    /// <summary>Whether a kustomization is made of it.</summary>
    public bool IsPart(string key) => parts.Value.Contains(key);

    /// <summary>The kustomizations in and below a folder that are no part of another one, and are not components.</summary>
    public ImmutableArray<string> Roots(string folder) =>
        roots.GetOrAdd(
            folder,
            _ =>
            {
                var inside = tree.KustomizationFolders(folder).ToList();
                var named = inside.SelectMany(other => tree.KustomizationOf(other)?.BuiltFrom ?? []).ToHashSet(StringComparer.Ordinal);
                // Of those that lead back to themselves, Kustomize builds none, and each has something that no other one has.
                return
                [
                    .. inside.Where(other =>
                        (!named.Contains(other) || LeadsBack(other)) && tree.KustomizationOf(other) is null or { IsComponent: false }
                    ),
                ];
            }
        );

    /// <summary>Whether a kustomization is made of itself, by way of others.</summary>
    public bool LeadsBack(string folder) =>
        tree.KustomizationOf(folder)?.BuiltFrom.Any(part => tree.KustomizationOf(part) is not null && From(part).Contains(folder)) == true;

    /// <summary>All files and folders that an entry leads to by kustomizations, itself included.</summary>
    public ImmutableArray<string> From(string entry) =>
        known.GetOrAdd(
            entry,
            _ =>
            {
                var seen = new HashSet<string>(StringComparer.Ordinal) { entry };
                var open = new Stack<string>(tree.KustomizationFolders(entry));
                seen.UnionWith(open);
                while (open.TryPop(out var folder))
                {
                    foreach (var part in tree.KustomizationOf(folder)?.BuiltFrom.Where(seen.Add) ?? [])
                        open.Push(part);
                }

                return [.. seen];
            }
        );

    /// <summary>Whether an object applies folders.</summary>
    public static bool IsEngine(SourceObject item) =>
        item is { Group: EngineGroups.Kustomize } or { Group: EngineGroups.ArgoCd, Kind: "Application" };

    /// <summary>
    /// The files with the objects that an Application or a Flux Kustomization applies: those that kustomizations name, and of a folder without
    /// one, all below it for Flux, and for Argo CD only if it says so.
    /// </summary>
    public IEnumerable<SourceFileContent> AppliedBy(SourceObject engine)
    {
        var isDeep =
            engine.Group == EngineGroups.Kustomize
            || ArgoSource.All(engine.Spec!).Any(source => source.Content.At("directory", "recurse") is YamlScalar { IsTrue: true });
        var open = new Stack<string>(PathsOf(engine));
        var seen = open.ToHashSet(StringComparer.Ordinal);
        while (open.TryPop(out var key))
        {
            if (tree.File(key) is { } file)
            {
                yield return file;
                continue;
            }

            foreach (var part in tree.KustomizationOf(key)?.BuiltFrom ?? PartsOf(key, isDeep))
            {
                if (seen.Add(part))
                    open.Push(part);
            }
        }
    }

    // Of a folder that is not a kustomization: its files, and the kustomizations below it. What is below a chart is its templates.
    private IEnumerable<string> PartsOf(string folder, bool isDeep) =>
        tree.FilesIn(folder)
            .Select(file => file.Key)
            .Where(key => isDeep || RelativePath.FolderOf(key) == folder || tree.File($"{folder}/{SourceTree.ChartFile}") is not null)
            .Select(key =>
                SourceTree.Above(key).TakeWhile(above => above != folder).LastOrDefault(above => tree.KustomizationOf(above) is not null) ?? key
            );

    private IEnumerable<SourceFileContent> FilesOf(string key) =>
        tree.FilesIn(key).Concat(From(key).SelectMany(reached => byFolder.Value[reached].Concat(tree.File(reached) is { } file ? [file] : [])));

    /// <summary>Whether a file or folder, or what it leads to, has packages or installs the core.</summary>
    public bool Concerns(string key) => concerns.GetOrAdd(key, _ => FilesOf(key).Any(file => file.Concerns));

    /// <summary>Whether a file or folder, or what it leads to, has packages.</summary>
    public bool HasPackages(string key) => FilesOf(key).Any(file => file.Objects.Any(PackageGroup.IsPackage));

    /// <summary>Whether an object of an engine is about Crossplane.</summary>
    public bool Concerns(SourceObject engine)
    {
        var folders = PathsOf(engine).ToList();
        return engine.Spec is { } spec
            && (
                ArgoSource.All(spec).Any(source => source.Chart == CoreObjects.Chart)
                || folders.Exists(Concerns)
                || (folders.Count == 0 && EngineSpec.Paths(spec).Any() && SpeaksOfCrossplane(engine))
            );
    }

    /// <summary>Whether an Application or a Flux Kustomization applies packages itself. Of several, the innermost folder counts.</summary>
    /// <param name="engine">The object.</param>
    /// <param name="others">All such objects.</param>
    public bool AppliesPackages(SourceObject engine, IReadOnlyCollection<SourceObject> others)
    {
        var folders = PathsOf(engine).ToList();
        // One that is not among the sources may have packages.
        return folders.Count == 0
            ? engine.Group == EngineGroups.Kustomize || EngineSpec.Paths(engine.Spec!).Any()
            : folders.Exists(HasPackages)
                && !others
                    .Where(other => other != engine)
                    .SelectMany(PathsOf)
                    .Any(inner => HasPackages(inner) && folders.Exists(folder => folder != inner && SourceTree.IsIn(inner, folder)));
    }

    /// <summary>Whether an Application applies other ones, and nothing of Crossplane itself: it is often for another cluster, that of Argo CD.</summary>
    /// <inheritdoc cref="AppliesPackages"/>
    public bool AppliesApplications(SourceObject engine, IReadOnlyCollection<SourceObject> others)
    {
        var inner = others.Where(other => other != engine).SelectMany(PathsOf).ToHashSet(StringComparer.Ordinal);
        var folders = PathsOf(engine).Where(folder => !inner.Contains(folder)).ToList();
        var own = folders
            .SelectMany(FilesOf)
            .Where(file => file.Concerns && !inner.Any(folder => SourceTree.IsIn(file.Key, folder)))
            .SelectMany(file => file.Documents.Select(SourceObject.Of))
            .ToList();
        return own.Count > 0 && own.TrueForAll(item => item?.Group == EngineGroups.ArgoCd) && !AppliesPackages(engine, others);
    }

    /// <summary>The folders among the sources that an Application or a Flux Kustomization applies.</summary>
    public IEnumerable<string> PathsOf(SourceObject engine) =>
        engine.Spec is { } spec ? EngineSpec.Paths(spec).Select(tree.Find).OfType<string>().Where(key => key.Length > 0) : [];

    // The folder is elsewhere: its name is all that is known.
    private static bool SpeaksOfCrossplane(SourceObject engine) =>
        engine.Name.Contains(CoreObjects.Chart, StringComparison.OrdinalIgnoreCase)
        || EngineSpec.Paths(engine.Spec!).Any(path => path.Contains(CoreObjects.Chart, StringComparison.OrdinalIgnoreCase));
}
