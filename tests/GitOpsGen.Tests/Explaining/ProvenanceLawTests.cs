using System.Text;
using System.Text.RegularExpressions;
using GitOpsGen.Model;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Rendering.Tracing;
using GitOpsGen.Tests.Scenarios;
using Xunit;

namespace GitOpsGen.Tests.Explaining;

/// <summary>Provenance is a law: over every line of every scenario.</summary>
public sealed partial class ProvenanceLawTests
{
    /// <summary>Values of which no single change is both valid and visible.</summary>
    private static readonly string[] Exceptions =
    [
        "number", // of a wave: follows from the dependencies of all packages of the wave together
        "destination_key", // the name of a key, which decides the value too
    ];

    private static readonly Lazy<TracedScenario[]> Traced = new(() => [.. Scenario.Rendering().Select(TracedScenario.Of)]);

    [Fact]
    public void Tracing_changes_nothing_and_every_line_has_a_place()
    {
        foreach (var scenario in Traced.Value)
        {
            var (tree, failures) = scenario.Render(TemplateSet.BuiltIn);
            Assert.Equal(0, failures);
            foreach (var file in tree.Files)
            {
                var traced = scenario.Tracer.Trace(file.Path)!;
                Assert.True(traced.Content.Span.SequenceEqual(file.Content.Span), file.Path.Value);
                Assert.Equal(Enumerable.Range(1, file.Content.Span.Count((byte)'\n')), traced.Lines.Select(line => line.Number));
                Assert.All(
                    traced.Lines,
                    line => Assert.All(line.Pieces, piece => Assert.StartsWith("templates/", piece.Chain[^1].File, StringComparison.Ordinal))
                );
                Assert.All(traced.Lines, line => Assert.All(line.Pieces, piece => Assert.Equal(file.Template, piece.Chain[0].File)));
            }
        }
    }

    /// <summary>Each place of each template has a mark of its own, all at once: exactly the lines that name a place have its mark.</summary>
    [Fact]
    public void A_mark_at_a_template_place_is_on_the_lines_that_name_it_and_on_no_other()
    {
        var files = Traced
            .Value.SelectMany(scenario =>
                scenario.Render(TemplateSet.BuiltIn).Tree.Files.Select(file => (scenario, File: scenario.Tracer.Trace(file.Path)!))
            )
            .ToArray();
        var marked = new MarkedTemplates(
            files.SelectMany(pair => pair.File.Lines).SelectMany(line => line.Pieces).Select(piece => piece.Chain[^1]).Distinct()
        );
        Assert.True(marked.Count > 500);

        foreach (var scenario in files.GroupBy(pair => pair.scenario, pair => pair.File))
        {
            var (tree, failures) = scenario.Key.Render(marked.Set);
            Assert.Equal(0, failures);
            foreach (var traced in scenario)
            {
                Assert.True(tree.TryGet(traced.Path, out var file));
                var lines = Encoding.UTF8.GetString(file.Content.Span).Split('\n')[..^1];
                var expected = traced.Lines.Select(
                    (line, i) => $"{traced.Path}:{line.Number} {string.Join(' ', marked.Of(line, i > 0 ? traced.Lines[i - 1] : null))}"
                );
                Assert.Equal(expected, lines.Select((line, i) => $"{traced.Path}:{i + 1} {string.Join(' ', MarkedTemplates.On(line))}"));
            }
        }
    }

    /// <summary>
    /// What a line is said to print is changed where it is said to be written: then the line changes. Once for each template place, value
    /// and kind of origin, whatever the scenario.
    /// </summary>
    [Fact]
    public void A_change_of_what_is_printed_changes_the_line()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var failures = new List<string>();
        foreach (var scenario in Traced.Value)
        {
            foreach (var path in scenario.Tracer.Paths.Select(RelativePath.Parse))
            {
                var explanation = scenario.Tracer.Trace(path) is { } file ? scenario.Explainer.Explain(file, null) : null;
                failures.AddRange(
                    (explanation?.Lines ?? []).SelectMany(line => line.Printed.SelectMany(value => Unchanged(scenario, path, line, value, seen)))
                );
            }
        }

        Assert.True(seen.Count > 150, $"{seen.Count}");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private static IEnumerable<string> Unchanged(
        TracedScenario scenario,
        RelativePath path,
        ExplainedLine line,
        ExplainedValue value,
        HashSet<string> seen
    )
    {
        var written = value.Origins.Where(origin => origin.Value is not null).ToArray();
        // What belongs to a registry can follow from several environments, which spell it differently.
        var isShared = path.Value.StartsWith("iam/registries/", StringComparison.Ordinal);
        foreach (var alike in written.GroupBy(origin => Numbers().Replace(origin.Key, "[]").Split('.')[^1]))
        {
            var kind = $"{line.Templates[0].Place} {Numbers().Replace(value.Path, "[]")} {alike.Key} {alike.Count() > 1}";
            if (Exceptions.Any(value.Path.EndsWith) || !seen.Add(kind))
                continue;
            // Of several packages that come to one line, one may not be enough; all of them are.
            if (!alike.Any(origin => Changes(scenario, path, line, [origin])) && !Changes(scenario, path, line, isShared ? written : alike))
                yield return $"{scenario.Name} {path}:{line.Number} {line.Text} {value.Path} {string.Join(", ", alike.Select(origin => $"{origin.Key}={origin.Value}"))}";
        }
    }

    private static bool Changes(TracedScenario scenario, RelativePath path, ExplainedLine line, IEnumerable<ExplainedOrigin> origins) =>
        Mutation.Of(scenario.Texts, origins) is { } texts
        && scenario.Changed(texts) is { } plan
        && (
            new FileTracer(TemplateSet.BuiltIn, plan, TestContext.Current.CancellationToken).Trace(path) is not { } changed
            || Encoding.UTF8.GetString(changed.Content.Span).Split('\n').ElementAtOrDefault(line.Number - 1) != line.Text
        );

    [GeneratedRegex("\\[[0-9]+\\]")]
    private static partial Regex Numbers();
}
