using GitOpsGen.Diagnostics;
using GitOpsGen.Validation.Objects;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Controllers;

/// <summary>Walks the rules of a kind's controller. A value of a wrong type is not for them: the schema has said so.</summary>
internal static class ControllerRules
{
    public static void Check(string group, string kind, YamlMapping mapping, Inspection inspection)
    {
        foreach (var rule in For(group, kind))
        {
            Check(rule, 0, mapping, inspection);
        }
    }

    private static ControllerRule[] For(string group, string kind) => (group, kind) switch
    {
        ("pkg.crossplane.io", "Provider" or "Function") => CrossplaneRules.WithRuntime,
        ("pkg.crossplane.io", "Configuration") => CrossplaneRules.Package,
        ("pkg.crossplane.io", "ImageConfig") => CrossplaneRules.ImageConfig,
        ("pkg.crossplane.io", "DeploymentRuntimeConfig") => CrossplaneRules.RuntimeConfig,
        ("apiextensions.crossplane.io", "ManagedResourceActivationPolicy") => CrossplaneRules.ActivationPolicy,
        ("argoproj.io", "Application") => ArgoCdRules.Application,
        ("", "ConfigMap") => KubernetesRules.ConfigMap,
        _ => [],
    };

    private static void Check(ControllerRule rule, int segment, YamlNode? node, Inspection inspection)
    {
        switch (node)
        {
            case null or YamlUnreadable or YamlScalar { Kind: ScalarKind.Null }:
                break;
            case not null when segment == rule.Segments.Length:
                if (rule.Objection(node) is { } objection)
                {
                    inspection.Report(rule.IsWarning ? Rules.ControllerIgnores : Rules.ControllerRefuses, node, objection, rule.Fix);
                }

                break;
            case YamlMapping mapping when rule.Segments[segment].Length > 0:
                inspection.Path.Enter(rule.Segments[segment]);
                Check(rule, segment + 1, mapping[rule.Segments[segment]], inspection);
                inspection.Path.Leave();
                break;
            case YamlSequence list when rule.Segments[segment].Length == 0:
                for (var i = 0; i < list.Items.Length; i++)
                {
                    inspection.Path.Enter(i);
                    Check(rule, segment + 1, list.Items[i], inspection);
                    inspection.Path.Leave();
                }

                break;
        }
    }
}
