namespace GitOpsGen.Diagnostics;

/// <summary>What one stage found. A stage owns its bag and hands out the findings with its result.</summary>
/// <param name="limitPerRule">How many findings of one rule are listed; the rest are counted, in one more finding.</param>
internal sealed class DiagnosticBag(int limitPerRule = int.MaxValue)
{
    /// <summary>More than anybody reads: a thousand findings of one rule have one cause.</summary>
    public const int ReadableLimit = 100;

    private readonly List<Diagnostic> diagnostics = [];
    private readonly Dictionary<Rule, int> added = [];
    private readonly Dictionary<Rule, (Diagnostic First, int Count)> leftOut = [];

    /// <summary>Whether there is an error that no setting can soften.</summary>
    public bool HasFixedErrors => diagnostics.Exists(d => d is { Severity: Severity.Error, Rule.CanChange: false });

    public int Count => diagnostics.Count;

    public void Add(Rule rule, SourceSpan? span, string message, string fix) => Add(new Diagnostic(rule, message, fix, span));

    public void Add(Diagnostic diagnostic)
    {
        var rule = diagnostic.Rule;
        added[rule] = added.GetValueOrDefault(rule) + 1;
        if (added[rule] <= limitPerRule)
            diagnostics.Add(diagnostic);
        else
            leftOut[rule] = leftOut.TryGetValue(rule, out var rest) ? (rest.First, rest.Count + diagnostic.Count) : (diagnostic, diagnostic.Count);
    }

    /// <summary>Adds what another stage found, without a limit: that stage had its own.</summary>
    public void AddRange(IEnumerable<Diagnostic> found) => diagnostics.AddRange(found);

    public ImmutableArray<Diagnostic> ToImmutable() => [.. diagnostics, .. leftOut.Values.Select(rest => Rest(rest.First, rest.Count))];

    // The first may itself be about more, and says so.
    private static Diagnostic Rest(Diagnostic first, int count) =>
        count == first.Count
            ? first
            : first with
            {
                Message = $"{first.Message} {count - first.Count} more findings of {first.Rule.Code} are not listed.",
                Count = count,
            };
}
