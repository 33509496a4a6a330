namespace GitOpsGen.Packages;

/// <summary>
/// The findings about graphs. Environments that differ in one version have two graphs and share most findings; each finding is
/// reported once, for all environments that it concerns.
/// </summary>
internal sealed class GraphFindings
{
    private readonly OrderedDictionary<Diagnostic, HashSet<EnvironmentName>> environments = [];

    /// <summary>Collects findings about some environments.</summary>
    public EnvironmentFindings In(params ImmutableArray<EnvironmentName> where) => new(this, where);

    /// <summary>A finding about some environments.</summary>
    /// <param name="where">The environments.</param>
    /// <param name="found">The finding; its message ends before the environments and the full stop.</param>
    public void Add(ImmutableArray<EnvironmentName> where, Diagnostic found)
    {
        if (!environments.TryGetValue(found, out var names))
            environments.Add(found, names = []);

        names.UnionWith(where);
    }

    /// <summary>Reports each finding once, with its environments; one by one, so that the bag's limit counts them.</summary>
    public void AddTo(DiagnosticBag bag)
    {
        foreach (var (finding, where) in environments)
        {
            ImmutableArray<EnvironmentName> names = [.. where.Order()];
            bag.Add(
                finding with
                {
                    Message = $"{finding.Message} in {EnvironmentName.TextOf(names)}.",
                    Environments = [.. names.Select(name => name.Value)],
                }
            );
        }
    }
}

/// <summary>The findings about some environments.</summary>
internal sealed class EnvironmentFindings(GraphFindings all, ImmutableArray<EnvironmentName> where)
{
    /// <summary>The same, without some of the environments.</summary>
    public EnvironmentFindings Except(Func<EnvironmentName, bool> isLeftOut) => new(all, [.. where.Where(name => !isLeftOut(name))]);

    /// <summary>A finding; its message ends before the environments and the full stop.</summary>
    public void Add(Rule rule, SourceSpan span, string message, string fix) => Add(new(rule, message, fix, span));

    /// <inheritdoc cref="Add(Rule, SourceSpan, string, string)"/>
    public void Add(Diagnostic found)
    {
        if (!where.IsEmpty)
            all.Add(where, found);
    }
}
