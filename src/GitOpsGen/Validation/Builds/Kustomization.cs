using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Builds;

/// <summary>
/// What a kustomization of the output says: the resources, the patches, and the files that it puts into ConfigMaps. What else could
/// change an object is not applied, and said so.
/// </summary>
internal sealed class Kustomization
{
    public const string FileName = "kustomization.yaml";

    private static readonly string[] WithoutEffect = ["apiVersion", "kind", "metadata", "resources", "patches", "configMapGenerator"];

    private readonly YamlMapping content;
    private readonly string folder;

    public Kustomization(YamlMapping content, string folder)
    {
        this.content = content;
        this.folder = folder;
        Resources = [.. Items("resources").OfType<YamlScalar>()];
        Patches = [.. Items("patches").OfType<YamlMapping>().Where(patch => patch["target"] is null).Select(patch => patch["path"]).OfType<YamlScalar>()];
        Generated = [.. Items("configMapGenerator").OfType<YamlMapping>().SelectMany(FilesOf)];
    }

    public ImmutableArray<YamlScalar> Resources { get; }

    public ImmutableArray<YamlScalar> Patches { get; }

    /// <summary>Files that become the data of a ConfigMap, and are no objects.</summary>
    public ImmutableArray<YamlScalar> Generated { get; }

    /// <summary>What changes objects in a way that is not applied here.</summary>
    public IEnumerable<Diagnostic> Gaps()
    {
        foreach (var (key, value) in content.Entries)
        {
            if (!WithoutEffect.Contains(key.Text, StringComparer.Ordinal))
            {
                yield return Gap(key, $"'{Excerpt.Of(key.Text)}'");
            }
            else if (key.Text == "patches" && value is YamlSequence patches && patches.Items.Length > Patches.Length)
            {
                yield return Gap(key, "A patch that is inline or has a target");
            }
        }
    }

    /// <summary>The path of what an entry names, below the output; <see langword="null"/> where it leaves the output.</summary>
    public RelativePath? Resolve(YamlScalar entry)
    {
        var segments = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var segment in entry.Text.Split('/'))
        {
            if (segment == ".." && segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment is not ("" or "."))
            {
                segments.Add(segment);
            }
        }

        return RelativePath.TryParse(string.Join('/', segments), out var path) ? path : null;
    }

    private static Diagnostic Gap(YamlScalar key, string what) => new(
        Rules.NotEvaluated,
        $"{what} of this kustomization is not applied before its objects are checked.",
        "Check what kubectl kustomize builds, too.",
        key.Span);

    private ImmutableArray<YamlNode> Items(string key) => content[key] is YamlSequence list ? list.Items : [];

    private static IEnumerable<YamlScalar> FilesOf(YamlMapping generator) => generator["files"] is YamlSequence files ? files.Items.OfType<YamlScalar>() : [];
}
