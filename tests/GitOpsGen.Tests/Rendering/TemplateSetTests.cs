using GitOpsGen.Diagnostics;
using GitOpsGen.Rendering.Templates;
using Xunit;

namespace GitOpsGen.Tests.Rendering;

public sealed class TemplateSetTests
{
    [Fact]
    public void The_built_in_templates_parse()
    {
        var parsed = TemplateSet.Parse(TemplateSet.BuiltInSources(), TestContext.Current.CancellationToken);
        Assert.Empty(parsed.Diagnostics);
        Assert.All(parsed.Value!.Outputs, t => Assert.StartsWith("templates/", t.File, StringComparison.Ordinal));
    }

    [Fact]
    public void Outputs_are_in_ordinal_order_and_without_the_include_only()
    {
        var set = TemplateHarness.Set(("b", ""), ("_x", ""), ("B", ""), ("a/c", ""), ("a/_y/z", ""));
        Assert.Equal(["B", "a/c", "b"], set.Outputs.Select(t => t.Path.Value));
        Assert.Equal(["_x", "a/_y/z"], set.Includes);
    }

    [Fact]
    public void Of_two_templates_with_one_name_the_later_counts()
    {
        var set = TemplateSet.Parse(
            [new("a", "templates/a.scriban", "{{ broken"), new("a", "mine/a.scriban", "x")],
            TestContext.Current.CancellationToken
        );
        Assert.Equal("mine/a.scriban", Assert.Single(set.Value!.Outputs).File);
    }

    [Theory]
    [InlineData("a\n{{ if }}\n{{ end }}", 2)]
    [InlineData("a\r\n\r\n{{ for x packages }}{{ end }}", 3)]
    [InlineData("{{ end }}", 1)]
    [InlineData("{{ if true }}", 1)]
    [InlineData("\n\n{{ 'abc }}", 3)]
    [InlineData("{{ x = }}", 1)]
    public void A_syntax_error_has_a_place(string text, int line)
    {
        var parsed = TemplateSet.Parse(
            [new("good", "templates/good.scriban", "x"), new("out", "templates/out.scriban", text)],
            TestContext.Current.CancellationToken
        );
        Assert.Null(parsed.Value);
        Assert.All(parsed.Diagnostics, d => Assert.Equal((Rules.TemplateSyntax, "templates/out.scriban"), (d.Rule, d.Span!.Value.File)));
        Assert.Equal(line, parsed.Diagnostics[0].Span!.Value.Start.Line);
        Assert.All(parsed.Diagnostics, d => Assert.EndsWith(".", d.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_template_with_an_error_is_reported()
    {
        var parsed = TemplateSet.Parse(
            [new("b", "templates/b.scriban", "{{ end }}"), new("{x}", "templates/{x}.scriban", ""), new("a", "templates/a.scriban", "{{ end }}")],
            TestContext.Current.CancellationToken
        );
        Assert.Equal(
            ["templates/a.scriban", "templates/b.scriban", "templates/{x}.scriban"],
            parsed.Diagnostics.Select(d => d.Span!.Value.File).Distinct()
        );
    }
}
