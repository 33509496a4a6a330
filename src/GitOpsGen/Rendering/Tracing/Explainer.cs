using GitOpsGen.Planning;
using GitOpsGen.Rendering.Templates;

namespace GitOpsGen.Rendering.Tracing;

/// <summary>Collects what is known about the lines of a traced file.</summary>
internal sealed class Explainer(TemplateSet templates, Plan plan, OriginFinder origins)
{
    private readonly Dictionary<string, string[]> templateTexts = templates.All.ToDictionary(
        t => t.File,
        t => t.Text.ReplaceLineEndings("\n").Split('\n'),
        StringComparer.Ordinal
    );

    /// <summary>All lines, or one.</summary>
    public Explanation Explain(TracedFile file, int? line)
    {
        var texts = Encoding.UTF8.GetString(file.Content.Span).Split('\n');
        var environments = EnvironmentsOf(file.Bindings);
        return new(
            file.Path,
            [
                .. file
                    .Lines.Where(traced => line is null || traced.Number == line)
                    .Select(traced => Explain(traced, texts[traced.Number - 1], environments)),
            ]
        );
    }

    private ExplainedLine Explain(TracedLine line, string text, IReadOnlyCollection<string> environments)
    {
        var (printed, because) = Influences(line);
        return new(line.Number, text, Templates(line), [.. printed.Select(Value)], [.. because.Select(Value)]);

        ExplainedValue Value(ModelRead read) => new(read.Path, origins.Find(read.Origins, environments));
    }

    /// <summary>The values that are printed on a line, and those that decide that the line is there; without the objects that lead to them.</summary>
    public static (List<ModelRead> Printed, List<ModelRead> Because) Influences(TracedLine line)
    {
        var printed = Innermost(line.Pieces.SelectMany(piece => piece.Printed));
        // The values on a line already show which object it is about.
        var because = Innermost(line.Pieces.SelectMany(piece => piece.Causes))
            .FindAll(cause => !printed.Exists(read => read.Path == cause.Path || (cause.Origins.IsEmpty && IsWithin(read.Path, cause.Path))));
        return (printed, because);
    }

    private ImmutableArray<ExplainedTemplate> Templates(TracedLine line) =>
        [
            .. line
                .Pieces.Select(piece => piece.Chain)
                .OrderBy(chain => chain[^1] != line.Place)
                .DistinctBy(chain => (chain[^1].File, chain[^1].Line))
                .Select(chain => new ExplainedTemplate(chain[^1], TextAt(chain[^1]), chain[..^1])),
        ];

    private string TextAt(TemplatePlace place) =>
        templateTexts.TryGetValue(place.File, out var lines) && place.Line <= lines.Length ? lines[place.Line - 1] : "";

    // On the way to a value, the objects and lists around it are read too.
    private static List<ModelRead> Innermost(IEnumerable<ModelRead> reads)
    {
        var distinct = reads.DistinctBy(read => read.Path).ToList();
        return distinct.FindAll(read => !distinct.Exists(other => IsWithin(other.Path, read.Path)));
    }

    private static bool IsWithin(string inner, string outer) =>
        inner.Length > outer.Length && inner.StartsWith(outer, StringComparison.Ordinal) && (outer.Length == 0 || inner[outer.Length] is '.' or '[');

    private IReadOnlyCollection<string> EnvironmentsOf(PathBindings bindings) =>
        bindings switch
        {
            { Environment: { } environment } => [environment],
            { Registry: { } folder } =>
            [
                .. plan.Registries.First(registry => registry.Ecr.FolderName == folder).Environments.Select(name => name.Value),
            ],
            _ =>
            [
                .. plan
                    .Environments.Where(environment => environment.Settings.GitOps.ArgoCd is not null)
                    .Select(environment => environment.Settings.Name.Value.Value),
            ],
        };
}
