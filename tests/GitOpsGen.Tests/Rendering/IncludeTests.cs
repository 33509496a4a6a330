using GitOpsGen.Diagnostics;
using Xunit;
using static GitOpsGen.Tests.Rendering.TemplateHarness;

namespace GitOpsGen.Tests.Rendering;

public sealed class IncludeTests
{
    [Theory]
    [InlineData("{{ include '_header' }}\nb", "# h\nb\n")]
    [InlineData("{{ include '_lib/sa.yaml' name: 'x' wave: 2 }}", "x-2 dev\n")]
    [InlineData("{{ include '_args' 'x' 'y' }}", "_args x y\n")]
    [InlineData("{{ include '_named' p: packages[0] }}", "provider-b provider-b\n")]
    [InlineData("{{ capture x }}{{ include '_lib/sa.yaml' name: 'x' wave: 2 }}{{ end }}<{{ x }}>", "<x-2 dev>\n")]
    [InlineData("{{ for p in packages }}{{ include '_p' }}{{ end }}", "provider-b;provider-a;\n")]
    [InlineData("{{ x = 1 }}{{ include '_sets' }}{{ x }}", "2 1\n")]
    [InlineData("{{ func f(name); include '_lib/sa.yaml' name: 'inner' wave: name; end }}{{ f 'outer' }}", "inner-outer dev\n")]
    [InlineData("{{ include '_returns' }}b", "ab\n")]
    public void An_include_writes_where_it_stands(string template, string expected) =>
        Assert.Equal(
            expected,
            Render(
                template,
                ("_header", "# h\n"),
                ("_lib/sa.yaml", "{{ $name }}-{{ $wave }} {{ environment }}"),
                ("_args", "{{ $[0] }} {{ $1 }} {{ $2 }}"),
                ("_named", "{{ $.p.name }} {{ $p.name }}"),
                ("_p", "{{ p.name }};"),
                ("_sets", "{{ x = 2 }}{{ x }} "),
                ("_returns", "a{{ ret }}c")
            )
        );

    [Theory]
    [InlineData("x {{ include '_bad' }}", "templates/_bad.scriban", "2,4")]
    [InlineData("x {{ include '_missing' }}", "templates/out.txt.scriban", "1,6")]
    [InlineData("x {{ include '_argument' b: 1 }}", "templates/_argument.scriban", "1,4")]
    public void A_failure_is_placed_in_the_file_where_it_is(string template, string file, string place)
    {
        var failure = Fail(template, ("_bad", "\n{{ nope }}"), ("_argument", "{{ $a }}"));
        Assert.Equal((Rules.TemplateFailed, file, place), (failure.Rule, failure.Span!.Value.File, Place(failure)));
    }

    [Fact]
    public void The_output_limit_counts_includes()
    {
        var failure = Fail("{{ for i in 1..9000 }}{{ include '_big' }}{{ end }}", ("_big", new string('x', 1000)));
        Assert.True(failure.Rule == Rules.TemplateLimit, failure.ToString());
    }
}
