namespace GitOpsGen.Tests.Validation.BuiltIn;

/// <summary>Valid objects of built-in kinds, with as many of the fields in use as the server's own rules are about.</summary>
internal static class ServerSamples
{
    private const string PodSpec =
        "{ serviceAccountName: a, nodeSelector: { x.y/z: w }, restartPolicy: Always, terminationGracePeriodSeconds: 0, securityContext: { runAsUser: 1, fsGroup: 1 }, "
        + "topologySpreadConstraints: [{ maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { a: b } } }], "
        + "volumes: [{ name: v, configMap: { name: c, defaultMode: 420 } }, { name: w }], initContainers: [{ name: i, image: 'i' }], "
        + "containers: [{ name: a, image: 'i:v1', ports: [{ containerPort: 80, name: http }], env: [{ name: A, value: b }, { name: B, valueFrom: { fieldRef: { fieldPath: metadata.name } } }], "
        + "resources: { requests: { cpu: 100m, memory: 1Gi }, limits: { cpu: 0.2, memory: 2147483648 } }, volumeMounts: [{ name: v, mountPath: /v }], imagePullPolicy: '', "
        + "livenessProbe: { httpGet: { port: http, path: / } }, readinessProbe: { tcpSocket: { port: 80 } }, securityContext: { runAsUser: 2 }, args: [null] }] }";

    private const string Template = "template: { metadata: { labels: { a: b }, creationTimestamp: null }, spec: " + PodSpec + " }";

    private const string Workload = "replicas: 1, minReadySeconds: 1, selector: { matchLabels: { a: b } }, " + Template;

    private const string JobTemplate = "template: { spec: { restartPolicy: Never, containers: [{ name: a, image: b }] } }";

    private const string Webhooks =
        "[{ name: a.b.c, sideEffects: None, admissionReviewVersions: [v1], timeoutSeconds: 10, clientConfig: { url: 'https://a.b/c' }, matchConditions: [{ name: a, expression: 'true' }] }]";

    private const string Metrics = "[{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 80 } } }]";

    public static string[] All { get; } =
    [
        Of("v1", "ConfigMap", "data: { a: b }"),
        Of("v1", "Secret", "type: Opaque, data: { a: YQ== }, stringData: { b: c }"),
        Of("v1", "ServiceAccount", "automountServiceAccountToken: true"),
        Of("v1", "Namespace", "spec: { finalizers: [kubernetes] }"),
        Of("v1", "Pod", $"spec: {PodSpec}, status: {{ phase: Pending }}"),
        Of("v1", "Service", "spec: { type: ClusterIP, selector: { a: b }, ports: [{ port: 80, targetPort: http, name: http, nodePort: 0 }] }"),
        Of("v1", "PersistentVolumeClaim", "spec: { accessModes: [ReadWriteOnce], storageClassName: a, resources: { requests: { storage: 1Gi } } }"),
        Of(
            "apps/v1",
            "Deployment",
            $"spec: {{ {Workload}, strategy: {{ type: RollingUpdate, rollingUpdate: {{ maxSurge: 25%, maxUnavailable: 1 }} }} }}"
        ),
        Of("apps/v1", "ReplicaSet", $"spec: {{ {Workload} }}"),
        Of("apps/v1", "StatefulSet", $"spec: {{ {Workload}, serviceName: a, volumeClaimTemplates: [{{ metadata: {{ name: v }}, spec: {{}} }}] }}"),
        Of("apps/v1", "DaemonSet", $"spec: {{ selector: {{ matchExpressions: [{{ key: a, operator: In, values: [b] }}] }}, {Template} }}"),
        Of("batch/v1", "Job", $"spec: {{ backoffLimit: 1, {JobTemplate} }}"),
        Of("batch/v1", "CronJob", $"spec: {{ schedule: '0 4 * * mon-fri', timeZone: Etc/UTC, jobTemplate: {{ spec: {{ {JobTemplate} }} }} }}"),
        Of("policy/v1", "PodDisruptionBudget", "spec: { minAvailable: 1, selector: { matchLabels: { a: b } } }"),
        Of(
            "autoscaling/v2",
            "HorizontalPodAutoscaler",
            $"spec: {{ minReplicas: 1, maxReplicas: 3, scaleTargetRef: {{ apiVersion: apps/v1, kind: Deployment, name: a }}, metrics: {Metrics} }}"
        ),
        Of("rbac.authorization.k8s.io/v1", "Role", "rules: [{ apiGroups: [''], resources: [pods], verbs: [get] }]"),
        Of(
            "rbac.authorization.k8s.io/v1",
            "ClusterRole",
            "rules: [{ nonResourceURLs: [/x], verbs: [get] }], aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: b } }] }"
        ),
        Of(
            "rbac.authorization.k8s.io/v1",
            "RoleBinding",
            "roleRef: { kind: Role, name: a, apiGroup: rbac.authorization.k8s.io }, subjects: [{ kind: ServiceAccount, name: a }]"
        ),
        Of(
            "rbac.authorization.k8s.io/v1",
            "ClusterRoleBinding",
            "roleRef: { kind: ClusterRole, name: 'system:node', apiGroup: rbac.authorization.k8s.io }, subjects: [{ kind: ServiceAccount, name: a, namespace: b }, { kind: User, name: 'a:b' }]"
        ),
        Of(
            "networking.k8s.io/v1",
            "NetworkPolicy",
            "spec: { podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }], ports: [{ port: 80, endPort: 90 }, { port: http }] }], egress: [{}] }"
        ),
        Of(
            "networking.k8s.io/v1",
            "Ingress",
            "spec: { rules: [{ host: '*.a.b', http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: a, port: { number: 80 } } } }] } }] }"
        ),
        Of("storage.k8s.io/v1", "StorageClass", "provisioner: a.b/c"),
        Of("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", $"webhooks: {Webhooks}"),
        Of("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", $"webhooks: {Webhooks}"),
        Of(
            "apiextensions.k8s.io/v1",
            "CustomResourceDefinition",
            "spec: { group: a.b, scope: Cluster, names: { kind: C, plural: cs }, versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { a: { type: string } } } } } } }] }"
        ),
    ];

    private static string Of(string apiVersion, string kind, string fields) =>
        $"{{ apiVersion: {apiVersion}, kind: {kind}, metadata: {{ name: a, labels: {{ x: y }} }}, {fields} }}";
}
