using System.Text;
using System.Text.Json.Nodes;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Yaml;
using GitOpsGen.Tests.Yaml.Shapes;
using GitOpsGen.Validation;
using Xunit;

namespace GitOpsGen.Tests.Validation.BuiltIn;

/// <summary>What a real API server refused in code (data/kubernetes/code-only.md) is refused, and what is close to it is not.</summary>
public sealed class ServerRuleTests
{
    private const string Container = "spec.template.spec.containers.0";

    /// <summary>Kind, field, a wrong value, the code of the finding, a right value. The right value = is that of the sample.</summary>
    private static readonly string[] Rows =
    [
        """ConfigMap | data | {"a b": "c"} | GOG7111 | {"a.b": "c"}""",
        """ConfigMap | data | {"..": "c"} | GOG7111 | {".a": "c"}""",
        """ConfigMap | data | {"": "c"} | GOG7111 | {"_": "c"}""",
        """ConfigMap | binaryData | {"a": "YQ=="} | GOG7114 | {"b": "YQ=="}""",
        """ConfigMap | metadata.name | "A_B" | GOG7106 | "a.b" """,
        $"""ConfigMap | metadata.name | "{Long('a', 254)}" | GOG7106 | "{Long('a', 253)}" """,
        $$"""ConfigMap | data | {"a": "{{Long('x', 1024 * 1024 + 1)}}"} | GOG7113 | {"a": "{{Long('x', 1024 * 1024)}}"}""",
        """Secret | type | "kubernetes.io/tls" | GOG7114 | "example.org/tls" """,
        """Secret | type | "kubernetes.io/dockerconfigjson" | GOG7114 | "" """,
        """Secret | data | {"a b": "YQ=="} | GOG7111 | {"a": "YQ==\n"}""",
        """Secret | type | "kubernetes.io/service-account-token" | GOG7114 | =""",
        """Secret | type | "kubernetes.io/basic-auth" | GOG7114 | =""",
        """Secret | type | "kubernetes.io/ssh-auth" | GOG7114 | =""",
        """ServiceAccount | metadata.labels | {"a": "b c"} | GOG7106 | {"a": "b_c"}""",
        """Namespace | metadata.name | "a.b" | GOG7111 | "a-b" """,
        """Namespace | metadata.name | "A" | GOG7106 GOG7111 | "1" """,
        $"""Namespace | metadata.name | "{Long('a', 64)}" | GOG7111 | "{Long('a', 63)}" """,
        """Namespace | spec | {"finalizers": ["x"]} | GOG7111 | {"finalizers": ["a.b/x"]}""",
        """Namespace | metadata.labels | {"pod-security.kubernetes.io/enforce": "nonsense"} | GOG7114 | {"pod-security.kubernetes.io/enforce": "baseline"}""",
        """Deployment | spec.replicas | -1 | GOG7113 | 0""",
        """Deployment | spec.selector | {} | GOG7112 | {"matchExpressions": [{"key": "a", "operator": "Exists"}]}""",
        """Deployment | spec.selector.matchLabels | {"a": "c"} | GOG7112 | =""",
        """Deployment | spec.selector.matchLabels | {"a b": "c"} | GOG7112 GOG7112 | =""",
        """Deployment | spec.selector | {"matchExpressions": [{"key": "a", "operator": "Nope"}]} | GOG7112 | {"matchExpressions": [{"key": "c", "operator": "DoesNotExist"}]}""",
        """Deployment | spec.selector | {"matchExpressions": [{"key": "a", "operator": "In"}]} | GOG7112 GOG7112 | {"matchExpressions": [{"key": "a", "operator": "NotIn", "values": ["c"]}]}""",
        """Deployment | spec.template.spec.containers | [] | GOG7114 | [{"name": "b", "image": "b"}]""",
        $"""Deployment | {Container}.name | "A_B" | GOG7111 | "a-b" """,
        $"""Deployment | {Container}.image | "" | GOG7114 | "a@sha256:b" """,
        $$"""Deployment | {{Container}}.ports | [{"containerPort": 0}] | GOG7113 | [{"containerPort": 65535}]""",
        $$"""Deployment | {{Container}}.ports | [{"containerPort": 70000}] | GOG7113 | [{"containerPort": 1}]""",
        $$"""Deployment | {{Container}}.ports | [{"containerPort": 80, "name": "xxxxxxxxxxxxxxxx"}] | GOG7111 | [{"containerPort": 80, "name": "xxxxxxxxxxxxxxx"}]""",
        $$"""Deployment | {{Container}}.ports | [{"containerPort": 80, "name": "a"}, {"containerPort": 81, "name": "a"}] | GOG7114 | [{"containerPort": 80, "name": "a"}, {"containerPort": 81, "name": "b"}]""",
        $"""Deployment | {Container}.resources.requests.cpu | "1x" | GOG7104 | ".1" """,
        $"""Deployment | {Container}.resources.requests.cpu | "300m" | GOG7113 | "200m" """,
        $$"""Deployment | {{Container}}.resources.requests | {"foo": "1"} | GOG7111 | {"a.b/foo": "1", "hugepages-2Mi": "1"}""",
        $"""Deployment | {Container}.resources.limits.cpu | "-1" | GOG7113 GOG7113 | "1e3" """,
        $$"""Deployment | {{Container}}.env | [{"name": "1a=b"}] | GOG7111 | [{"name": "1a b.c"}]""",
        $$"""Deployment | {{Container}}.env | [{"name": ""}] | GOG7114 | [{"name": "a"}]""",
        $$$$"""Deployment | {{{{Container}}}}.env | [{"name": "a", "value": "b", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}] | GOG7114 | [{"name": "a", "value": "", "valueFrom": {"fieldRef": {"fieldPath": "metadata.labels['a']"}}}]""",
        $$$$"""Deployment | {{{{Container}}}}.env | [{"name": "a", "valueFrom": {"fieldRef": {"fieldPath": "spec.nope"}}}] | GOG7111 | [{"name": "a", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}}]""",
        $$"""Deployment | {{Container}}.volumeMounts | [{"name": "nope", "mountPath": "/x"}] | GOG7114 | [{"name": "w", "mountPath": "/x"}]""",
        $$$"""Deployment | {{{Container}}}.livenessProbe | {"httpGet": {"port": 80}, "tcpSocket": {"port": 1}} | GOG7114 | {"grpc": {"port": 1}}""",
        $$$"""Deployment | {{{Container}}}.livenessProbe | {"httpGet": {"port": "UPPER_"}} | GOG7111 | {"exec": {"command": ["a"]}}""",
        $$"""Deployment | {{Container}}.livenessProbe | {} | GOG7114 | null""",
        $$"""Deployment | {{Container}}.securityContext | {"runAsUser": -1} | GOG7113 | {"runAsUser": 2147483647}""",
        """Deployment | spec.template.spec.restartPolicy | "Never" | GOG7114 | "" """,
        """Deployment | spec.template.spec.volumes | [{"name": "a", "emptyDir": {}, "hostPath": {"path": "/"}}] | GOG7114 GOG7114 | [{"name": "v", "hostPath": {"path": "/"}}]""",
        """Deployment | spec.template.spec.volumes | [{"name": "a", "configMap": {"defaultMode": 9999}}] | GOG7113 GOG7114 GOG7114 | [{"name": "v", "configMap": {"name": "a", "defaultMode": 511}}]""",
        """Deployment | spec.template.spec.nodeSelector | {"a b": "c"} | GOG7111 | {"a.b/c": "d"}""",
        """Deployment | spec.strategy | {"type": "Recreate", "rollingUpdate": {}} | GOG7114 | {"type": "Recreate", "rollingUpdate": null}""",
        """Deployment | spec.strategy | {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 0, "maxUnavailable": 0}} | GOG7114 | {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 0, "maxUnavailable": 1}}""",
        """Deployment | spec.strategy | {"rollingUpdate": {"maxSurge": "x"}} | GOG7111 | {"rollingUpdate": {"maxSurge": "150%"}}""",
        """Deployment | spec.minReadySeconds | -1 | GOG7113 | 0""",
        """Deployment | spec.template.spec.serviceAccountName | "A_B" | GOG7111 | "a.b" """,
        """Deployment | spec.template.spec.topologySpreadConstraints | [{"maxSkew": 0, "topologyKey": "a", "whenUnsatisfiable": "DoNotSchedule"}] | GOG7113 | [{"maxSkew": 1, "topologyKey": "a", "whenUnsatisfiable": "ScheduleAnyway"}]""",
        """Deployment | spec.template.metadata.labels | {"x": "y"} | GOG7112 | {"x": "y", "a": "b"}""",
        """Role | rules | [{"verbs": ["get"]}] | GOG7114 | []""",
        """Role | rules | [{"apiGroups": [""], "resources": ["pods"], "verbs": []}] | GOG7114 | [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}]""",
        """Role | rules | [{"nonResourceURLs": ["/x"], "verbs": ["get"]}] | GOG7114 | =""",
        """Role | metadata.name | "a/b" | GOG7106 | "a:B_c" """,
        """ClusterRole | rules | [{"nonResourceURLs": ["/x"], "resources": ["a"], "apiGroups": [""], "verbs": ["get"]}] | GOG7114 | [{"resources": ["a"], "apiGroups": [""], "verbs": ["get"]}]""",
        """ClusterRole | aggregationRule | {"clusterRoleSelectors": []} | GOG7114 | null""",
        """ClusterRole | aggregationRule | {"clusterRoleSelectors": [{"matchLabels": {"a": "b c"}}]} | GOG7112 | {"clusterRoleSelectors": [{"matchLabels": {"a.b/c": ""}}]}""",
        """ClusterRoleBinding | roleRef.kind | "Role" | GOG7114 | "ClusterRole" """,
        """ClusterRoleBinding | roleRef.kind | "X" | GOG7114 | =""",
        """ClusterRoleBinding | roleRef.apiGroup | "x" | GOG7114 | null""",
        """ClusterRoleBinding | roleRef.name | "" | GOG7114 | "cluster-admin" """,
        """ClusterRoleBinding | subjects | [{"kind": "ServiceAccount", "name": "x"}] | GOG7114 | [{"kind": "ServiceAccount", "name": "x", "namespace": "y"}]""",
        """ClusterRoleBinding | subjects | [{"kind": "X", "name": "x"}] | GOG7114 | [{"kind": "Group", "name": "x"}]""",
        """ClusterRoleBinding | subjects | [{"kind": "User", "name": "x", "apiGroup": "y"}] | GOG7114 | [{"kind": "User", "name": "x", "apiGroup": "rbac.authorization.k8s.io"}]""",
        """ClusterRoleBinding | subjects | [{"kind": "ServiceAccount", "name": "A_B", "namespace": "d"}] | GOG7111 | [{"kind": "User", "name": "A_B"}]""",
        """NetworkPolicy | spec.policyTypes | ["Ingress", "Ingress", "Egress"] | GOG7114 | ["Ingress"]""",
        """NetworkPolicy | spec.ingress.0.from.0.ipBlock.cidr | "10.0.0.0/33" | GOG7111 | "10.0.0.1/8" """,
        """NetworkPolicy | spec.ingress.0.from.0.ipBlock.cidr | "x" | GOG7111 | "10.0.0.0/15" """,
        """NetworkPolicy | spec.ingress.0.from.0.ipBlock.except | ["11.0.0.0/8"] | GOG7114 | ["10.255.0.0/24"]""",
        """NetworkPolicy | spec.ingress.0.from | [{}] | GOG7114 | []""",
        """NetworkPolicy | spec.ingress.0.from.0.podSelector | {} | GOG7114 | null""",
        """NetworkPolicy | spec.ingress.0.ports | [{"port": 0}] | GOG7113 | [{"protocol": "UDP"}]""",
        """NetworkPolicy | spec.ingress.0.ports | [{"port": 70000}] | GOG7113 | [{"port": 65535}]""",
        """NetworkPolicy | spec.ingress.0.ports | [{"port": 80, "endPort": 70}] | GOG7114 | [{"port": 80, "endPort": 80}]""",
        """NetworkPolicy | spec.ingress.0.ports | [{"endPort": 70}] | GOG7114 | [{}]""",
        """NetworkPolicy | spec.ingress.0.ports | [{"port": "Bad Name"}] | GOG7111 | [{"port": "a-1"}]""",
        """PodDisruptionBudget | spec.maxUnavailable | 1 | GOG7114 | null""",
        """PodDisruptionBudget | spec.minAvailable | -1 | GOG7113 | 0""",
        """PodDisruptionBudget | spec.minAvailable | "50" | GOG7111 | "50%" """,
        """PodDisruptionBudget | spec.minAvailable | "150%" | GOG7113 | "100%" """,
        """PodDisruptionBudget | spec.selector | {"matchLabels": {"a": "b c"}} | GOG7112 | {}""",
        """Service | spec.ports | [] | GOG7114 | =""",
        """Service | spec.ports.0.port | 0 | GOG7113 | 1""",
        """Service | spec.ports.0.port | 65536 | GOG7113 | 65535""",
        """Service | spec.ports.0.targetPort | "Bad_Name" | GOG7111 | 8080""",
        """Service | spec.ports.0.name | "A_B" | GOG7111 | "a-very-long-name-of-a-port" """,
        """Service | spec.ports | [{"port": 80}, {"port": 81}] | GOG7114 | [{"port": 80}]""",
        """Service | spec.ports | [{"port": 80, "name": "a"}, {"port": 81, "name": "a"}] | GOG7114 | [{"port": 80, "name": "a"}, {"port": 81, "name": "b"}]""",
        """Service | spec.type | "ExternalName" | GOG7114 | "NodePort" """,
        """Service | spec.clusterIP | "1.2.3" | GOG7111 | "None" """,
        """Service | spec.ports.0.nodePort | 80 | GOG7114 | null""",
        """Service | spec.externalTrafficPolicy | "Local" | GOG7114 | "" """,
        """Service | spec.selector | {"a": "b c"} | GOG7111 | {}""",
        """Service | spec.loadBalancerSourceRanges | ["x"] | GOG7111 GOG7114 | []""",
        """Service | metadata.name | "1a" | GOG7111 | "a1" """,
        """Service | metadata.name | "a.b" | GOG7111 | "a-b" """,
        $"""Service | metadata.name | "{Long('a', 64)}" | GOG7111 | "{Long('a', 63)}" """,
        """CronJob | spec.schedule | "nonsense" | GOG7111 | "@hourly" """,
        """CronJob | spec.schedule | "TZ=UTC 0 0 * * *" | GOG7111 | "*/5 0-4,9 1 JAN ?" """,
        """CronJob | spec.schedule | "0 0 * * 7" | GOG7111 | "0 0 * * 6" """,
        """CronJob | spec.schedule | "60 0 * * *" | GOG7111 | "59 23 31 12 0" """,
        """CronJob | spec.schedule | "5-1 0 * * *" | GOG7111 | "1-5/2 0 * * *" """,
        """CronJob | spec.jobTemplate.spec.template.spec.restartPolicy | "Always" | GOG7114 | "OnFailure" """,
        $"""CronJob | metadata.name | "{Long('a', 53)}" | GOG7111 | "{Long('a', 52)}" """,
        """Job | spec.template.spec.restartPolicy | null | GOG7114 | "Never" """,
        """HorizontalPodAutoscaler | spec.minReplicas | 5 | GOG7113 | 3""",
        """HorizontalPodAutoscaler | spec.minReplicas | 0 | GOG7113 | null""",
        """HorizontalPodAutoscaler | spec.metrics | [{"type": "X"}] | GOG7114 GOG7114 | []""",
        """HorizontalPodAutoscaler | spec.metrics | [{"type": "Resource"}] | GOG7114 | =""",
        """HorizontalPodAutoscaler | spec.scaleTargetRef.kind | "" | GOG7114 | "StatefulSet" """,
        """Ingress | spec.rules.0.host | "A.b" | GOG7111 | "a.b" """,
        """Ingress | spec.rules.0.host | "1.2.3.4" | GOG7111 | "1.2.3" """,
        """Ingress | spec.rules.0.http.paths.0.path | "x" | GOG7111 | "/x" """,
        """Ingress | spec.rules.0.http.paths.0.backend | {} | GOG7114 | {"resource": {"kind": "A", "name": "b"}}""",
        """Ingress | spec.rules.0.http.paths.0.backend.service.port | {"number": 80, "name": "x"} | GOG7114 | {"name": "x"}""",
        """Ingress | spec | {} | GOG7114 | {"defaultBackend": {"resource": {"kind": "A", "name": "b"}}}""",
        """StorageClass | provisioner | "" | GOG7114 | "kubernetes.io/no-provisioner" """,
        """PersistentVolumeClaim | spec.accessModes | [] | GOG7114 | ["ReadWriteMany"]""",
        """PersistentVolumeClaim | spec.resources | {} | GOG7114 | {"requests": {"storage": 5}}""",
        """PersistentVolumeClaim | spec.resources.requests.storage | "-1Gi" | GOG7113 | "1.5Ti" """,
        """PersistentVolumeClaim | spec.resources.requests.storage | "1 Gi" | GOG7104 | "1E" """,
        """ValidatingWebhookConfiguration | webhooks.0.sideEffects | "Some" | GOG7114 | "NoneOnDryRun" """,
        """ValidatingWebhookConfiguration | webhooks.0.name | "a" | GOG7111 | "a.b.c" """,
        """ValidatingWebhookConfiguration | webhooks.0.clientConfig | {} | GOG7114 | {"service": {"name": "a", "namespace": "b"}}""",
        """ValidatingWebhookConfiguration | webhooks.0.clientConfig.url | "http://a.b" | GOG7111 | "https://a.b" """,
        """ValidatingWebhookConfiguration | webhooks.0.timeoutSeconds | 31 | GOG7113 | 30""",
        """ValidatingWebhookConfiguration | webhooks.0.admissionReviewVersions | ["v9"] | GOG7114 | ["v9", "v1beta1"]""",
    ];

    /// <summary>What only a cluster can know, or a whole implementation of CEL.</summary>
    private static readonly string[] LeftOut =
    [
        """Service | spec.clusterIP | "192.168.1.1" """,
        """CronJob | spec.timeZone | "Mars/X" """,
        """ValidatingWebhookConfiguration | webhooks.0.matchConditions | [{"name": "a", "expression": "x ("}]""",
    ];

    [Fact]
    public void Right_objects_of_built_in_kinds_are_valid_and_completely_checked() =>
        Assert.All(ServerSamples.All, sample => Assert.Equal("", Codes(JsonTrees.Parse(sample)!)));

    [Fact]
    public void What_a_server_refuses_in_code_is_refused_and_what_is_close_to_it_is_not() =>
        Assert.All(
            Rows,
            row =>
            {
                var (kind, field, wrong, codes, right) = row.Split(" | ") is [var a, var b, var c, var d, var e] ? (a, b, c, d, e.Trim()) : default;
                Assert.Equal(codes, Codes(Changed(kind!, field!, wrong!)));
                Assert.Equal("", Codes(right == "=" ? Sample(kind!) : Changed(kind!, field!, right!)));
            }
        );

    /// <summary>No rejection that the real server gave is forgotten.</summary>
    [Fact]
    public void Every_rejection_that_no_schema_says_is_taken_or_named()
    {
        var page = File.ReadAllLines(SharedData.Require("data", "kubernetes", "code-only.md"));
        string[] asked =
        [
            .. page.Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains('`', StringComparison.Ordinal))
                .Select(line => line.Split('|'))
                .Select(cells => $"{cells[1].Trim()} | {cells[2].Trim()} | {cells[3].Trim().Trim('`')}"),
        ];
        var known = Rows.Concat(LeftOut).ToList();

        // A long value is cut on the page.
        Assert.InRange(asked.Length, 125, 140);
        Assert.Equal(
            [],
            asked.Where(row =>
                !known.Any(other => other.StartsWith(row[..Math.Min(row.Length, row.LastIndexOf('|') + 40)], StringComparison.Ordinal))
            )
        );
    }

    [Fact]
    public void A_finding_is_at_the_field_that_is_wrong()
    {
        const string Text = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: a }
            spec:
              selector: { matchLabels: { a: b } }
              template:
                metadata:
                  labels: { a: c }
                spec:
                  containers: [{ name: a, image: b, ports: [{ containerPort: 0 }] }]

            """;
        var check = new ObjectValidator(Crds.Read().Value!).CheckFile(YamlText.File, Encoding.UTF8.GetBytes(Text));

        Assert.Equal(["GOG7112 8:15", "GOG7113 10:66"], check.Findings.Places().Order(StringComparer.Ordinal));
        Assert.Contains(check.Findings, d => d.Message.Contains("spec.template.metadata.labels lacks 'a: b'", StringComparison.Ordinal));
    }

    private static string Long(char letter, int count) => new(letter, count);

    private static JsonNode Sample(string kind) =>
        ServerSamples.All.Select(text => JsonTrees.Parse(text)!).Single(node => (string)node["kind"]! == kind);

    private static JsonNode Changed(string kind, string field, string value)
    {
        var sample = Sample(kind);
        var parts = field.Split('.');
        var at = parts[..^1].Aggregate(sample, (node, part) => (node is JsonArray list ? list[int.Parse(part, null)] : node[part])!);
        at[parts[^1]] = JsonNode.Parse(value);
        return sample;
    }

    private static string Codes(JsonNode json) =>
        string.Join(
            ' ',
            new ObjectValidator(Crds.Read().Value!)
                .CheckFile(YamlText.File, Encoding.UTF8.GetBytes(json.ToJsonString()))
                .Codes()
                .Split(' ')
                .Order(StringComparer.Ordinal)
        );
}
