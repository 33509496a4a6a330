using GitOpsGen.Inputs;

namespace GitOpsGen.Importing.Sources;

/// <summary>Reads the sources of an import, also those that they name.</summary>
internal static class SourceReading
{
    // Each step reads what the one before names; a tree of folders is not deeper.
    private const int MostSteps = 100;

    /// <param name="files">Where the sources are.</param>
    /// <param name="paths">What was named, for all environments and for single ones.</param>
    /// <param name="variables">The values of placeholders.</param>
    /// <exception cref="IOException">A folder cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, because access is denied.</exception>
    public static SourceTree Read(ImportFiles files, ImmutableArray<string> paths, ImmutableDictionary<string, string> variables)
    {
        var tree = SourceTree.Empty.With(paths.SelectMany(files.ReadNamed), variables);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        for (var step = 0; step < MostSteps; step++)
        {
            var (parts, applied) = (tree.UnreadParts.Where(asked.Add).ToList(), tree.UnreadFolders.Where(asked.Add).ToList());
            if (parts.Count + applied.Count == 0)
                break;

            tree = tree.With(applied.SelectMany(files.ReadApplied).Concat(parts.SelectMany(files.ReadReached)), variables);
        }

        return tree;
    }
}
