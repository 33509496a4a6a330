using System.Collections.Frozen;
using GitOpsGen.Importing.Objects;
using GitOpsGen.Validation.Controllers;

namespace GitOpsGen.Importing.Installed;

/// <summary>A field of an engine's object that is not carried over.</summary>
/// <param name="Path">Its path below the spec.</param>
/// <param name="Value">What it says.</param>
/// <param name="Instead">What replaces it; <see langword="null"/> where nothing does.</param>
internal sealed record EngineField(string Path, YamlNode Value, string? Instead);

/// <summary>
/// The fields of engines' objects that import reads, or that what is rendered has of its own. Whatever else such an object says would be lost in
/// silence: each field that is not in these tables is one that is not carried over.
/// </summary>
internal static class EngineFields
{
    private const string Order = "What is rendered orders its own steps.";
    private const string Health = "What is rendered waits for its own packages.";
    private const string Retries = "What is rendered tries again by itself, without end.";
    private const string Files = "What is rendered has Applications of its own for each environment, which nothing generates.";
    private const string Everywhere = "If it is needed, set 'metadata' in the settings: it is then on all objects that are rendered.";
    private const string NoCrds = "The chart has no CRDs: the core applies its own.";

    // PATH stands for all that is below it, PATH=VALUE for a value that says nothing.
    private static readonly FrozenDictionary<string, string?> Kustomization = Table(
        ["path", "sourceRef", "interval", "retryInterval", "timeout", "wait", "prune", "force", "patches", "suspend=false"],
        ("dependsOn", Order),
        ("postBuild", "The settings have the values of each environment."),
        ("decryption", "Keep secrets in a folder and a Kustomization of their own."),
        ("healthChecks", Health),
        ("healthCheckExprs", Health)
    );

    private static readonly FrozenDictionary<string, string?> HelmRelease = Table(
        [
            "chart.spec.chart",
            "chart.spec.version",
            "chart.spec.interval",
            "chart.spec.sourceRef",
            "chart.spec.reconcileStrategy=ChartVersion",
            "chartRef",
            "interval",
            "releaseName",
            "targetNamespace",
            "storageNamespace",
            "values",
            "valuesFrom",
            "install.createNamespace",
            "install.strategy",
            "upgrade.force",
            "upgrade.strategy",
            "suspend=false",
        ],
        ("dependsOn", Order),
        ("timeout", Retries),
        ("install.timeout", Retries),
        ("install.remediation", Retries),
        ("upgrade.timeout", Retries),
        ("upgrade.remediation", Retries),
        ("install.crds", NoCrds),
        ("install.skipCRDs", NoCrds),
        ("upgrade.crds", NoCrds)
    );

    private static readonly FrozenDictionary<string, string?> HelmChart = Table([
        "chart",
        "version",
        "interval",
        "sourceRef",
        "reconcileStrategy=ChartVersion",
        "suspend=false",
    ]);

    private static readonly FrozenDictionary<string, string?> Repository = Table([
        "url",
        "type",
        "interval",
        "timeout",
        "ref.tag",
        "ref.semver",
        "layerSelector",
        "provider=generic",
        "suspend=false",
    ]);

    private static readonly FrozenDictionary<string, string?> Application = Table(
        [
            "project",
            "destination",
            "source",
            "sources",
            "syncPolicy.automated.prune",
            "syncPolicy.automated.selfHeal",
            "syncPolicy.automated.enabled=true",
            "syncPolicy.automated.allowEmpty=false",
            "syncPolicy.syncOptions",
        ],
        ("syncPolicy.retry", "The Applications that are rendered have retries of their own.")
    );

    private static readonly FrozenDictionary<string, string?> ApplicationSource = Table(
        [
            "repoURL",
            "targetRevision",
            "path",
            "chart",
            "ref",
            "name",
            "directory.recurse",
            "helm.releaseName",
            "helm.values",
            "helm.valuesObject",
            "helm.valueFiles",
            "helm.ignoreMissingValueFiles",
            "helm.parameters",
            "helm.version",
        ],
        ("helm.skipCrds", NoCrds)
    );

    private static readonly FrozenDictionary<string, string?> ApplicationSet = Table(
        ["template", "strategy.type=AllAtOnce", "syncPolicy.preserveResourcesOnDeletion"],
        ("generators", Files),
        ("goTemplate", Files),
        ("goTemplateOptions", Files),
        ("applyNestedSelectors", Files),
        ("syncPolicy.applicationsSync", Files),
        ("ignoreApplicationDifferences", Files),
        ("preservedFields", Files)
    );

    // What is for Argo CD's own use, or is rendered.
    private static readonly FrozenSet<string> ArgoAnnotations = new[]
    {
        "argocd.argoproj.io/sync-wave",
        "argocd.argoproj.io/manifest-generate-paths",
        "argocd.argoproj.io/tracking-id",
        "argocd.argoproj.io/installation-id",
        "argocd.argoproj.io/refresh",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> SyncOptions = new[]
    {
        "CreateNamespace",
        "ServerSideApply",
        "PruneLast",
        "Replace",
        "Force",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What an object of an engine, or the source of a chart, says that is not carried over.</summary>
    public static IEnumerable<EngineField> NotCarriedOver(SourceObject item) =>
        item switch
        {
            { Spec: null } => [],
            { Group: EngineGroups.Kustomize } => Other(item.Spec, Kustomization),
            { Group: EngineGroups.Helm } => Other(item.Spec, HelmRelease),
            { Group: EngineGroups.Source, Kind: "HelmChart" } => Other(item.Spec, HelmChart),
            { Group: EngineGroups.Source } => Other(item.Spec, Repository),
            { Kind: ApplicationSets.Kind } => Other(item.Spec, ApplicationSet)
                .Concat(ApplicationSets.Generators(item.Spec).SelectMany(generator => generator.Entries).SelectMany(OfGenerator)),
            _ => Other(item.Spec, Application)
                .Concat(
                    ArgoSource
                        .All(item.Spec)
                        .Where(source => source.Chart is null or CoreObjects.Chart)
                        .SelectMany(source => Other(source.Content, ApplicationSource))
                        .Select(field => field with { Path = $"source.{field.Path}" })
                )
                .Concat(
                    item.Spec.ItemsAt("syncPolicy", "syncOptions")
                        .OfType<YamlScalar>()
                        .Where(option => !SyncOptions.Contains(option.Text.Split('=')[0]))
                        .Select(option => new EngineField($"syncPolicy.syncOptions {option.Text}", option, null))
                ),
        };

    /// <summary>The labels and annotations of an object of an engine that are not carried over.</summary>
    /// <param name="item">The object.</param>
    /// <param name="metadata">What the settings say of all objects of the environment.</param>
    public static IEnumerable<EngineField> Marks(SourceObject item, YamlMapping? metadata) =>
        OwnMetadata
            .Of(item)
            .Where(mark => !NodeEquality.Instance.Equals(metadata.At(mark.Kind, mark.Key), mark.Value))
            .Select(mark => new EngineField($"metadata.{mark.Kind}.{mark.Key}", mark.Value, Everywhere))
            .Concat(
                ((item.Metadata.At("annotations") as YamlMapping)?.Entries ?? [])
                    .Where(entry => entry.Key.Text.Contains("argoproj.io/", StringComparison.Ordinal) && !ArgoAnnotations.Contains(entry.Key.Text))
                    .Select(entry => new EngineField($"metadata.annotations.{entry.Key.Text}", entry.Value, null))
            );

    // The elements that it leaves out, and another template than that of the set.
    private static IEnumerable<EngineField> OfGenerator(YamlEntry entry) =>
        entry.Key.Text == "selector" ? [new("generators.selector", entry.Value, null)]
        : entry.Value.At("template") is { } template && NodePaths.Pruned(template) is not null
            ? [new($"generators.{entry.Key.Text}.template", template, null)]
        : [];

    private static IEnumerable<EngineField> Other(YamlMapping mapping, FrozenDictionary<string, string?> known, string prefix = "")
    {
        foreach (var (key, value) in mapping.Entries)
        {
            var path = prefix + key.Text;
            if (known.TryGetValue(path, out var instead))
            {
                if (instead is not null)
                    yield return new(path, value, instead);
            }
            else if (value is YamlMapping inner && known.Keys.Any(other => other.StartsWith($"{path}.", StringComparison.Ordinal)))
            {
                foreach (var field in Other(inner, known, $"{path}."))
                    yield return field;
            }
            else if (NodePaths.Pruned(value) is not null && !(value is YamlScalar scalar && known.ContainsKey($"{path}={scalar.Text}")))
            {
                yield return new(path, value, null);
            }
        }
    }

    private static FrozenDictionary<string, string?> Table(string[] known, params (string Path, string Instead)[] replaced) =>
        known
            .Select(path => KeyValuePair.Create(path, (string?)null))
            .Concat(replaced.Select(field => KeyValuePair.Create(field.Path, (string?)field.Instead)))
            .ToFrozenDictionary(StringComparer.Ordinal);
}
