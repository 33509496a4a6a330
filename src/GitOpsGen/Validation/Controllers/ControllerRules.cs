using GitOpsGen.Validation.Schemas;

namespace GitOpsGen.Validation.Controllers;

/// <summary>Checks the rules of a kind's controller. They ignore values of a wrong type, which the schema reports.</summary>
internal static class ControllerRules
{
    /// <summary>The rules of a kind's controller, or of the server about its own kinds, if there are any.</summary>
    public static ControllerRuleTree? For(string group, string kind) => Of(group, kind) is { } rules ? new(rules) : null;

    private static ControllerRule[]? Of(string group, string kind) =>
        (group, kind) switch
        {
            ("pkg.crossplane.io", "Provider" or "Function") => CrossplaneRules.WithRuntime,
            ("pkg.crossplane.io", "Configuration") => CrossplaneRules.Package,
            ("pkg.crossplane.io", "ImageConfig") => CrossplaneRules.ImageConfig,
            ("pkg.crossplane.io", "DeploymentRuntimeConfig") => CrossplaneRules.RuntimeConfig,
            ("apiextensions.crossplane.io", "ManagedResourceActivationPolicy") => CrossplaneRules.ActivationPolicy,
            ("argoproj.io", "Application") => ArgoCdRules.Application,
            ("", "ConfigMap") => KubernetesRules.ConfigMap,
            ("", "Secret") => KubernetesRules.Secret,
            ("", "Namespace") => KubernetesRules.Namespace,
            ("", "ServiceAccount") => KubernetesRules.ServiceAccount,
            ("", "Pod") => WorkloadRules.Pod,
            ("", "Service") => NetworkRules.Service,
            ("", "PersistentVolumeClaim") => ClusterRules.Claim,
            ("apps", "Deployment") => WorkloadRules.Deployment,
            ("apps", "ReplicaSet") => WorkloadRules.ReplicaSet,
            ("apps", "StatefulSet") => WorkloadRules.StatefulSet,
            ("apps", "DaemonSet") => WorkloadRules.DaemonSet,
            ("batch", "Job") => WorkloadRules.Job,
            ("batch", "CronJob") => WorkloadRules.CronJob,
            ("policy", "PodDisruptionBudget") => WorkloadRules.DisruptionBudget,
            ("autoscaling", "HorizontalPodAutoscaler") => WorkloadRules.Autoscaler,
            ("rbac.authorization.k8s.io", "Role") => AccessRules.Role,
            ("rbac.authorization.k8s.io", "ClusterRole") => AccessRules.ClusterRole,
            ("rbac.authorization.k8s.io", "RoleBinding") => AccessRules.RoleBinding,
            ("rbac.authorization.k8s.io", "ClusterRoleBinding") => AccessRules.ClusterRoleBinding,
            ("networking.k8s.io", "Ingress") => NetworkRules.Ingress,
            ("networking.k8s.io", "NetworkPolicy") => NetworkRules.Policy,
            ("storage.k8s.io", "StorageClass") => ClusterRules.StorageClass,
            ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration" or "MutatingWebhookConfiguration") => ClusterRules.Webhooks,
            _ => null,
        };

    public static void Check(ControllerRuleTree? rules, YamlMapping mapping, Inspection inspection)
    {
        if (rules is not null)
            CheckBelow(rules, mapping, inspection);
    }

    private static void CheckBelow(ControllerRuleTree rules, YamlNode? node, Inspection inspection)
    {
        if (node is null or YamlUnreadable or YamlScalar { Kind: ScalarKind.Null })
            return;

        foreach (var rule in rules.Here)
        {
            if (rule.Objection(node) is { } objection)
                Report(rule, node, objection, inspection);
        }

        foreach (var (segment, below) in rules.Below)
        {
            if (node is YamlMapping mapping && segment.Length > 0 && mapping[segment] is { } field)
            {
                inspection.Path.Enter(segment);
                CheckBelow(below, field, inspection);
                inspection.Path.Leave();
            }
            else if (node is YamlSequence list && segment.Length == 0)
            {
                CheckItems(below, list, inspection);
            }
            else if (node is YamlMapping map && segment == ControllerRule.AnyValue)
            {
                CheckValues(below, map, inspection);
            }
        }
    }

    // Where there is nothing at the rule's place, the finding is at what would hold it.
    private static void Report(ControllerRule rule, YamlNode node, string objection, Inspection inspection)
    {
        string[] parts = rule.At.Length == 0 ? [] : rule.At.Split('.');
        var (at, next) = (node, node);
        foreach (var part in parts)
        {
            inspection.Path.Enter(part);
            next = (next as YamlMapping)?[part];
            at = next ?? at;
        }

        inspection.Report(rule.Rule, at, objection, rule.Fix);
        foreach (var _ in parts)
            inspection.Path.Leave();
    }

    private static void CheckValues(ControllerRuleTree rules, YamlMapping mapping, Inspection inspection)
    {
        foreach (var (key, value) in mapping.Entries)
        {
            inspection.Path.Enter(key.Text);
            CheckBelow(rules, value, inspection);
            inspection.Path.Leave();
        }
    }

    private static void CheckItems(ControllerRuleTree rules, YamlSequence list, Inspection inspection)
    {
        for (var i = 0; i < list.Items.Length; i++)
        {
            inspection.Path.Enter(i);
            CheckBelow(rules, list.Items[i], inspection);
            inspection.Path.Leave();
        }
    }
}

/// <summary>What a controller requires of the values at one path beyond the schema.</summary>
/// <param name="Path">Names with dots between them; <c>[]</c> means every item of a list, <c>{}</c> every value of a map.</param>
/// <param name="Objection">What is wrong with a value, to follow its path; nothing if it is right. Not called for absent values.</param>
/// <param name="Fix">One sentence.</param>
internal sealed record ControllerRule(string Path, Func<YamlNode, string?> Objection, string Fix)
{
    /// <summary>The part of a path that stands for every value of a map.</summary>
    public const string AnyValue = "{}";

    /// <summary>The rule that such a value breaks.</summary>
    public Rule Rule { get; init; } = Rules.ControllerRefuses;

    /// <summary>The field of the value that the finding is about; empty for the value itself.</summary>
    public string At { get; init; } = "";

    /// <summary>The parts of the path; an item of a list is an empty part.</summary>
    public string[] Segments { get; } =
        Path.Length == 0
            ? []
            : Path.Replace("[]", ".", StringComparison.Ordinal).Replace(AnyValue, $".{AnyValue}", StringComparison.Ordinal).Split('.');
}

/// <summary>The rules of a kind by path, so that one walk covers them all.</summary>
internal sealed class ControllerRuleTree
{
    public ControllerRuleTree(IEnumerable<ControllerRule> rules)
        : this([.. rules], 0) { }

    private ControllerRuleTree(IReadOnlyCollection<ControllerRule> rules, int depth)
    {
        Here = [.. rules.Where(rule => rule.Segments.Length == depth)];
        Below =
        [
            .. rules
                .Where(rule => rule.Segments.Length > depth)
                .GroupBy(rule => rule.Segments[depth], StringComparer.Ordinal)
                .Select(group => (group.Key, new ControllerRuleTree([.. group], depth + 1))),
        ];
    }

    /// <summary>The rules about the value at this place.</summary>
    public ImmutableArray<ControllerRule> Here { get; }

    /// <summary>The rules about its fields; those about its items are under the empty name.</summary>
    public ImmutableArray<(string Segment, ControllerRuleTree Rules)> Below { get; }
}
