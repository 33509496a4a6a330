namespace GitOpsGen.Diagnostics;

/// <summary>The severities that the settings ask for, by rule. Applied once, after every stage.</summary>
public sealed class SeverityPolicy(IReadOnlyDictionary<Rule, Severity> overrides)
{
    /// <summary>Every rule at its default.</summary>
    public static SeverityPolicy Default { get; } = new(ImmutableDictionary<Rule, Severity>.Empty);

    /// <summary>The same, but some rules are errors whatever the settings say.</summary>
    public SeverityPolicy WithErrors(IEnumerable<Rule> rules)
    {
        var raised = overrides.ToDictionary();
        foreach (var rule in rules)
            raised[rule] = Severity.Error;

        return new(raised);
    }

    /// <summary>
    /// The findings with their final severities: those that are off and exact repetitions left out, the rest in the order
    /// in which a person reads: by file, line, column, code.
    /// </summary>
    public ImmutableArray<Diagnostic> Apply(IEnumerable<Diagnostic> found) =>
        [
            .. found
                .Select(d => overrides.TryGetValue(d.Rule, out var severity) ? d with { Severity = severity } : d)
                .Where(d => d.Severity != Severity.Off)
                .Distinct()
                .OrderBy(d => d.Span?.File ?? "", StringComparer.Ordinal)
                .ThenBy(d => d.Span?.Start ?? SourcePosition.Start)
                .ThenBy(d => d.Rule.Code, StringComparer.Ordinal)
                .ThenBy(d => d.Message, StringComparer.Ordinal),
        ];
}
