using GitOpsGen.Model;
using GitOpsGen.Validation.Builds;
using GitOpsGen.Validation.Controllers;
using GitOpsGen.Yaml;

namespace GitOpsGen.Review;

/// <summary>
/// Which files and folders of one of two outputs an engine applies. Nothing in an output says where an engine begins. But what a kustomization
/// names on one side only is there and not applied on the other, unless an engine's object names it there.
/// </summary>
internal sealed class AppliedPaths
{
    private readonly OutputBuild build;
    private readonly ILookup<string, string> mentioning;
    private readonly ILookup<string, string> elsewhere;
    private readonly Lazy<HashSet<string>> ofEngines;

    private AppliedPaths(OutputBuild build, ILookup<string, string> mentioning, ILookup<string, string> elsewhere)
    {
        (this.build, this.mentioning, this.elsewhere) = (build, mentioning, elsewhere);
        ofEngines = new(() => [.. PathsOfEngines(build)]);
    }

    public static (AppliedPaths Before, AppliedPaths After) Of(OutputBuild before, OutputBuild after)
    {
        var (old, current) = (Mentioning(before), Mentioning(after));
        return (new(before, old, current), new(after, current, old));
    }

    /// <summary>The folders whose kustomizations mention a path.</summary>
    public IEnumerable<string> Mentioning(string path) => mentioning[path];

    /// <summary>The paths that only the other side mentions, and all that is built from these.</summary>
    public HashSet<string> OnlyElsewhere()
    {
        var only = elsewhere.Select(path => path.Key).Where(path => !mentioning.Contains(path)).ToList();
        return [.. only, .. build.ReadFor(only)];
    }

    /// <summary>Whether the objects of a folder, or of a file that is in no build, are applied.</summary>
    public bool Has(string path) => Has(path, []);

    private bool Has(string path, HashSet<string> seen) =>
        seen.Add(path)
        && (
            (mentioning.Contains(path) ? mentioning[path].Any(folder => Has(folder, seen)) : !elsewhere.Contains(path))
            || ofEngines.Value.Contains(path)
        );

    private static ILookup<string, string> Mentioning(OutputBuild build) =>
        build
            .Folders.SelectSideBySide(folder => (folder, paths: build.MentionedBy(folder)))
            .SelectMany(pair => pair.paths.Select(path => (pair.folder, path)))
            .ToLookup(pair => pair.path, pair => pair.folder, StringComparer.Ordinal);

    // In an engine's repository, the output may be in another folder than here.
    private static IEnumerable<string> PathsOfEngines(OutputBuild build)
    {
        var paths = build
            .Folders.SelectMany(folder => build.Build(folder).Objects)
            .Select(item => item.At("spec") as YamlMapping)
            .OfType<YamlMapping>()
            .SelectMany(spec => ArgoSource.All(spec).Select(source => source.Path).Append(spec.TextAt("path")))
            .OfType<string>()
            .Select(path => $"/{path.TrimEnd('/')}")
            .ToHashSet(StringComparer.Ordinal);
        return build.Folders.Where(folder => paths.Any(path => path.EndsWith($"/{folder}", StringComparison.Ordinal)));
    }
}
