namespace GitOpsGen.Validation.Controllers;

/// <summary>
/// What the API server requires of core objects beyond their schema (kubernetes pkg/apis/core/validation, ValidateConfigMap, ValidateSecret,
/// ValidateNamespace).
/// </summary>
internal static class KubernetesRules
{
    private const int LongestKey = 253;
    private const int MostBytes = 1024 * 1024;
    private const string SecretTypes = "kubernetes.io/";

    private const string UseKey = "Use letters, digits, -, _ and . only.";

    // Of core objects, not of custom resources (validateKubeFinalizerName).
    private static readonly ControllerRule Finalizers = ServerRule.Syntax(
        "metadata.finalizers[]",
        UnqualifiedFinalizer,
        "Write a DNS name, / and a name, such as example.org/cleanup."
    );

    public static ControllerRule[] ConfigMap =>
        [
            ServerRule.Syntax("data", WrongKey, UseKey),
            ServerRule.Syntax("binaryData", WrongKey, UseKey),
            Finalizers,
            ServerRule.Together("", SharedKey, "Keep one of the two."),
            ServerRule.Range("", Size, "Make it smaller, or split it."),
        ];

    public static ControllerRule[] Secret =>
        [
            ServerRule.Syntax("data", WrongKey, UseKey),
            ServerRule.Syntax("stringData", WrongKey, UseKey),
            Finalizers,
            ServerRule.Together("", LacksWhatItsTypeNeeds, "Add it under data or stringData, or use the type Opaque."),
        ];

    public static ControllerRule[] Namespace =>
        [
            ServerRule.Label("metadata.name"),
            Finalizers,
            ServerRule.Syntax("spec.finalizers[]", UnqualifiedFinalizer, "Use kubernetes, or a name with a DNS name and / before it."),
            .. ((string[])["enforce", "audit", "warn"]).Select(mode =>
                ServerRule.Together("metadata.labels", node => WrongLevel(node, mode), "Use privileged, baseline or restricted.")
            ),
        ];

    public static ControllerRule[] ServiceAccount => [Finalizers];

    private static string? WrongKey(YamlNode node) =>
        node is YamlMapping mapping && mapping.Entries.FirstOrDefault(e => !IsKey(e.Key.Text)) is { Key: { } key }
            ? $"has the key '{Excerpt.Of(key.Text)}', which cannot be the name of a file"
            : null;

    private static bool IsKey(string key) =>
        key.Length is > 0 and <= LongestKey
        && key is not ("." or "..")
        && !key.StartsWith("..", StringComparison.Ordinal)
        && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static string? UnqualifiedFinalizer(YamlNode node) =>
        YamlScalar.TextOf(node) is { Length: > 0 } name
        && !name.Contains('/', StringComparison.Ordinal)
        && name is not ("kubernetes" or "orphan" or "foregroundDeletion")
            ? $"is '{Excerpt.Of(name)}', which is neither one of Kubernetes' own nor qualified by a DNS name"
            : null;

    private static string? SharedKey(YamlNode node) =>
        node is YamlMapping map
        && map["data"] is YamlMapping data
        && map["binaryData"] is YamlMapping binary
        && data.Entries.FirstOrDefault(e => binary[e.Key.Text] is not null) is { Key: { } key }
            ? $"has '{Excerpt.Of(key.Text)}' in both data and binaryData"
            : null;

    private static string? Size(YamlNode node) =>
        node is YamlMapping map
        && map["data"] is YamlMapping data
        && data.Entries.Sum(e => (long)Encoding.UTF8.GetByteCount(YamlScalar.TextOf(e.Value) ?? "")) > MostBytes
            ? $"has more than {MostBytes} bytes of data"
            : null;

    private static string? LacksWhatItsTypeNeeds(YamlNode node)
    {
        if (
            node is not YamlMapping secret
            || YamlScalar.TextOf(secret["type"]) is not { } type
            || !type.StartsWith(SecretTypes, StringComparison.Ordinal)
        )
        {
            return null;
        }

        var annotations = secret.At("metadata", "annotations") as YamlMapping;
        return type[SecretTypes.Length..] switch
        {
            "tls" => Missing("tls.crt") ?? Missing("tls.key"),
            "dockerconfigjson" => Missing(".dockerconfigjson"),
            "dockercfg" => Missing(".dockercfg"),
            "ssh-auth" => Missing("ssh-privatekey"),
            "basic-auth" => Missing("username") is null ? null : Missing("password"),
            "service-account-token" when annotations is null || Objections.IsAbsent(annotations, "kubernetes.io/service-account.name") =>
                "lacks the annotation kubernetes.io/service-account.name, which its type needs",
            _ => null,
        };

        string? Missing(string key) =>
            secret.At("data", key) is null && secret.At("stringData", key) is null ? $"lacks data[{key}], which its type needs" : null;
    }

    // The admission of Pod Security, which every server has.
    private static string? WrongLevel(YamlNode node, string mode) =>
        node is YamlMapping labels
        && YamlScalar.TextOf(labels[$"pod-security.kubernetes.io/{mode}"]) is { } level
        && level is not ("privileged" or "baseline" or "restricted")
            ? $"has the level '{Excerpt.Of(level)}' for {mode}"
            : null;
}
