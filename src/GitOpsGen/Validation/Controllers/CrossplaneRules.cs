namespace GitOpsGen.Validation.Controllers;

/// <summary>
/// What Crossplane v2 requires beyond its CRDs (crossplane apis/pkg, internal/controller/pkg; crossplane-runtime pkg/xpkg/config.go).
/// </summary>
internal static class CrossplaneRules
{
    private const string RuntimeContainer = "package-runtime";

    public static ControllerRule[] Package { get; } =
    [
        new("metadata.name", NoLabel, "Use a DNS label of at most 63 characters, because Crossplane copies the name into labels."),
        new("spec.revisionActivationPolicy", Objections.Unless("Automatic", "Manual"), "Use Automatic or Manual."),
        new("spec.packagePullPolicy", Objections.Unless("Always", "IfNotPresent", "Never"), "Use Always, IfNotPresent or Never."),
        new("spec.revisionHistoryLimit", Objections.Negative, "Use 0 to keep every revision, or the number to keep."),
        new("spec.packagePullSecrets[]", Objections.Nameless, "Name a secret in Crossplane's namespace."),
        new("spec.commonLabels", Objections.WrongLabels, Objections.UseLabels),
    ];

    public static ControllerRule[] WithRuntime { get; } = [.. Package, .. RuntimeReference("spec.runtimeConfigRef")];

    public static ControllerRule[] ImageConfig { get; } =
    [
        new("spec", Purposeless, "Give registry, rewriteImage, runtime or verification."),
        new("spec.matchImages[].prefix", Objections.Empty, "Give the beginning of the references to match; an empty prefix matches every image."),
        new("spec.rewriteImage.prefix", Objections.Empty, "Give the text that replaces the matched prefix."),
        new("spec.registry.authentication.pullSecretRef", Objections.Nameless, "Name a secret in Crossplane's namespace."),
        .. RuntimeReference("spec.runtime.configRef"),
    ];

    public static ControllerRule[] RuntimeConfig { get; } =
    [
        new(
            "spec.deploymentTemplate.spec.template.spec.containers",
            NoRuntimeContainer,
            $"Name the package's own container {RuntimeContainer}; any other is a sidecar."
        )
        {
            Rule = Rules.ControllerIgnores,
        },
        // Crossplane makes these objects, and the API server refuses them.
        .. ((string[])["deploymentTemplate", "deploymentTemplate.spec.template", "serviceTemplate", "serviceAccountTemplate"]).Select(
            template => new ControllerRule($"spec.{template}.metadata.labels", Objections.WrongLabels, Objections.UseLabels)
        ),
    ];

    public static ControllerRule[] ActivationPolicy { get; } =
    [
        new(
            "spec.activate[]",
            NoActivation,
            "Use the full name of a resource (buckets.s3.aws.m.upbound.io), or *. and the end of one; * has no meaning elsewhere."
        ),
    ];

    private static ControllerRule[] RuntimeReference(string path) =>
        [
            new($"{path}.apiVersion", Objections.Unless("pkg.crossplane.io/v1beta1"), "Use pkg.crossplane.io/v1beta1, or leave it out."),
            new($"{path}.kind", Objections.Unless("DeploymentRuntimeConfig"), "Use DeploymentRuntimeConfig, or leave it out."),
            new($"{path}.name", Objections.Empty, "Name a DeploymentRuntimeConfig."),
        ];

    private static string? NoLabel(YamlNode node) =>
        YamlScalar.TextOf(node) is { } name && KubernetesNames.IsSubdomain(name) && !KubernetesNames.IsLabel(name) ? "is not a DNS label" : null;

    private static string? Purposeless(YamlNode node) =>
        node is YamlMapping spec
        && (ReadOnlySpan<string>)["registry", "rewriteImage", "runtime", "verification"] is var purposes
        && !Any(spec, purposes)
            ? "matches images but says nothing about them"
            : null;

    private static bool Any(YamlMapping spec, ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (!Objections.IsAbsent(spec, field))
                return true;
        }

        return false;
    }

    private static string? NoRuntimeContainer(YamlNode node) =>
        node is YamlSequence { Items.Length: > 0 } list
        && !list.Items.Any(item => item is YamlMapping container && YamlScalar.TextOf(container["name"]) == RuntimeContainer)
            ? $"have no {RuntimeContainer}"
            : null;

    private static string? NoActivation(YamlNode node) =>
        YamlScalar.TextOf(node) is { } pattern
        && (
            string.IsNullOrWhiteSpace(pattern)
            || pattern.LastIndexOf('*') > 0
            || (pattern[0] == '*' && pattern != "*" && !pattern.StartsWith("*.", StringComparison.Ordinal))
        )
            ? "is neither the name of a resource nor a wildcard"
            : null;
}
