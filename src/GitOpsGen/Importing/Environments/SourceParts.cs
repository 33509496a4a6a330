using GitOpsGen.Importing.Sources;
using GitOpsGen.Inputs;

namespace GitOpsGen.Importing.Environments;

/// <summary>What is where in the sources, and whether it belongs to an environment alone.</summary>
/// <param name="tree">The sources.</param>
/// <param name="entries">All environments.</param>
internal sealed class SourceParts(SourceTree tree, ImmutableArray<EnvironmentEntry> entries)
{
    private readonly HashSet<string> owned = entries.SelectMany(entry => entry.Keys).ToHashSet(StringComparer.Ordinal);
    private readonly SourceFiles engines = new(tree.Files.Where(file => file.Objects.Any(SourceReach.IsEngine)));
    private readonly SourceFiles loose = new(
        tree.Files.Where(file => file is { Origin: not ImportOrigin.Reached, IsKustomization: false } && !tree.Reach.IsPart(file.Key))
    );
    private readonly Dictionary<(string Scope, bool IsCommon), (ImmutableArray<string> Roots, ImmutableArray<SourceFileContent> Loose)> known = [];

    /// <summary>The files with objects that apply folders.</summary>
    /// <param name="scope">A file or folder.</param>
    /// <param name="isCommon">Whether it belongs to all, so that what belongs to one environment alone does not count.</param>
    public IEnumerable<SourceFileContent> EnginesIn(string scope, bool isCommon) => engines.In(scope).Where(file => !IsForeign(file.Key, isCommon));

    /// <summary>The kustomizations that begin in a folder, and the files that no kustomization is made of.</summary>
    /// <inheritdoc cref="EnginesIn"/>
    public (ImmutableArray<string> Roots, ImmutableArray<SourceFileContent> Loose) In(string scope, bool isCommon)
    {
        if (!known.TryGetValue((scope, isCommon), out var all))
        {
            all = (
                [
                    .. tree
                        .Reach.Roots(scope)
                        .Where(root => !IsForeign(root, isCommon) && !(isCommon && tree.Reach.IsPart(root) && !tree.Reach.LeadsBack(root))),
                ],
                [.. loose.In(scope).Where(file => !IsForeign(file.Key, isCommon))]
            );
            known.Add((scope, isCommon), all);
        }

        return all;
    }

    private bool IsForeign(string key, bool isCommon) => isCommon && SourceTree.AndAbove(key).Any(owned.Contains);
}
