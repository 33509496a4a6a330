using GitOpsGen.Validation.Controllers;

namespace GitOpsGen.Importing.Objects;

/// <summary>What installs the core of Crossplane, or is it.</summary>
internal static class CoreObjects
{
    /// <summary>The name of the chart, and of the core's Deployment and container.</summary>
    public const string Chart = "crossplane";

    /// <summary>Whether an object installs the core.</summary>
    public static bool IsCore(SourceObject item) =>
        item switch
        {
            { Group: EngineGroups.Helm, Kind: "HelmRelease" } => item.Spec.TextAt("chart", "spec", "chart") == Chart
                || (
                    item.Spec.At("chartRef") is not null
                    && (item.Name == Chart || item.Spec.TextAt("chartRef", "name")?.Contains(Chart, StringComparison.Ordinal) == true)
                ),
            { Group: EngineGroups.Source, Kind: "OCIRepository" } => item.Spec.TextAt("url")
                ?.TrimEnd('/')
                .EndsWith($"/{Chart}", StringComparison.Ordinal) == true,
            { Group: EngineGroups.Source, Kind: "HelmChart" } => item.Spec.TextAt("chart") == Chart,
            { Group: EngineGroups.ArgoCd, Kind: "Application" } => item.Spec is { } spec && ArgoSource.All(spec).Any(source => source.Chart == Chart),
            { Group: EngineGroups.ArgoCd, Kind: ApplicationSets.Kind } => ApplicationSets.Template(item)?.Spec is { } spec
                && ArgoSource.All(spec).Any(source => source.Chart == Chart),
            { Group: "apps", Kind: "Deployment", Name: Chart } => ContainerOf(item) is not null,
            _ => false,
        };

    /// <summary>Whether an object says what of Crossplane is installed: the core, a package, or what belongs to packages.</summary>
    public static bool IsRead(SourceObject item) =>
        item.Group == PackageGroup.Name ? PackageGroup.IsMeant(item.Content) || !PackageGroup.IsPackageKind(item.Kind) : IsCore(item);

    /// <summary>Whether a document that is not an object installs the core: a chart around it, a kustomization, or values.</summary>
    public static bool IsChart(YamlNode document) =>
        document.ItemsAt("dependencies").Concat(document.ItemsAt("helmCharts")).Any(chart => chart.TextAt("name") == Chart)
        || CoreValues.AreValues(document);

    /// <summary>The container of the core's Deployment.</summary>
    public static YamlMapping? ContainerOf(SourceObject deployment) =>
        deployment
            .Spec.ItemsAt("template", "spec", "containers")
            .OfType<YamlMapping>()
            .FirstOrDefault(container => container.TextAt("name") == Chart);
}
