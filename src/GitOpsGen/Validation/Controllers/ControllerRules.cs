using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Validation.Schemas;
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

/// <summary>What a controller asks of the values at one path, though the schema does not.</summary>
/// <param name="Path">Names with dots between them; <c>[]</c> stands for every item of a list.</param>
/// <param name="Objection">What is wrong with a value there, to follow its path; nothing where it is fine. Never called where nothing stands.</param>
/// <param name="Fix">One sentence.</param>
internal sealed record ControllerRule(string Path, Func<YamlNode, string?> Objection, string Fix)
{
    /// <summary>Whether the controller takes the object all the same, but hardly as it was meant.</summary>
    public bool IsWarning { get; init; }

    /// <summary>The path in its parts; an item of a list is an empty one.</summary>
    public string[] Segments { get; } = Path.Length == 0 ? [] : Path.Replace("[]", ".", StringComparison.Ordinal).Split('.');
}

/// <summary>The rules of a kind by path, so that one walk meets them all.</summary>
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

    /// <summary>Those about the value at this place.</summary>
    public ImmutableArray<ControllerRule> Here { get; }

    /// <summary>Those about its fields, or under the empty name its items.</summary>
    public ImmutableArray<(string Segment, ControllerRuleTree Rules)> Below { get; }
}
