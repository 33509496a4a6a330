using System.Collections.Immutable;

namespace GitOpsGen.Diagnostics;

/// <summary>What one stage found. A stage owns its bag and hands out the findings with its result.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<Diagnostic> diagnostics = [];

    /// <summary>Whether anything was found that stops the command whatever the settings say.</summary>
    public bool HasFixedErrors => diagnostics.Exists(d => d is { Severity: Severity.Error, Rule.CanChange: false });

    public int Count => diagnostics.Count;

    public void Add(Rule rule, SourceSpan? span, string message, string fix) => diagnostics.Add(new Diagnostic(rule, message, fix, span));

    public void AddRange(IEnumerable<Diagnostic> found) => diagnostics.AddRange(found);

    public ImmutableArray<Diagnostic> ToImmutable() => [.. diagnostics];
}
