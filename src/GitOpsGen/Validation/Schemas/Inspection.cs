namespace GitOpsGen.Validation.Schemas;

/// <summary>One walk over one object: the current path, and the findings so far. They cost memory only when there are any.</summary>
/// <param name="subject">The object.</param>
/// <param name="isServerSide">Whether the object is applied server-side.</param>
internal sealed class Inspection(YamlNode subject, bool isServerSide = false)
{
    /// <summary>Nobody reads more about one object.</summary>
    private const int FindingsPerRule = 20;

    private const int LongestPath = 200;

    private DiagnosticBag? findings;
    private DiagnosticBag? gaps;

    public FieldPath Path { get; } = new();

    /// <summary>The number of things for which the object is refused.</summary>
    public int Findings { get; private set; }

    /// <summary>Something is wrong at the current path.</summary>
    /// <param name="rule">The broken rule.</param>
    /// <param name="at">The value, or the key of an unknown one.</param>
    /// <param name="what">What is wrong with the field, to follow its path: <c>is missing</c>.</param>
    /// <param name="fix">One sentence.</param>
    public void Report(Rule rule, YamlNode at, string what, string fix)
    {
        Findings += rule.Default == Severity.Error ? 1 : 0;
        findings ??= new(FindingsPerRule);
        findings.Add(rule, at.Span, Sentence(what), fix);
    }

    /// <summary>As <see cref="Report(Rule, YamlNode, string, string)"/>, about a field of the current object.</summary>
    public void Report(Rule rule, YamlNode at, string field, string what, string fix)
    {
        Path.Enter(field);
        Report(rule, at, what, fix);
        Path.Leave();
    }

    /// <summary>A server-side apply refuses the value at the current path, and a creation accepts it.</summary>
    public void ReportForApply(YamlNode at, string what, string fix, Rule? rule = null)
    {
        if (isServerSide)
            Report(rule ?? Rules.FieldType, at, what, fix);
        else
            Report(Rules.ApplyRefuses, at, $"{what}: a creation accepts that, a server-side apply refuses it", fix);
    }

    /// <summary>Something could not be checked at the current path.</summary>
    public void Leave(Rule rule, YamlNode at, string what, string fix)
    {
        gaps ??= new(FindingsPerRule);
        gaps.Add(rule, at.Span, Sentence(what), fix);
    }

    public ObjectCheck ToCheck() => new(findings?.ToImmutable() ?? [], gaps?.ToImmutable() ?? []);

    private string Sentence(string what) => $"{Name(subject)}: {Excerpt.Of(Path.ToString(), LongestPath)} {what}.";

    private static string Name(YamlNode document) =>
        document is YamlMapping mapping
            ? $"{Shown(mapping["kind"], "An object")}/{Shown(mapping.At("metadata", "name"), "without name")}"
            : "The document";

    private static string Shown(YamlNode? node, string otherwise) => Excerpt.Of(YamlScalar.TextOf(node) is { Length: > 0 } text ? text : otherwise);
}

/// <summary>The current place of a walk, as the API server prints it: <c>spec.matchImages[0].prefix</c>.</summary>
internal sealed class FieldPath
{
    private readonly List<(string? Name, int Index)> segments = [];

    public int Depth => segments.Count;

    public void Enter(string name) => segments.Add((name, 0));

    public void Enter(int index) => segments.Add((null, index));

    public void Leave() => segments.RemoveAt(segments.Count - 1);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, index) in segments)
        {
            if (name is null)
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            else if (name.Contains('.', StringComparison.Ordinal) || name.Length == 0)
                text.Append('[').Append(name).Append(']');
            else
                text.Append(text.Length > 0 ? "." : "").Append(name);
        }

        return text.Length == 0 ? "the object" : text.ToString();
    }
}

/// <summary>The result for one object, which may be both invalid and partly unchecked.</summary>
/// <param name="Findings">What is wrong (GOG71xx).</param>
/// <param name="Gaps">What could not be checked, and why (GOG72xx).</param>
internal readonly record struct ObjectCheck(ImmutableArray<Diagnostic> Findings, ImmutableArray<Diagnostic> Gaps)
{
    /// <summary>Nothing is wrong in what could be checked.</summary>
    public bool IsValid => !Findings.Any(d => d.Severity == Severity.Error);

    /// <summary>Everything could be checked.</summary>
    public bool IsComplete => Gaps.IsEmpty;
}
