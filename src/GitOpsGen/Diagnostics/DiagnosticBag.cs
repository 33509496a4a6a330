using System.Collections.Immutable;

namespace GitOpsGen.Diagnostics;

/// <summary>What one stage found. A stage owns its bag and hands out the findings with its result.</summary>
/// <param name="limitPerRule">How many findings of one rule are listed; the rest are counted, in one more finding.</param>
internal sealed class DiagnosticBag(int limitPerRule = int.MaxValue)
{
    /// <summary>More than anybody reads: a thousand findings of one rule have one cause.</summary>
    public const int ReadableLimit = 100;

    private readonly List<Diagnostic> diagnostics = [];
    private readonly Dictionary<Rule, int> counts = [];
    private readonly Dictionary<Rule, Diagnostic> firstLeftOut = [];

    /// <summary>Whether there is an error that no setting can soften.</summary>
    public bool HasFixedErrors => diagnostics.Exists(d => d is { Severity: Severity.Error, Rule.CanChange: false });

    public int Count => diagnostics.Count;

    public void Add(Rule rule, SourceSpan? span, string message, string fix) => Add(new Diagnostic(rule, message, fix, span));

    public void Add(Diagnostic diagnostic)
    {
        counts[diagnostic.Rule] = counts.GetValueOrDefault(diagnostic.Rule) + 1;
        if (counts[diagnostic.Rule] <= limitPerRule)
        {
            diagnostics.Add(diagnostic);
        }
        else
        {
            firstLeftOut.TryAdd(diagnostic.Rule, diagnostic);
        }
    }

    /// <summary>Adds what another stage found, without a limit: that stage had its own.</summary>
    public void AddRange(IEnumerable<Diagnostic> found) => diagnostics.AddRange(found);

    public ImmutableArray<Diagnostic> ToImmutable() => [.. diagnostics, .. firstLeftOut.Values.Select(first => first with { Message = Rest(first) })];

    private string Rest(Diagnostic first) =>
        $"{first.Message} {counts[first.Rule] - limitPerRule - 1} more findings of {first.Rule.Code} are not listed.";
}
