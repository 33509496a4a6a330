using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Controllers;

/// <summary>What the API server requires of core objects beyond their schema (kubernetes pkg/apis/core/validation, ValidateConfigMap).</summary>
internal static class KubernetesRules
{
    private const int LongestKey = 253;
    private const int MostBytes = 1024 * 1024;

    public static ControllerRule[] ConfigMap { get; } =
    [
        new("data", WrongKey, "Use letters, digits, -, _ and . only."),
        new("binaryData", WrongKey, "Use letters, digits, -, _ and . only."),
        new("metadata.finalizers[]", UnqualifiedFinalizer, "Write a DNS name, / and a name, such as example.org/cleanup."),
        new("", SharedKey, "Keep one of the two."),
        new("", Size, "Make it smaller, or split it."),
    ];

    private static string? WrongKey(YamlNode node) =>
        node is YamlMapping mapping && mapping.Entries.Any(e => !IsKey(e.Key.Text)) ? "has a key that cannot be the name of a file" : null;

    private static bool IsKey(string key) =>
        key.Length is > 0 and <= LongestKey
        && key is not ("." or "..")
        && !key.StartsWith("..", StringComparison.Ordinal)
        && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    // Of core objects, not of custom resources (kubernetes pkg/apis/core/validation, validateKubeFinalizerName).
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
        && data.Entries.Any(e => binary[e.Key.Text] is not null)
            ? "has one key in both data and binaryData"
            : null;

    private static string? Size(YamlNode node) =>
        node is YamlMapping map
        && map["data"] is YamlMapping data
        && data.Entries.Sum(e => (long)System.Text.Encoding.UTF8.GetByteCount(YamlScalar.TextOf(e.Value) ?? "")) > MostBytes
            ? $"has more than {MostBytes} bytes of data"
            : null;
}
