using System.Collections.Immutable;

namespace GitOpsGen.Validation.Controllers;

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
