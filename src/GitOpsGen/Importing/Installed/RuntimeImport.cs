using GitOpsGen.Importing.Environments;
using GitOpsGen.Importing.Objects;

namespace GitOpsGen.Importing.Installed;

/// <summary>The runtimes of an environment's packages: DeploymentRuntimeConfigs, and ControllerConfigs in the form of today.</summary>
internal sealed class RuntimeImport(EnvironmentSources sources, ImportedCore? core, DiagnosticBag bag)
{
    private const string Container = "package-runtime";
    private const string Default = "default";

    // Of a ControllerConfig, what is the container's and what is the pod's (crossplane apis/pkg/v1alpha1/config.go).
    private static readonly (string Old, string New)[] OfContainer =
    [
        ("image", "image"),
        ("imagePullPolicy", "imagePullPolicy"),
        ("args", "args"),
        ("env", "env"),
        ("envFrom", "envFrom"),
        ("ports", "ports"),
        ("resources", "resources"),
        ("securityContext", "securityContext"),
        ("volumeMounts", "volumeMounts"),
    ];

    private static readonly (string Old, string New)[] OfPod =
    [
        ("serviceAccountName", "serviceAccountName"),
        ("nodeSelector", "nodeSelector"),
        ("nodeName", "nodeName"),
        ("priorityClassName", "priorityClassName"),
        ("runtimeClassName", "runtimeClassName"),
        ("affinity", "affinity"),
        ("tolerations", "tolerations"),
        ("imagePullSecrets", "imagePullSecrets"),
        ("podSecurityContext", "securityContext"),
        ("volumes", "volumes"),
    ];

    private readonly ILookup<(string Kind, string Name), SourceObject> configs = sources
        .Objects.Where(item => item.Group == PackageGroup.Name)
        .ToLookup(item => (item.Kind, item.Name));

    /// <summary>The package with its runtime.</summary>
    public ImportedPackage Complete(ImportedPackage package)
    {
        if (package.Object?.Spec is not { } spec)
            return package;

        if (spec["controllerConfigRef"] is YamlMapping old)
            return OfController(package, old);

        if (spec["runtimeConfigRef"] is not YamlMapping reference || reference.TextAt("name") is not { } name)
            return package;

        if (Find("DeploymentRuntimeConfig", name) is not { } config)
        {
            if (name != Default)
            {
                bag.Add(
                    Rules.RuntimeMissing,
                    reference.Span,
                    $"DeploymentRuntimeConfig {Excerpt.Of(name)} is not among the sources.",
                    "Import it too, or apply it by yourself."
                );
            }

            return package;
        }

        if (name == Default)
            return package;

        return package with
        {
            RuntimeConfig = config,
            RuntimeName = name == package.Name ? null : name,
            Runtime = config.Spec is { } template ? Tidied(template) : null,
            Spec = package.Spec?.Without("runtimeConfigRef") is { Entries.IsEmpty: false } rest ? rest : null,
        };
    }

    /// <summary>What is wrong with the runtimes of packages that share one.</summary>
    public void Check(ImmutableArray<ImportedPackage> packages)
    {
        foreach (
            var config in sources.Objects.Where(item =>
                item is { Kind: "DeploymentRuntimeConfig", Name: Default }
                && NodePaths.Pruned(item.Spec ?? item.Content) is not null
                && item.Spec is not null
            )
        )
        {
            bag.Add(
                Rules.ImportStays,
                config.Span,
                $"{config} is for every package that names no other: it stays where it is.",
                "Keep it in its folder, and keep applying it."
            );
        }

        foreach (
            var group in packages
                .Where(package => package.RuntimeConfig is { Kind: "ControllerConfig" })
                .GroupBy(package => package.RuntimeConfig!.NameSpan)
        )
        {
            var config = group.First().RuntimeConfig!;
            var users = group.Select(package => package.Name).Order(StringComparer.Ordinal).ToList();
            if (users.Exists(user => user != config.Name))
            {
                bag.Add(
                    Rules.ImportRuntimeName,
                    config.NameSpan,
                    $"{config} of {string.Join(", ", users)} becomes a DeploymentRuntimeConfig of each package's name.",
                    "The pods roll once."
                );
            }
        }

        foreach (
            var group in packages
                .Where(package => package.Runtime.TextAt("serviceAccountTemplate", "metadata", "name") is not null)
                .GroupBy(package => package.Runtime.TextAt("serviceAccountTemplate", "metadata", "name")!)
                .Where(group => group.Count() > 1)
        )
        {
            bag.Add(
                Rules.SharedAccount,
                group.First().Reference.Span,
                $"{string.Join(", ", group.Select(package => package.Name).Order(StringComparer.Ordinal))} share the service account {Excerpt.Of(group.Key)} of a serviceAccountTemplate: each of them takes it as its own.",
                "Give each its own name, or make the service account by yourself and name it in deploymentTemplate."
            );
        }
    }

    private SourceObject? Find(string kind, string name) => configs[(kind, name)].FirstOrDefault();

    // Without what says nothing: empty parts, and containers of which there is only the name.
    private static YamlMapping? Tidied(YamlMapping spec)
    {
        var pod = spec.ItemsAt("deploymentTemplate", "spec", "template", "spec", "containers");
        ImmutableArray<YamlNode> saying = [.. pod.Where(container => container is not YamlMapping { Entries: [{ Key.Text: "name" }] })];
        var tidied =
            pod.Length == saying.Length
                ? spec
                : spec.WithAt(new YamlSequence(saying, spec.Span), "deploymentTemplate", "spec", "template", "spec", "containers");
        return NodePaths.Pruned(tidied) as YamlMapping;
    }

    private ImportedPackage OfController(ImportedPackage package, YamlMapping reference)
    {
        var name = reference.TextAt("name") ?? "";
        var config = Find("ControllerConfig", name);
        var isGone = core?.Complete is { } version && !version.IsBefore(2, 0);
        var isTooOld = core?.Complete is { } old && old.IsBefore(1, 14);
        bag.Add(
            new Diagnostic(
                Rules.ControllerConfigUsed,
                $"ControllerConfig {Excerpt.Of(name)} is deprecated since v1.11 and gone in v2"
                    + (
                        isTooOld
                            ? ", and this core has no DeploymentRuntimeConfig: no runtime is written."
                            : "; a DeploymentRuntimeConfig is written."
                    ),
                isTooOld ? "Upgrade the core to v1.14 or later first." : "Nothing is to be done if the runtime in the settings is right.",
                reference.Span
            )
            {
                Severity = isGone || isTooOld ? Severity.Error : Severity.Warning,
            }
        );
        return config is null || isTooOld ? package : package with { RuntimeConfig = config, Runtime = OfController(config) };
    }

    private static YamlMapping? OfController(SourceObject config)
    {
        var (spec, span) = (config.Spec ?? NodePaths.Empty(config.Span), config.Span);
        var pod = Renamed(spec, OfPod);
        var container = Renamed(spec, OfContainer);
        if (!container.Entries.IsEmpty)
        {
            var named = NodePaths.Empty(span).With("name", YamlScalar.String(Container, span)).Merged(container);
            pod = pod.With("containers", new YamlSequence([named], span));
        }

        var runtime = NodePaths.Empty(span);
        runtime = spec["replicas"] is { } replicas ? runtime.WithAt(replicas, "deploymentTemplate", "spec", "replicas") : runtime;
        runtime = spec["metadata"] is YamlMapping metadata ? runtime.WithAt(metadata, "deploymentTemplate", "spec", "template", "metadata") : runtime;
        runtime = pod.Entries.IsEmpty ? runtime : runtime.WithAt(pod, "deploymentTemplate", "spec", "template", "spec");
        foreach (var kind in (ReadOnlySpan<string>)["annotations", "labels"])
        {
            foreach (var (key, value) in (config.Metadata?[kind] as YamlMapping)?.Entries ?? [])
                runtime = SourceObject.IsForeign(key.Text) ? runtime : runtime.WithAt(value, "serviceAccountTemplate", "metadata", kind, key.Text);
        }

        return NodePaths.Pruned(runtime) as YamlMapping;
    }

    private static YamlMapping Renamed(YamlMapping spec, (string Old, string New)[] fields) =>
        new(
            [
                .. fields
                    .Where(field => spec[field.Old] is not null)
                    .Select(field => new YamlEntry(YamlScalar.String(field.New, spec[field.Old]!.Span), spec[field.Old]!)),
            ],
            spec.Span
        );
}
