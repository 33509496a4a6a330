namespace GitOpsGen.Rendering.Templates;

/// <summary>
/// What the user's templates add to the folders of an environment that an engine applies. The kustomization of such a folder lists it, so it is
/// rendered before.
/// </summary>
internal static class OwnFiles
{
    /// <summary>With Flux, it has a kustomization; Argo CD reads only the values there.</summary>
    public const string Core = "crossplane";
    public const string Prerequisites = "packages/prerequisites";
    public const string Extras = "packages/extras";
    public const string ArgoCd = "argocd";
    public const string Flux = "flux";
    private const string Kustomization = "kustomization.yaml";

    public static string Wave(int number) => $"packages/wave-{number}";

    /// <summary>Whether what a template renders is listed by others.</summary>
    public static bool IsOwn(TemplateFile template) =>
        template.IsUsers && FolderOf(template.Path.Value) is not null && !TemplateSet.BuiltIn.TryGet(template.Path.Value, out _);

    /// <summary>The resources of each folder's kustomization, by the folder below the overlay.</summary>
    public static ImmutableDictionary<string, ImmutableArray<string>> ByFolder(IEnumerable<OutputFile> files) =>
        files
            .Select(file => file.Path.Value)
            .GroupBy(path => FolderOf(path)!, StringComparer.Ordinal)
            .ToImmutableDictionary(
                folder => folder.Key,
                folder => Resources([.. folder.Select(path => BelowOverlay(path)[(folder.Key.Length + 1)..])])
            );

    /// <summary>The folder with the kustomization that lists the file or template of a path; <see langword="null"/> where none does.</summary>
    public static string? FolderOf(string path) =>
        path.Split('/') switch
        {
            ["overlays", _, (Core or ArgoCd or Flux) and var folder, _, ..] => folder,
            ["overlays", _, "packages", var folder, _, ..]
                when folder is "prerequisites" or "extras" || folder.StartsWith("wave-", StringComparison.Ordinal) => $"packages/{folder}",
            _ => null,
        };

    // overlays/ENVIRONMENT/… without the first two.
    private static string BelowOverlay(string path) => path[(path.IndexOf('/', "overlays/".Length) + 1)..];

    // Sorted: every YAML and JSON file, and for files below a folder with its own kustomization that folder.
    private static ImmutableArray<string> Resources(ImmutableArray<string> paths)
    {
        var folders = paths
            .Where(path => path.EndsWith($"/{Kustomization}", StringComparison.Ordinal))
            .Select(path => path[..^(Kustomization.Length + 1)])
            .ToList();
        return
        [
            .. paths
                .Where(IsObject)
                .Select(path =>
                    folders.Where(folder => path.StartsWith($"{folder}/", StringComparison.Ordinal)).MinBy(folder => folder.Length) ?? path
                )
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    private static bool IsObject(string path) =>
        path.EndsWith(".yaml", StringComparison.Ordinal)
        || path.EndsWith(".yml", StringComparison.Ordinal)
        || path.EndsWith(".json", StringComparison.Ordinal);
}
