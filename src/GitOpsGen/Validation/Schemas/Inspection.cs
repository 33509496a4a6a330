using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;

namespace GitOpsGen.Validation.Schemas;

/// <summary>One walk over one object: where it stands, and what was found so far. An object without findings costs no memory but this.</summary>
internal sealed class Inspection
{
    /// <summary>An object that is wrong in more places is wrong as a whole.</summary>
    public const int FindingsPerRule = 20;

    private const int LongestPath = 200;

    private readonly YamlNode subject;
    private DiagnosticBag? findings;
    private DiagnosticBag? gaps;

    /// <param name="subject">The object.</param>
    public Inspection(YamlNode subject)
    {
        this.subject = subject;
    }

    public FieldPath Path { get; } = new();

    /// <summary>How much was found that is wrong.</summary>
    public int Findings { get; private set; }

    /// <summary>Something is wrong at the present path.</summary>
    /// <param name="rule">Which rule is broken.</param>
    /// <param name="at">The value, or the key of an unknown one.</param>
    /// <param name="what">What is wrong with the field, to follow its path: <c>is missing</c>.</param>
    /// <param name="fix">One sentence.</param>
    public void Report(Rule rule, YamlNode at, string what, string fix)
    {
        Findings++;
        findings ??= new(FindingsPerRule);
        findings.Add(rule, at.Span, Sentence(what), fix);
    }

    /// <summary>As <see cref="Report(Rule, YamlNode, string, string)"/>, about a field of the present object.</summary>
    public void Report(Rule rule, YamlNode at, string field, string what, string fix)
    {
        Path.Enter(field);
        Report(rule, at, what, fix);
        Path.Leave();
    }

    /// <summary>Something could not be checked at the present path.</summary>
    public void Leave(Rule rule, YamlNode at, string what, string fix)
    {
        gaps ??= new(FindingsPerRule);
        gaps.Add(rule, at.Span, Sentence(what), fix);
    }

    public ObjectCheck ToCheck() => new(findings?.ToImmutable() ?? [], gaps?.ToImmutable() ?? []);

    private string Sentence(string what) => $"{Name(subject)}: {Excerpt.Of(Path.ToString(), LongestPath)} {what}.";

    private static string Name(YamlNode document) =>
        document is YamlMapping mapping
            ? $"{Shown(mapping["kind"], "An object")}/{Shown((mapping["metadata"] as YamlMapping)?["name"], "without name")}"
            : "The document";

    private static string Shown(YamlNode? node, string otherwise) => Excerpt.Of(YamlScalar.TextOf(node) is { Length: > 0 } text ? text : otherwise);
}

/// <summary>Where a walk through an object stands, as the API server prints it: <c>spec.matchImages[0].prefix</c>.</summary>
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
            {
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
            else if (name.Contains('.', StringComparison.Ordinal) || name.Length == 0)
            {
                text.Append('[').Append(name).Append(']');
            }
            else
            {
                text.Append(text.Length > 0 ? "." : "").Append(name);
            }
        }

        return text.Length == 0 ? "the object" : text.ToString();
    }
}

/// <summary>What is known about one object, or about all of one file. It may be invalid and partly unchecked at once.</summary>
/// <param name="Findings">What is wrong (GOG71xx; in a file also what makes it unreadable, GOG10xx).</param>
/// <param name="Gaps">What could not be checked, and why (GOG72xx).</param>
internal readonly record struct ObjectCheck(ImmutableArray<Diagnostic> Findings, ImmutableArray<Diagnostic> Gaps)
{
    /// <summary>Nothing is wrong in what could be checked.</summary>
    public bool IsValid => !Findings.Any(d => d.Severity == Severity.Error);

    /// <summary>Everything could be checked.</summary>
    public bool IsComplete => Gaps.IsEmpty;
}
