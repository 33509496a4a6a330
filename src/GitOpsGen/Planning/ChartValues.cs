using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;

namespace GitOpsGen.Planning;

/// <summary>
/// The Helm values that the crossplane chart knows (crossplane cluster/charts/crossplane, v2.3). The chart has no schema: Helm
/// silently ignores a mistyped key.
/// </summary>
internal static class ChartValues
{
    /// <summary>The keys of the top level. Where a list of keys follows, only those are known below it; otherwise the value is the user's own.</summary>
    internal static readonly IReadOnlyDictionary<string, IReadOnlySet<string>?> Known = new Dictionary<string, string?>
    {
        ["affinity"] = null,
        ["args"] = null,
        ["configuration"] = "packages",
        ["customAnnotations"] = null,
        ["customLabels"] = null,
        ["deploymentStrategy"] = null,
        ["dnsPolicy"] = null,
        ["extraEnvVarsCrossplane"] = null,
        ["extraEnvVarsCrossplaneInit"] = null,
        ["extraEnvVarsRBACManager"] = null,
        ["extraObjects"] = null,
        ["extraVolumeMountsCrossplane"] = null,
        ["extraVolumesCrossplane"] = null,
        ["function"] = "packages",
        ["functionCache"] = "medium pvc sizeLimit",
        ["global"] = null, // Helm itself passes it to every chart
        ["hostNetwork"] = null,
        ["image"] = "ignoreTag pullPolicy repository tag",
        ["imagePullSecrets"] = null,
        ["leaderElection"] = null,
        ["metrics"] = "enabled port",
        ["nameOverride"] = null, // read by the chart's helpers, though its values.yaml does not list it
        ["nodeSelector"] = null,
        ["packageCache"] = "configMap medium pvc sizeLimit",
        ["podSecurityContextCrossplane"] = null,
        ["podSecurityContextRBACManager"] = null,
        ["priorityClassName"] = null,
        ["provider"] = "defaultActivations packages",
        ["rbacManager"] =
            "affinity args deploy leaderElection nodeSelector replicas revisionHistoryLimit skipAggregatedClusterRoles tolerations topologySpreadConstraints",
        ["readiness"] = "port",
        ["registryCaBundleConfig"] = "key name",
        ["replicas"] = null,
        ["resourcesCrossplane"] = null,
        ["resourcesRBACManager"] = null,
        ["revisionHistoryLimit"] = null,
        ["runtimeClassName"] = null,
        ["secrets"] = "customAnnotations",
        ["securityContextCrossplane"] = null,
        ["securityContextRBACManager"] = null,
        ["service"] = "customAnnotations",
        ["serviceAccount"] = "create customAnnotations name",
        ["sidecarsCrossplane"] = null,
        ["tolerations"] = null,
        ["topologySpreadConstraints"] = null,
        ["webhooks"] = "enabled port",
    }.ToDictionary(k => k.Key, IReadOnlySet<string>? (k) => k.Value?.Split(' ').ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Whether the chart knows a key of the top level, and a key below it.</summary>
    public static bool Knows(string key, string? inner = null) =>
        Known.TryGetValue(key, out var below) && (inner is null || below is null || below.Contains(inner));

    /// <summary>Warns about every key of the user's values that would have no effect.</summary>
    public static void CheckKnown(YamlMapping values, DiagnosticBag bag)
    {
        foreach (var (key, value) in values.Entries)
        {
            if (!Knows(key.Text))
            {
                Unknown(key, key.Text);
                continue;
            }

            foreach (var (inner, _) in (value as YamlMapping)?.Entries ?? [])
            {
                if (!Knows(key.Text, inner.Text))
                {
                    Unknown(inner, $"{key.Text}.{inner.Text}");
                }
            }
        }

        void Unknown(YamlScalar at, string path) =>
            bag.Add(
                Rules.UnknownValue,
                at.Span,
                $"The crossplane chart has no value '{path}': Helm would ignore it.",
                "Correct the key (helm show values crossplane-stable/crossplane lists them)."
            );
    }
}
