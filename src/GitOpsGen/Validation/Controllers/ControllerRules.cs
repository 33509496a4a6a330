using GitOpsGen.Diagnostics;
using GitOpsGen.Validation.Objects;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Controllers;

/// <summary>Walks the rules of a kind's controller. A value of a wrong type is not for them: the schema has said so.</summary>
internal static class ControllerRules
{
    private static readonly Dictionary<(string Group, string Kind), ControllerRuleTree> ByKind = new()
    {
        [("pkg.crossplane.io", "Provider")] = new(CrossplaneRules.WithRuntime),
        [("pkg.crossplane.io", "Function")] = new(CrossplaneRules.WithRuntime),
        [("pkg.crossplane.io", "Configuration")] = new(CrossplaneRules.Package),
        [("pkg.crossplane.io", "ImageConfig")] = new(CrossplaneRules.ImageConfig),
        [("pkg.crossplane.io", "DeploymentRuntimeConfig")] = new(CrossplaneRules.RuntimeConfig),
        [("apiextensions.crossplane.io", "ManagedResourceActivationPolicy")] = new(CrossplaneRules.ActivationPolicy),
        [("argoproj.io", "Application")] = new(ArgoCdRules.Application),
        [("", "ConfigMap")] = new(KubernetesRules.ConfigMap),
    };

    /// <summary>The rules of a kind's controller, if it has any.</summary>
    public static ControllerRuleTree? For(string group, string kind) => ByKind.GetValueOrDefault((group, kind));

    public static void Check(ControllerRuleTree? rules, YamlMapping mapping, Inspection inspection)
    {
        if (rules is not null)
        {
            CheckBelow(rules, mapping, inspection);
        }
    }

    private static void CheckBelow(ControllerRuleTree rules, YamlNode? node, Inspection inspection)
    {
        if (node is null or YamlUnreadable or YamlScalar { Kind: ScalarKind.Null })
        {
            return;
        }

        foreach (var rule in rules.Here)
        {
            if (rule.Objection(node) is { } objection)
            {
                inspection.Report(rule.IsWarning ? Rules.ControllerIgnores : Rules.ControllerRefuses, node, objection, rule.Fix);
            }
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
