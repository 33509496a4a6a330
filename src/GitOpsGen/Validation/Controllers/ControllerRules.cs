using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Controllers;

/// <summary>Checks the rules of a kind's controller. They ignore values of a wrong type, which the schema reports.</summary>
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

/// <summary>What a controller requires of the values at one path beyond the schema.</summary>
/// <param name="Path">Names with dots between them; <c>[]</c> means every item of a list.</param>
/// <param name="Objection">What is wrong with a value, to follow its path; nothing if it is right. Not called for absent values.</param>
/// <param name="Fix">One sentence.</param>
internal sealed record ControllerRule(string Path, Func<YamlNode, string?> Objection, string Fix)
{
    /// <summary>Whether the controller accepts the object anyway, but hardly as intended.</summary>
    public bool IsWarning { get; init; }

    /// <summary>The parts of the path; an item of a list is an empty part.</summary>
    public string[] Segments { get; } = Path.Length == 0 ? [] : Path.Replace("[]", ".", StringComparison.Ordinal).Split('.');
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
