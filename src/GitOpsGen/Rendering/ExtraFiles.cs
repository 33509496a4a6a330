using System.Collections.Immutable;
using GitOpsGen.Model;
using GitOpsGen.Rendering.Templates;

namespace GitOpsGen.Rendering;

/// <summary>What the user's templates write below <c>packages/extras/</c> of an environment. It is applied after every package.</summary>
internal static class ExtraFiles
{
    private const string Folder = "packages/extras/";
    private const string Template = $"overlays/{{environment}}/{Folder}";
    private const string Kustomization = "kustomization.yaml";

    /// <summary>Whether a template has to be rendered before those that list what it writes.</summary>
    public static bool IsExtra(TemplatePath path) =>
        path.Value.StartsWith(Template, StringComparison.Ordinal) && path.Value != Template + Kustomization;

    /// <summary>
    /// The resources of the folder's kustomization, sorted: every YAML and JSON file, and for files below a folder with its own
    /// kustomization that folder.
    /// </summary>
    public static ImmutableArray<string> Resources(IEnumerable<OutputFile> files)
    {
        var paths = files
            .Select(file => file.Path.Value)
            .Select(path => path[(path.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..])
            .ToList();
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
