using GitOpsGen.Importing.Objects;
using GitOpsGen.Inputs;

namespace GitOpsGen.Importing.Sources;

/// <summary>Files beside a kustomization that none names. Kustomize does not apply them, so that they are not read.</summary>
internal static class UnlistedFiles
{
    private const int Shown = 3;

    /// <summary>A finding for each folder with such files that say something about Crossplane.</summary>
    public static IEnumerable<Diagnostic> In(SourceTree tree)
    {
        var folders = tree
            .Files.Where(file => file is { Origin: ImportOrigin.Found, IsKustomization: false } && file.Objects.Any(item => IsOfUse(tree, item)))
            .GroupBy(file => RelativePath.FolderOf(file.Key), StringComparer.Ordinal)
            .Where(files => tree.KustomizationOf(files.Key) is not null)
            .ToList();
        // Also what generators and patches are made of.
        var named =
            folders.Count == 0
                ? []
                : tree.KustomizationFolders("").SelectMany(folder => tree.KustomizationOf(folder)?.Mentioned ?? []).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            var names = folder.Where(file => !named.Contains(file.Key)).Select(file => Excerpt.Of(RelativePath.NameOf(file.Key))).ToList();
            if (names.Count > 0)
            {
                yield return new(
                    Rules.ImportUnlisted,
                    $"No kustomization names what is beside this one, and it was not read: {Excerpt.Names(names, Shown)}.",
                    "Add what is installed to 'resources'. A file that is imported by its name is read, too.",
                    SourceSpan.StartOf(tree.KustomizationFileOf(folder.Key)!.Shown)
                );
            }
        }
    }

    private static bool IsOfUse(SourceTree tree, SourceObject item) =>
        CoreObjects.IsRead(item) || (SourceReach.IsEngine(item) && tree.Reach.Concerns(item));
}
