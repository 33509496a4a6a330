namespace GitOpsGen.Validation.Controllers;

/// <summary>Pods and their templates (kubernetes pkg/apis/core/validation, ValidatePodSpec).</summary>
internal static class PodRules
{
    private static readonly string[] Handlers = ["exec", "httpGet", "tcpSocket", "grpc"];
    private static readonly string[] Probes = ["livenessProbe", "readinessProbe", "startupProbe"];
    private static readonly string[] ModedVolumes = ["configMap", "secret", "projected", "downwardAPI"];
    private static readonly string[] Resources = ["cpu", "memory", "ephemeral-storage"];

    private static readonly string[] Fields =
    [
        "metadata.name",
        "metadata.namespace",
        "metadata.uid",
        "spec.nodeName",
        "spec.serviceAccountName",
        "status.hostIP",
        "status.hostIPs",
        "status.podIP",
        "status.podIPs",
    ];

    /// <summary>The template of a workload.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="mounts">Whether every volume is in it. A StatefulSet has some of its own.</param>
    /// <param name="restart">The policies with which it may restart.</param>
    public static IEnumerable<ControllerRule> Template(string path, bool mounts, params string[] restart) =>
        [ServerRule.Labels($"{path}.metadata.labels"), .. Spec($"{path}.spec", mounts), ServerRule.OneOf($"{path}.spec.restartPolicy", restart)];

    public static IEnumerable<ControllerRule> Spec(string path, bool mounts) =>
        [
            ServerRule.NotEmpty($"{path}.containers"),
            .. Container($"{path}.containers[]"),
            .. Container($"{path}.initContainers[]"),
            ServerRule.Distinct($"{path}.containers", "name"),
            ServerRule.Distinct($"{path}.volumes", "name"),
            ServerRule.Label($"{path}.volumes[].name"),
            ServerRule.Together($"{path}.volumes[]", SeveralTypes, "Keep one of them."),
            ServerRule.Present($"{path}.volumes[].configMap", "name"),
            ServerRule.Present($"{path}.volumes[].secret", "secretName"),
            .. ModedVolumes.Select(type => ServerRule.Between($"{path}.volumes[].{type}.defaultMode", 0, 511)),
            ServerRule.Labels($"{path}.nodeSelector"),
            ServerRule.Subdomain($"{path}.serviceAccountName"),
            .. User($"{path}.securityContext"),
            ServerRule.Between($"{path}.securityContext.fsGroup", 0, int.MaxValue),
            ServerRule.AtLeast($"{path}.topologySpreadConstraints[].maxSkew", 1),
            ServerRule.Required($"{path}.topologySpreadConstraints[].topologyKey"),
            ServerRule.AtLeast($"{path}.terminationGracePeriodSeconds", 0),
            .. mounts ? (ControllerRule[])[ServerRule.Together(path, UnknownMount, "Add the volume, or correct the name.")] : [],
        ];

    private static IEnumerable<ControllerRule> Container(string path) =>
        [
            ServerRule.Label($"{path}.name"),
            ServerRule.Present(path, "image"),
            ServerRule.Port($"{path}.ports[].containerPort"),
            ServerRule.Between($"{path}.ports[].hostPort", 0, 65535),
            ServerRule.PortName($"{path}.ports[].name"),
            ServerRule.Distinct($"{path}.ports", "name"),
            ServerRule.Required($"{path}.env[].name"),
            ServerRule.Syntax(
                $"{path}.env[].name",
                ServerRule.Unless(name => name.All(c => c is >= ' ' and <= '~' and not '='), "the name of a variable"),
                "Use letters, digits and _."
            ),
            ServerRule.Together($"{path}.env[]", TwoValues, "Keep one of them."),
            ServerRule.Syntax(
                $"{path}.env[].valueFrom.fieldRef.fieldPath",
                ServerRule.Unless(IsField, "a field of a pod that a variable can have"),
                UseField
            ),
            ServerRule.Distinct($"{path}.volumeMounts", "mountPath"),
            ServerRule.Range($"{path}.resources.requests{{}}", Negative, "Give 0 or more."),
            ServerRule.Range($"{path}.resources.limits{{}}", Negative, "Give 0 or more."),
            ServerRule.Syntax(
                $"{path}.resources.requests",
                UnknownResource,
                "Use cpu, memory, ephemeral-storage, hugepages-, or a name with a domain."
            ),
            ServerRule.Syntax(
                $"{path}.resources.limits",
                UnknownResource,
                "Use cpu, memory, ephemeral-storage, hugepages-, or a name with a domain."
            ),
            ServerRule.Range($"{path}.resources", MoreThanLimit, "Ask for no more than the limit.") with
            {
                At = "requests",
            },
            .. Probes.SelectMany(probe => Probe($"{path}.{probe}")),
            .. User($"{path}.securityContext"),
        ];

    private const string UseField = "Use a field such as metadata.name, metadata.labels['KEY'], spec.nodeName or status.podIP.";

    private static IEnumerable<ControllerRule> Probe(string path) =>
        [
            ServerRule.Together(path, Handler, $"Give one of {string.Join(", ", Handlers)}."),
            .. ServerRule.PortOrName($"{path}.httpGet.port"),
            .. ServerRule.PortOrName($"{path}.tcpSocket.port"),
            ServerRule.Port($"{path}.grpc.port"),
        ];

    private static ControllerRule[] User(string path) =>
        [ServerRule.Between($"{path}.runAsUser", 0, int.MaxValue), ServerRule.Between($"{path}.runAsGroup", 0, int.MaxValue)];

    private static string? Handler(YamlNode node) =>
        node is not YamlMapping probe
            ? null
            : Handlers.Count(handler => probe[handler] is not (null or YamlScalar { Kind: ScalarKind.Null })) switch
            {
                0 => "has no handler",
                1 => null,
                _ => "has more than one handler",
            };

    private static string? SeveralTypes(YamlNode node) =>
        node is YamlMapping volume && volume.Entries.Count(e => e.Key.Text != "name" && e.Value is not YamlScalar) > 1
            ? "has more than one type"
            : null;

    private static string? TwoValues(YamlNode node) =>
        node is YamlMapping variable && !Objections.IsAbsent(variable, "value") && variable["valueFrom"] is YamlMapping
            ? "has both value and valueFrom"
            : null;

    private static bool IsField(string path) =>
        Fields.Contains(path) || IsKeyOf(path, "metadata.labels['") || IsKeyOf(path, "metadata.annotations['");

    private static bool IsKeyOf(string path, string start) =>
        path.StartsWith(start, StringComparison.Ordinal) && path.EndsWith("']", StringComparison.Ordinal) && path.Length > start.Length + 2;

    private static string? Negative(YamlNode node) => ServerRule.Amount(node) < 0 ? "is negative" : null;

    private static string? UnknownResource(YamlNode node) =>
        node is YamlMapping resources
        && resources.Entries.FirstOrDefault(e =>
            !e.Key.Text.Contains('/', StringComparison.Ordinal)
            && !Resources.Contains(e.Key.Text)
            && !e.Key.Text.StartsWith("hugepages-", StringComparison.Ordinal)
        )
            is { Key: { } key }
            ? $"has '{Excerpt.Of(key.Text)}', which is not a resource of containers"
            : null;

    private static string? MoreThanLimit(YamlNode node) =>
        node is YamlMapping resources
        && resources["requests"] is YamlMapping requests
        && resources["limits"] is YamlMapping limits
        && requests.Entries.FirstOrDefault(e => ServerRule.Amount(e.Value) > ServerRule.Amount(limits[e.Key.Text])) is { Key: { } key }
            ? $"asks for more {Excerpt.Of(key.Text)} than its limit"
            : null;

    private static string? UnknownMount(YamlNode node)
    {
        if (node is not YamlMapping spec)
            return null;

        var volumes = ServerRule.Items(spec["volumes"]).Select(volume => YamlScalar.TextOf(volume["name"])).ToHashSet();
        return
            ServerRule
                .Items(spec["initContainers"])
                .Concat(ServerRule.Items(spec["containers"]))
                .SelectMany(container => ServerRule.Items(container["volumeMounts"]))
                .Select(mount => YamlScalar.TextOf(mount["name"]))
                .FirstOrDefault(name => name is not null && !volumes.Contains(name))
                is { } unknown
            ? $"mounts the volume '{Excerpt.Of(unknown)}', which it does not have"
            : null;
    }
}
