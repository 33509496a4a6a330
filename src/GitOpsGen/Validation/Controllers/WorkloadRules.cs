namespace GitOpsGen.Validation.Controllers;

/// <summary>What runs pods, and how many (kubernetes pkg/apis/apps, batch, policy and autoscaling).</summary>
internal static class WorkloadRules
{
    private const int LongestCronJob = 52;

    public static ControllerRule[] Pod => [.. PodRules.Spec("spec", mounts: true)];

    public static ControllerRule[] Deployment =>
        [
            .. Replicated,
            .. PodRules.Template("spec.template", mounts: true, "", "Always"),
            ServerRule.Together("spec.strategy", RecreateWithRolling, "Remove rollingUpdate, or use the type RollingUpdate.", "rollingUpdate"),
            ServerRule.Together("spec.strategy.rollingUpdate", Standstill, "Let one of the two be more than 0.", "maxUnavailable"),
            .. ServerRule.NumberOrPercentage("spec.strategy.rollingUpdate.maxSurge"),
            .. ServerRule.NumberOrPercentage("spec.strategy.rollingUpdate.maxUnavailable"),
        ];

    public static ControllerRule[] ReplicaSet => [.. Replicated, .. PodRules.Template("spec.template", mounts: true, "", "Always")];

    public static ControllerRule[] StatefulSet => [.. Replicated, .. PodRules.Template("spec.template", mounts: false, "", "Always")];

    public static ControllerRule[] DaemonSet => [.. Replicated, .. PodRules.Template("spec.template", mounts: true, "", "Always")];

    public static ControllerRule[] Job => [.. JobSpec("spec")];

    public static ControllerRule[] CronJob =>
        [
            ServerRule.Syntax("metadata.name", TooLong, "Use at most 52 characters: the name of a job has 11 more."),
            ServerRule.Syntax("spec.schedule", CronSchedule.Objection, "Write minute, hour, day, month and weekday, such as 0 4 * * 1-5."),
            ServerRule.AtLeast("spec.successfulJobsHistoryLimit", 0),
            ServerRule.AtLeast("spec.failedJobsHistoryLimit", 0),
            .. JobSpec("spec.jobTemplate.spec"),
        ];

    public static ControllerRule[] DisruptionBudget =>
        [
            ServerRule.Together("spec", BothBounds, "Keep one of them."),
            .. Bound("spec.minAvailable"),
            .. Bound("spec.maxUnavailable"),
            .. SelectorRules.At("spec.selector"),
        ];

    public static ControllerRule[] Autoscaler =>
        [
            ServerRule.AtLeast("spec.maxReplicas", 1),
            ServerRule.Range("spec", FewerThanMinimum, "Give maxReplicas at least minReplicas.") with
            {
                At = "maxReplicas",
            },
            ServerRule.Range("spec", ZeroReplicas, "Give at least 1, or an Object or External metric.") with
            {
                At = "minReplicas",
            },
            ServerRule.OneOf("spec.metrics[].type", "ContainerResource", "External", "Object", "Pods", "Resource"),
            ServerRule.Together("spec.metrics[]", NoSource, "Give the field that has the type's name."),
            ServerRule.Required("spec.scaleTargetRef.kind"),
            ServerRule.Required("spec.scaleTargetRef.name"),
        ];

    private static ControllerRule[] Replicated =>
        [
            .. SelectorRules.OfWorkload,
            ServerRule.AtLeast("spec.replicas", 0),
            ServerRule.AtLeast("spec.minReadySeconds", 0),
            ServerRule.AtLeast("spec.revisionHistoryLimit", 0),
        ];

    private static IEnumerable<ControllerRule> JobSpec(string path) =>
        [
            .. PodRules.Template($"{path}.template", mounts: true, "OnFailure", "Never"),
            ServerRule.Present($"{path}.template.spec", "restartPolicy"),
            ServerRule.AtLeast($"{path}.parallelism", 0),
            ServerRule.AtLeast($"{path}.completions", 0),
            ServerRule.AtLeast($"{path}.backoffLimit", 0),
            ServerRule.AtLeast($"{path}.ttlSecondsAfterFinished", 0),
        ];

    private static ControllerRule[] Bound(string path) =>
        [.. ServerRule.NumberOrPercentage(path), ServerRule.Range(path, MoreThanAll, "Give at most 100%.")];

    private static string? TooLong(YamlNode node) =>
        YamlScalar.TextOf(node) is { Length: > LongestCronJob } name ? $"has {name.Length} characters, more than {LongestCronJob}" : null;

    private static string? RecreateWithRolling(YamlNode node) =>
        node is YamlMapping strategy && YamlScalar.TextOf(strategy["type"]) == "Recreate" && strategy["rollingUpdate"] is YamlMapping
            ? "is not allowed with the type Recreate"
            : null;

    private static string? Standstill(YamlNode node) =>
        node is YamlMapping rolling && IsZero(rolling["maxSurge"]) && IsZero(rolling["maxUnavailable"]) ? "is 0, as maxSurge is" : null;

    private static bool IsZero(YamlNode? node) => ServerRule.Number(node) == 0 || YamlScalar.TextOf(node) is "0%";

    private static string? BothBounds(YamlNode node) =>
        node is YamlMapping spec && !Objections.IsAbsent(spec, "minAvailable") && !Objections.IsAbsent(spec, "maxUnavailable")
            ? "has both minAvailable and maxUnavailable"
            : null;

    private static string? MoreThanAll(YamlNode node) =>
        YamlScalar.TextOf(node) is [.. var digits, '%'] && int.TryParse(digits, out var percent) && percent > 100 ? $"is {percent}%" : null;

    private static string? FewerThanMinimum(YamlNode node) =>
        node is YamlMapping spec && ServerRule.Number(spec["maxReplicas"]) is { } most && most < ServerRule.Number(spec["minReplicas"])
            ? $"is {most}, less than minReplicas"
            : null;

    private static string? ZeroReplicas(YamlNode node) =>
        node is YamlMapping spec
        && ServerRule.Number(spec["minReplicas"]) is { } least
        && (
            least < 0 || (least == 0 && !ServerRule.Items(spec["metrics"]).Any(metric => YamlScalar.TextOf(metric["type"]) is "Object" or "External"))
        )
            ? $"is {least}"
            : null;

    private static string? NoSource(YamlNode node) =>
        node is YamlMapping metric
        && YamlScalar.TextOf(metric["type"]) is { Length: > 0 } type
        && metric[char.ToLowerInvariant(type[0]) + type[1..]] is not YamlMapping
            ? "has no source for its type"
            : null;
}
