namespace GitOpsGen.Validation.Controllers;

/// <summary>Storage and webhooks (kubernetes pkg/apis/storage, core and admissionregistration).</summary>
internal static class ClusterRules
{
    public static ControllerRule[] StorageClass => [ServerRule.Required("provisioner")];

    public static ControllerRule[] Claim =>
        [
            ServerRule.Present("spec", "accessModes"),
            ServerRule.Together("spec", Sizeless, "Give spec.resources.requests.storage."),
            ServerRule.Range("spec.resources.requests.storage", node => ServerRule.Amount(node) <= 0 ? "is not more than 0" : null, "Give a size."),
            .. SelectorRules.At("spec.selector"),
        ];

    public static ControllerRule[] Webhooks =>
        [
            ServerRule.OneOf("webhooks[].sideEffects", "None", "NoneOnDryRun"),
            ServerRule.Syntax(
                "webhooks[].name",
                ServerRule.Unless(name => KubernetesNames.IsSubdomain(name) && name.AsSpan().Count('.') >= 2, "a domain with three parts"),
                "Write a name such as check.example.org."
            ),
            ServerRule.Together("webhooks[].clientConfig", NotOneTarget, "Give either url or service."),
            ServerRule.Syntax("webhooks[].clientConfig.url", ServerRule.Unless(IsHttps, "a URL of https"), "Begin it with https://."),
            ServerRule.Between("webhooks[].timeoutSeconds", 1, 30),
            ServerRule.Together("webhooks[].admissionReviewVersions", UnknownVersions, "Give v1."),
            .. SelectorRules.At("webhooks[].objectSelector"),
            .. SelectorRules.At("webhooks[].namespaceSelector"),
        ];

    private static string? Sizeless(YamlNode node) =>
        node is YamlMapping spec && spec.At("resources", "requests", "storage") is null ? "asks for no size" : null;

    private static bool IsHttps(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps;

    private static string? NotOneTarget(YamlNode node) =>
        node is YamlMapping config
            ? (Objections.IsAbsent(config, "url"), Objections.IsAbsent(config, "service")) switch
            {
                (true, true) => "has neither url nor service",
                (false, false) => "has both url and service",
                _ => null,
            }
            : null;

    private static string? UnknownVersions(YamlNode node) =>
        node is YamlSequence versions && !versions.Items.Any(item => YamlScalar.TextOf(item) is "v1" or "v1beta1")
            ? "has no version that servers speak"
            : null;
}
