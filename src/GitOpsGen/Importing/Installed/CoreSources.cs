using GitOpsGen.Importing.Environments;
using GitOpsGen.Importing.Objects;
using GitOpsGen.Importing.Sources;
using GitOpsGen.Validation.Controllers;

namespace GitOpsGen.Importing.Installed;

/// <summary>Finds the core in the sources of an environment.</summary>
internal sealed class CoreSources(SourceTree tree, EnvironmentSources sources, DiagnosticBag bag)
{
    private const string DefaultFile = "values.yaml";

    /// <summary>The first use of the chart, with the values that the files beside it give.</summary>
    public ChartUse? Find()
    {
        var use = sources.Objects.Select(Of).OfType<ChartUse>().Concat(sources.Others.SelectMany(OfFile)).FirstOrDefault();
        YamlMapping?[] layers =
        [
            All(Beside().Where(other => !IsOfEnvironment(other))),
            use?.Object is null ? use?.Values : null,
            All(Beside().Where(IsOfEnvironment)),
            use?.Object is null ? null : use.Values, // an object says itself which files count, and what counts more
        ];
        var values = layers.OfType<YamlMapping>().Aggregate((YamlMapping?)null, (all, layer) => all.Merged(layer));
        return use is null && values is null ? null : (use ?? new(values!.Span, null)) with { Values = values };

        YamlMapping? All(IEnumerable<SourceDocument> documents) =>
            documents.SelectMany(Unwrapped).Aggregate((YamlMapping?)null, (all, layer) => all.Merged(layer));
    }

    private static bool IsOfEnvironment(SourceDocument other) => other.Key.Contains("values-", StringComparison.Ordinal);

    /// <summary>The Deployment of a core that runs, or of a chart that was rendered.</summary>
    public SourceObject? Deployment =>
        sources.Objects.FirstOrDefault(item => item is { Kind: "Deployment", Name: CoreObjects.Chart } && CoreObjects.IsCore(item));

    private ChartUse? Of(SourceObject item) =>
        item switch
        {
            { Group: EngineGroups.Helm } when CoreObjects.IsCore(item) || IsOfChart(item) => OfRelease(item),
            { Group: EngineGroups.ArgoCd, Kind: "Application" } => OfApplication(item),
            _ => null,
        };

    // Neither its name nor that of its source need say what it is.
    private bool IsOfChart(SourceObject item) =>
        item.Spec.TextAt("chartRef", "name") is { } name
        && sources.Objects.Any(source => source.Group == EngineGroups.Source && source.Name == name && CoreObjects.IsCore(source));

    private ChartUse? OfRelease(SourceObject release)
    {
        var spec = release.Spec!;
        var use = spec.At("chartRef") is YamlMapping reference
            ? OfReference(release, reference)
            : OfChart(release, release, spec.At("chart", "spec"));
        if (use is null)
            return null;

        var space = spec.TextAt("targetNamespace") ?? release.Namespace;
        YamlMapping? values = null;
        foreach (var from in spec.ItemsAt("valuesFrom").OfType<YamlMapping>())
            values = FromMap(from) is { } more ? values.Merged(more) : values;

        return use with
        {
            Release = spec.TextAt("releaseName") ?? (spec.TextAt("targetNamespace") is { } target ? $"{target}-{release.Name}" : release.Name),
            Namespace = space,
            StorageNamespace = spec.TextAt("storageNamespace") ?? release.Namespace,
            Values = spec["values"] is YamlMapping inline ? values.Merged(inline) : values,
        };
    }

    private ChartUse OfChart(SourceObject release, SourceObject of, YamlNode? chart)
    {
        var source = SourceOf(chart.TextAt("sourceRef", "kind") ?? "HelmRepository", of, chart.At("sourceRef") as YamlMapping);
        if (source is { Kind: not "HelmRepository" })
            bag.Add(
                Rules.ImportEngine,
                chart.At("sourceRef")!.Span,
                $"{of} takes the chart from {source}, and what is rendered takes it from a chart repository.",
                "Name one that has it with 'crossplane.chart.repository' in the settings."
            );

        return new(release.Span, release)
        {
            Repository = source?.Kind == "HelmRepository" ? source.Spec.TextAt("url") : null,
            Version = chart.At("version") as YamlScalar ?? YamlScalar.String("*", (chart.At("chart") ?? of.Content).Span),
            Sources = [.. of == release ? [] : (SourceObject[])[of], .. source is null ? [] : (SourceObject[])[source]],
        };
    }

    private ChartUse? OfReference(SourceObject release, YamlMapping reference)
    {
        var source = SourceOf(reference.TextAt("kind") ?? "OCIRepository", release, reference);
        return source switch
        {
            { Kind: "HelmChart" } when CoreObjects.IsCore(source) => OfChart(release, source, source.Spec),
            { Kind: "OCIRepository" } when CoreObjects.IsCore(source) => new(release.Span, release)
            {
                Repository = source.Spec.TextAt("url")!.TrimEnd('/')[..^(CoreObjects.Chart.Length + 1)],
                // Flux takes a range before a tag.
                Version =
                    (source.Spec.At("ref", "semver") ?? source.Spec.At("ref", "tag")) as YamlScalar ?? YamlScalar.String("latest", source.NameSpan),
                Sources = [source],
            },
            _ => null,
        };
    }

    private SourceObject? SourceOf(string kind, SourceObject release, YamlMapping? reference)
    {
        if (reference?.TextAt("name") is not { } name)
            return null;

        var found = sources.Objects.FirstOrDefault(item => item.Group == EngineGroups.Source && item.Kind == kind && item.Name == name);
        if (found is null)
        {
            bag.Add(
                Rules.ImportReference,
                reference.Span,
                $"The {kind} '{Excerpt.Of(name)}' of {release} is not among the sources.",
                "Import it too."
            );
        }

        return found;
    }

    private YamlMapping? FromMap(YamlMapping from)
    {
        if (from.TextAt("kind") != "ConfigMap" || from["targetPath"] is not null)
        {
            bag.Add(
                Rules.ImportEngine,
                from.Span,
                from["targetPath"] is null
                    ? $"The values of the {Excerpt.Of(from.TextAt("kind") ?? "")} '{Excerpt.Of(from.TextAt("name") ?? "")}' are not carried over."
                    : "A value that goes to a 'targetPath' is not carried over.",
                "Write what is not secret into 'crossplane.values' of the settings."
            );
            return null;
        }

        var map = sources.Objects.FirstOrDefault(item => item is { Group: "", Kind: "ConfigMap" } && item.Name == from.TextAt("name"));
        if (map?.Content.At("data", from.TextAt("valuesKey") ?? DefaultFile) is YamlScalar text)
            return Embedded(text);

        if ((from["optional"] as YamlScalar)?.IsTrue != true)
        {
            bag.Add(
                Rules.ImportReference,
                from.Span,
                $"The ConfigMap '{Excerpt.Of(from.TextAt("name") ?? "")}' is not among the sources.",
                "Import it too."
            );
        }

        return null;
    }

    private ChartUse? OfApplication(SourceObject application)
    {
        if (application.Spec is not { } spec)
            return null;

        foreach (var source in ArgoSource.All(spec))
        {
            var isChart = source.Chart == CoreObjects.Chart;
            var folder = source.Path is { } path ? tree.Find(path) : null;
            var umbrella = folder is null ? null : tree.UmbrellaOf(folder);
            if (!isChart && umbrella is null)
                continue;

            var values = ValuesOf(source, folder, umbrella?.Dependency);
            return new(application.Span, application)
            {
                Repository = isChart ? AddressOf(source.RepoUrl) : umbrella!.Value.Dependency.TextAt("repository"),
                Version = isChart ? source.Revision : umbrella!.Value.Dependency["version"] as YamlScalar,
                Release = source.Helm.TextAt("releaseName") ?? application.Name,
                Namespace = spec.TextAt("destination", "namespace"),
                Values = values,
            };
        }

        return null;
    }

    // Argo CD writes an OCI registry without its scheme.
    private static string? AddressOf(string? url) => url is null || url.Contains("://", StringComparison.Ordinal) ? url : $"oci://{url}";

    private YamlMapping? ValuesOf(ArgoSource source, string? folder, YamlMapping? dependency)
    {
        YamlMapping? values = dependency is null || folder is null ? null : FileValues($"{folder}/{DefaultFile}");
        foreach (var file in source.Helm.ItemsAt("valueFiles").OfType<YamlScalar>())
        {
            var path =
                file.Text.StartsWith('$') ? file.Text[(file.Text.IndexOf('/', StringComparison.Ordinal) + 1)..]
                : folder is null || file.Text.StartsWith('/') ? file.Text
                : RelativePath.Resolve(folder, file.Text);
            if ((path is not null && tree.Find(path) is { } key ? FileValues(key) : null) is { } more)
                values = values.Merged(more);
            else
                bag.Add(Rules.ImportReference, file.Span, $"The value file '{Excerpt.Of(file.Text)}' is not among the sources.", "Import it too.");
        }

        if (source.Helm?["valuesObject"] is YamlMapping inline)
            values = values.Merged(inline);
        else if (source.Helm?["values"] is YamlScalar text && Embedded(text) is { } embedded)
            values = values.Merged(embedded);

        foreach (var parameter in source.Helm.ItemsAt("parameters").OfType<YamlMapping>())
        {
            if (HelmParameter.Set(values ?? NodePaths.Empty(parameter.Span), parameter) is { } more)
            {
                values = more;
            }
            else
            {
                bag.Add(
                    Rules.ImportEngine,
                    parameter.Span,
                    $"The parameter '{Excerpt.Of(parameter.TextAt("name") ?? "")}' is not one that Helm's --set takes, and is not carried over.",
                    "Write it into 'crossplane.values' of the settings."
                );
            }
        }

        return dependency is null ? values : Below(values, dependency);
    }

    // Values in a text. An empty one says nothing.
    private YamlMapping? Embedded(YamlScalar text)
    {
        if (NodePaths.Embedded(text) is { } values)
            return values;

        if (text.Kind != ScalarKind.Null && !string.IsNullOrWhiteSpace(text.Text))
            bag.Add(Rules.ImportUnreadable, text.Span, "This text is not Helm values: it is not YAML, or not a mapping.", "Correct it.");

        return null;
    }

    private static YamlMapping? Below(YamlMapping? values, YamlMapping dependency) =>
        values?[dependency.TextAt("alias") ?? CoreObjects.Chart] as YamlMapping;

    private YamlMapping? FileValues(string key) => tree.File(key) is { Documents: [YamlMapping values, ..] } ? values : null;

    private IEnumerable<ChartUse> OfFile(SourceDocument document)
    {
        if (
            document.Node.ItemsAt("helmCharts").OfType<YamlMapping>().FirstOrDefault(chart => chart.TextAt("name") == CoreObjects.Chart) is
            { } inflated
        )
        {
            var file = inflated.TextAt("valuesFile") is { } path
                ? FileValues(RelativePath.Resolve(RelativePath.FolderOf(document.Key), path) ?? "")
                : null;
            yield return new(inflated.Span, null)
            {
                Repository = inflated.TextAt("repo"),
                Version = inflated["version"] as YamlScalar,
                Release = inflated.TextAt("releaseName"),
                Namespace = inflated.TextAt("namespace") ?? document.Node.TextAt("namespace"),
                Values = inflated["valuesInline"] is YamlMapping inline ? file.Merged(inline) : file,
            };
        }

        var folder = RelativePath.FolderOf(document.Key);
        if (document.Key.EndsWith("Chart.yaml", StringComparison.Ordinal) && tree.UmbrellaOf(folder) is { } umbrella)
        {
            yield return new(umbrella.Dependency.Span, null)
            {
                Repository = umbrella.Dependency.TextAt("repository"),
                Version = umbrella.Dependency["version"] as YamlScalar,
                Values = Below(FileValues($"{folder}/{DefaultFile}".TrimStart('/')), umbrella.Dependency),
            };
        }
    }

    // Values in files of their own.
    private IEnumerable<SourceDocument> Beside() => sources.Others.Where(other => other.Node is YamlMapping && IsValues(other));

    private IEnumerable<YamlMapping> Unwrapped(SourceDocument other) =>
        tree.UmbrellaOf(RelativePath.FolderOf(other.Key)) is { } umbrella
            ? Below((YamlMapping)other.Node, umbrella.Dependency) is { } below
                ? [below]
                : []
            : [CoreValues.Of((YamlMapping)other.Node)];

    // Beside objects of Crossplane in one stream, or behind a file name of its own, values need not say more.
    private bool IsValues(SourceDocument other) =>
        CoreValues.AreValues(other.Node)
        || (tree.UmbrellaOf(RelativePath.FolderOf(other.Key)) is not null && IsOfEnvironment(other))
        || (CoreValues.MayBeValues(other.Node) && tree.File(other.Key) is { } file && (file.Origin == Inputs.ImportOrigin.Named || file.Concerns));
}
