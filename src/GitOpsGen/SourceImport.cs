using System.Collections.Immutable;
using GitOpsGen.Importing;
using GitOpsGen.Inputs;

namespace GitOpsGen;

/// <summary>Reads the sources of an import, also those that they name, and imports them.</summary>
internal static class SourceImport
{
    // Each step reads what the one before names; a tree of folders is not deeper.
    private const int MostSteps = 100;

    /// <param name="files">Where the sources are.</param>
    /// <param name="paths">What was named, for all environments and for single ones.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="schemas">Where the schemas of the lockfile and of the settings are, from the folder of each.</param>
    /// <exception cref="IOException">A folder cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, because access is denied.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ImportResult Run(ImportFiles files, ImmutableArray<string> paths, ImportRequest request, (string Lockfile, string Settings) schemas)
    {
        var tree = SourceTree.Empty.With(paths.SelectMany(files.ReadNamed), request.Variables);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        for (var step = 0; step < MostSteps; step++)
        {
            var (parts, applied) = (tree.UnreadParts.Where(asked.Add).ToList(), tree.UnreadFolders.Where(asked.Add).ToList());
            if (parts.Count + applied.Count == 0)
            {
                break;
            }

            tree = tree.With(applied.SelectMany(files.ReadApplied).Concat(parts.SelectMany(files.ReadReached)), request.Variables);
        }

        return Importer.Import(tree, request, schemas);
    }
}
