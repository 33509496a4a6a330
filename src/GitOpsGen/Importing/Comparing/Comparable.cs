using GitOpsGen.Importing.Objects;

namespace GitOpsGen.Importing.Comparing;

/// <summary>Objects in a form in which equal meaning is equal text: without defaults, and without what engines and API servers write.</summary>
internal static class Comparable
{
    // The defaults of the CRDs of packages (crossplane cluster/crds/pkg.crossplane.io_*.yaml).
    private static readonly (string Key, string Value)[] Defaults =
    [
        ("ignoreCrossplaneConstraints", "false"),
        ("packagePullPolicy", "IfNotPresent"),
        ("revisionActivationPolicy", "Automatic"),
        ("revisionHistoryLimit", "1"),
        ("skipDependencyResolution", "false"),
    ];

    // Compared in ways of their own.
    private static readonly string[] Special = ["package", "skipDependencyResolution", "runtimeConfigRef", "controllerConfigRef"];

    /// <summary>Labels, annotations and the spec of a package, without what is compared in a way of its own.</summary>
    public static YamlNode Package(SourceObject item) =>
        Whole(
            item,
            new YamlMapping(
                [
                    .. (item.Spec?.Entries ?? []).Where(field =>
                        !Special.Contains(field.Key.Text, StringComparer.Ordinal)
                        && !Defaults.Contains((field.Key.Text, (field.Value as YamlScalar)?.Text ?? ""))
                    ),
                ],
                item.Span
            )
        );

    /// <summary>Labels, annotations and the spec of a DeploymentRuntimeConfig.</summary>
    public static YamlNode Runtime(SourceObject item, YamlMapping? spec) => Whole(item, spec ?? new YamlMapping([], item.Span));

    /// <summary>Helm values without the image, which is compared as what is pulled, and with the names of pull secrets as texts.</summary>
    public static YamlNode Values(YamlMapping? values)
    {
        var own = (values ?? new YamlMapping([], default)).Without("image", "repository").Without("image", "tag");
        return own.ItemsAt("imagePullSecrets") is { IsEmpty: false } secrets
            ? own.With(
                "imagePullSecrets",
                new YamlSequence(
                    [.. secrets.Select(secret => secret.TextAt("name") is { } name ? YamlScalar.String(name, secret.Span) : secret)],
                    own["imagePullSecrets"]!.Span
                )
            )
            : own;
    }

    /// <summary>Whether nothing depends on skipping the dependencies of a package.</summary>
    public static bool Skips(SourceObject item) => item.Spec.At("skipDependencyResolution") is YamlScalar { IsTrue: true };

    /// <summary>The name of the runtime config or ControllerConfig that a package refers to; <see langword="null"/> for none, and for the default.</summary>
    public static string? RuntimeName(SourceObject item) =>
        item.Spec.TextAt("runtimeConfigRef", "name") is { } name
            ? name == Planning.RuntimeConfigPlan.Default
                ? null
                : name
            : item.Spec.TextAt("controllerConfigRef", "name");

    private static YamlMapping Whole(SourceObject item, YamlMapping spec)
    {
        var whole = new YamlMapping(
            [new(Key("metadata", item), new YamlMapping([Own("labels", item), Own("annotations", item)], item.Span)), new(Key("spec", item), spec)],
            item.Span
        );
        return NodePaths.Pruned(whole) as YamlMapping ?? NodePaths.Empty(item.Span);
    }

    private static YamlEntry Own(string key, SourceObject item) =>
        new(
            Key(key, item),
            new YamlMapping(
                [.. ((item.Metadata?[key] as YamlMapping)?.Entries ?? []).Where(entry => !SourceObject.IsForeign(entry.Key.Text))],
                item.Span
            )
        );

    private static YamlScalar Key(string key, SourceObject item) => YamlScalar.String(key, item.Span);
}
