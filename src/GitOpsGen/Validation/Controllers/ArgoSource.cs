namespace GitOpsGen.Validation.Controllers;

/// <summary>A source of an Argo CD Application.</summary>
/// <param name="Content">What it says.</param>
internal readonly record struct ArgoSource(YamlMapping Content)
{
    public string? Chart => Text("chart");

    public string? Path => Text("path");

    public string? RepoUrl => Text("repoURL");

    public YamlScalar? Revision => Content["targetRevision"] as YamlScalar;

    public YamlMapping? Helm => Content["helm"] as YamlMapping;

    /// <summary>
    /// The sources of an Application's spec. What a hydrator renders counts more than <c>sources</c>, and that more than <c>source</c>.
    /// </summary>
    public static IEnumerable<ArgoSource> All(YamlMapping spec) => (
            spec.At("sourceHydrator", "drySource") is { } dry ? [dry]
            : spec["sources"] is YamlSequence { Items.IsEmpty: false } several ? several.Items.AsEnumerable()
            : [spec["source"]!]
        ).OfType<YamlMapping>().Select(source => new ArgoSource(source));

    private string? Text(string key) => (Content[key] as YamlScalar)?.Text is { Length: > 0 } text ? text : null;
}
