using GitOpsGen.Validation.Builds;
using GitOpsGen.Validation.Controllers;

namespace GitOpsGen.Review;

/// <summary>
/// Which files and folders of one of two outputs an engine applies. Nothing in an output says where an engine begins. But what a kustomization
/// names on one side only is there and not applied on the other, unless an engine's object names it there.
/// </summary>
internal sealed class AppliedPaths
{
    private readonly OutputBuild build;
    private readonly ILookup<string, string> mentioning;
    private readonly Lazy<HashSet<string>> ofEngines;

    private AppliedPaths(OutputBuild build, ILookup<string, string> mentioning)
    {
        (this.build, this.mentioning) = (build, mentioning);
        ofEngines = new(() => [.. PathsOfEngines(build)]);
    }

    /// <summary>The two sides, and the folders whose kustomizations mention a path on either of them.</summary>
    /// <param name="before">The output that was.</param>
    /// <param name="after">The output that is to be.</param>
    public static (AppliedPaths Before, AppliedPaths After, ILookup<string, string> Mentioning) Of(OutputBuild before, OutputBuild after)
    {
        var mentioning = before
            .Folders.Union(after.Folders)
            .ToArray()
            .SelectSideBySide(folder => (folder, paths: Mentioned(before.MentionedBy(folder), after.MentionedBy(folder))))
            .SelectMany(pair => pair.paths.Select(path => (pair.folder, path)))
            .ToLookup(pair => pair.path, pair => pair.folder, StringComparer.Ordinal);
        return (new(before, mentioning), new(after, mentioning), mentioning);

        static ImmutableHashSet<string> Mentioned(ImmutableHashSet<string> old, ImmutableHashSet<string> current) =>
            ReferenceEquals(old, current) ? old : old.Union(current);
    }

    /// <summary>Of some paths, those that only the other side mentions, and all that is built from these.</summary>
    public HashSet<string> OnlyElsewhere(IEnumerable<string> paths)
    {
        var only = paths.Where(path => mentioning.Contains(path) && !MentionedBy(path).Any()).ToList();
        return [.. only, .. build.ReadFor(only)];
    }

    /// <summary>Whether the objects of a folder, or of a file that is in no build, are applied.</summary>
    public bool Has(string path) => Has(path, []);

    private bool Has(string path, HashSet<string> seen) =>
        !mentioning.Contains(path) || (seen.Add(path) && MentionedBy(path).Any(folder => Has(folder, seen))) || ofEngines.Value.Contains(path);

    private IEnumerable<string> MentionedBy(string path) => mentioning[path].Where(folder => build.MentionedBy(folder).Contains(path));

    // In an engine's repository, the output may be in another folder than here.
    private static IEnumerable<string> PathsOfEngines(OutputBuild build)
    {
        var paths = build
            .Folders.SelectMany(folder => build.Build(folder).Objects)
            .Select(item => item.At("spec") as YamlMapping)
            .OfType<YamlMapping>()
            .SelectMany(EngineSpec.Paths)
            .Select(path => $"/{path.TrimEnd('/')}")
            .ToHashSet(StringComparer.Ordinal);
        return build.Folders.Where(folder => paths.Any(path => path.EndsWith($"/{folder}", StringComparison.Ordinal)));
    }
}
