using System.Collections.Immutable;
using System.Text;
using GitOpsGen.Rendering;
using GitOpsGen.Rendering.Sandbox;
using GitOpsGen.Rendering.Templates;
using GitOpsGen.Rendering.Tracing;
using GitOpsGen.Tests.Access;
using GitOpsGen.Tests.Rendering;
using Xunit;

namespace GitOpsGen.Tests.Explaining;

/// <summary>What templates of any kind are known to have read, line by line: printed, and because of what.</summary>
public sealed class TracingTests
{
    [Theory]
    [InlineData("a\nb {{ environment }} c\n", "2: environment")]
    [InlineData("{{ packages[0].name }}{{ packages[1].wave }}\n", "1: packages[0].name packages[1].wave")]
    [InlineData("{{ if core }}x{{ else }}y{{ end }}\n", "1: | core")]
    [InlineData("{{ if packages[0].indirect }}x{{ else if packages[1].indirect }}y{{ end }}\n", "1: | packages[0].indirect packages[1].indirect")]
    [InlineData("{{ for p in packages }}{{ p.name }}\n{{ end }}", "1: packages[0].name", "2: packages[1].name")]
    [InlineData("{{ for l in packages[0].labels }}{{ l }}\n{{ end }}", "1: packages[0].labels[0]", "2: packages[0].labels[1]")]
    [InlineData("{{ for p in packages reversed }}{{ p.name }}\n{{ end }}", "1: packages[1].name", "2: packages[0].name")]
    [InlineData(
        "{{ for p in (array.sort packages 'name') }}{{ p.wave }}\n{{ end }}",
        "1: packages[1].wave | packages[0].name packages[1].name",
        "2: packages[0].wave | packages[0].name packages[1].name"
    )]
    [InlineData("{{~ x = packages[0].name + '!' ~}}\n{{~ y = x ~}}\nz\n{{ y }}\n", "2: packages[0].name")]
    [InlineData("{{ x = packages[0].indirect ? environment : packages[1].name }}{{ x }}\n", "1: packages[1].name | packages[0].indirect")]
    [InlineData("{{ capture x }}<{{ environment }}>{{ end }}{{ x }}\n", "1: environment")]
    [InlineData("{{ func f(a) }}{{ ret a + '!' }}{{ end }}{{ f environment }}\n", "1: environment")]
    [InlineData("{{ environment | string.upcase | string.append 'x' }}\n", "1: environment")]
    [InlineData("{{ array.join (array.map packages 'name') ',' }}\n", "1: packages[0].name packages[1].name")]
    [InlineData("{{ case environment; when 'dev' }}x{{ end }}\n", "1: | environment")]
    [InlineData("{{ environment.size }}\n", "1: environment")]
    [InlineData("{{ packages[1].spec.nested.a }}{{ packages[1].spec.args[1] }}\n", "1: packages[1].spec.nested.a packages[1].spec.args[1]")]
    [InlineData("{{ for e in packages[1].spec.nested }}{{ e.value }}\n{{ end }}", "1: packages[1].spec.nested.a | packages[1].spec.nested")]
    [InlineData(
        "{{ json packages[0].labels }}\n",
        "1: | packages[0].labels",
        "2: packages[0].labels[0]",
        "3: packages[0].labels[1]",
        "4: | packages[0].labels"
    )]
    [InlineData(
        "  a:\n    {{ yaml packages[1].spec 4 }}\n",
        "2: packages[1].spec.replicas",
        "3: packages[1].spec.ratio",
        "4: packages[1].spec.on",
        "5: | packages[1].spec.args",
        "6: packages[1].spec.args[0]",
        "7: packages[1].spec.args[1]",
        "8: | packages[1].spec.nested",
        "9: packages[1].spec.nested.a"
    )]
    [InlineData("{{ yaml { a: environment, b: [packages[0].wave] } 0 }}\n", "1: environment", "2: | packages[0].wave", "3: packages[0].wave")]
    [InlineData("{{ yaml (array.map packages 'name') 0 }}\n", "1: packages[0].name", "2: packages[1].name")]
    public void A_line_knows_what_stands_on_it_and_what_for(string template, params string[] expected)
    {
        var lines = Trace(TemplateHarness.Set(("out.txt", template)));
        Assert.Equal(
            expected,
            lines
                .Where(line => line.Pieces.Any(piece => !piece.Printed.IsEmpty || !piece.Causes.IsEmpty))
                .Select(Describe)
                .Where(text => !text.EndsWith(": ", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void An_include_gets_its_arguments_with_what_they_are_made_of()
    {
        var set = TemplateHarness.Set(
            ("out.txt", "{{ include '_a' of: (packages[0].name + 'x') flag: packages[1].indirect }}\n"),
            ("_a", "{{ include '_b' given: $of flag: $flag }}"),
            ("_b", "-\n{{ if $flag }}{{ $given }}{{ end }}")
        );
        var line = Trace(set)[1];
        Assert.Equal("2: packages[0].name | packages[1].indirect", Describe(line));
        Assert.Equal(
            ["templates/out.txt.scriban(1,4)", "templates/_a.scriban(1,4)", "templates/_b.scriban(2,18)"],
            line.Pieces[0].Chain.Select(place => $"{place.File}({place.Line},{place.Column})")
        );
    }

    [Theory]
    [InlineData("\uFEFFa\r\nb{{ \"\\r\\n\" }}c\rd\n\n{{ \"e\\rf\" }}\n\n \n", 7)]
    [InlineData("\n\n{{~ environment ~}}", 3)]
    public void Lines_are_counted_as_the_file_has_them(string template, int count)
    {
        var (rendered, lines) = Traced(TemplateHarness.Set(("out.txt", template)));
        Assert.Equal(count, Encoding.UTF8.GetString(rendered.Content.Span).Count(c => c == '\n'));
        Assert.Equal(Enumerable.Range(1, count), lines.Select(line => line.Number));
    }

    [Fact]
    public void A_template_that_fails_fails_in_the_same_way()
    {
        var (rendered, lines) = Traced(TemplateHarness.Set(("out.txt", "a\n{{ environment.x.y }}\n")));
        Assert.Equal(TemplateHarness.Fail("a\n{{ environment.x.y }}\n"), rendered.Failure);
        Assert.Empty(lines);
    }

    [Theory]
    [InlineData("overlays/tfc-cluster1/kustomization.yaml", "overlays/{environment}/kustomization.yaml", "kind: Kustomization", "kind: [", 3)]
    [InlineData("iam/tfc-cluster1/node-policy.json", "_policy.json", "\"Effect\": \"Allow\",", "\"Effect\": \"Allow\" x", 7)]
    public void What_is_no_yaml_or_json_is_found_at_the_line_of_the_template_that_wrote_it(
        string path,
        string template,
        string old,
        string broken,
        int line
    )
    {
        var sources = TemplateSet
            .BuiltInSources()
            .Select(source => source.Name == template ? source with { Text = source.Text.Replace(old, broken, StringComparison.Ordinal) } : source);
        var set = TemplateSet.Parse(sources, TestContext.Current.CancellationToken).Value!;
        var tracer = new FileTracer(set, Plans.PlanOf(new("one-cluster-as-in-the-article")), TestContext.Current.CancellationToken);
        var file = tracer.Trace(GitOpsGen.Model.RelativePath.Parse(path))!;
        var found = Assert.Single(RenderedCheck.Check(file.Path, file.Content.Span));

        var told = new TemplatePlaces(tracer).AtTemplate(found);

        Assert.StartsWith($"{path}(", told.Message, StringComparison.Ordinal);
        Assert.Equal($"templates/{template}.scriban", told.Span!.Value.File);
        Assert.InRange(told.Span.Value.Start.Line, line, line + 1); // a YAML reader misses the end of a list on the next line
    }

    private static ImmutableArray<TracedLine> Trace(TemplateSet set)
    {
        Assert.True(set.TryGet("out.txt", out var file));
        var plain = new TemplateRenderer(set).Render(
            file,
            TemplateHarness.ClusterType.Of(TemplateHarness.Sample),
            TestContext.Current.CancellationToken
        );
        var (rendered, lines) = Traced(set);
        Assert.True(plain.Failure is null, plain.Failure?.Message);
        Assert.Equal(Encoding.UTF8.GetString(plain.Content.Span), Encoding.UTF8.GetString(rendered.Content.Span));
        return lines;
    }

    private static (Rendered Rendered, ImmutableArray<TracedLine> Lines) Traced(TemplateSet set)
    {
        Assert.True(set.TryGet("out.txt", out var file));
        var model = TemplateHarness.ClusterType.Of(TemplateHarness.Sample);
        return new TracingContext().Trace(set, file, model, TestContext.Current.CancellationToken);
    }

    private static string Describe(TracedLine line)
    {
        var (printed, because) = Explainer.Influences(line);
        return $"{line.Number}: {string.Join(' ', printed.Select(read => read.Path))}{(because.Count > 0 ? $"{(printed.Count > 0 ? " " : "")}| {string.Join(' ', because.Select(read => read.Path))}" : "")}";
    }
}
