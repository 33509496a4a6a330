using System.Globalization;
using System.Text;
using GitOpsGen.Diagnostics;
using GitOpsGen.Rendering;
using GitOpsGen.Rendering.Sandbox;
using GitOpsGen.Rendering.Variables;
using Xunit;
using static GitOpsGen.Tests.Rendering.TemplateHarness;

namespace GitOpsGen.Tests.Rendering;

public sealed class TemplateRendererTests
{
    [Theory]
    [InlineData("a: {{ environment }}", "a: dev\n")]
    [InlineData("{{ for p in packages }}{{ p.name }},{{ end }}", "provider-b,provider-a,\n")]
    [InlineData("{{ packages.size }} {{ packages[0].name }} {{ packages[1].needs[0].name }}", "2 provider-b family\n")]
    [InlineData("{{ packages[-1].name }}", "provider-a\n")]
    [InlineData("{{ packages[1].indirect }} {{ packages[0].wave }} {{ packages[0].kind }}", "true 1 helmChart\n")]
    [InlineData("{{ if packages[0].digest }}yes{{ else }}no{{ end }}", "no\n")]
    [InlineData("{{ packages[0].digest }}x", "x\n")]
    [InlineData("{{ core?.name ?? 'none' }}", "none\n")]
    [InlineData("{{ with packages[0] }}{{ name }}{{ end }}", "provider-b\n")]
    [InlineData("{{ x = 1 }}{{ x + 2 }}", "3\n")]
    [InlineData("{{ capture x }}a{{ environment }}{{ end }}{{ x }}{{ x | string.size }}", "adev4\n")]
    [InlineData("{{ func f(a) }}<{{ a }}>{{ end }}{{ f 'x' }}", "<x>\n")]
    [InlineData("{{ func f(a); ret a + 1; end; f 2 }}", "3\n")]
    [InlineData("{{ for i in 1..3 }}{{ i }}{{ if for.last }}.{{ end }}{{ end }}", "123.\n")]
    [InlineData("{{ x = [0]; x[0] = 1; x = x | array.add 2; x | array.join '-' }}", "1-2\n")]
    [InlineData("{{ $'{environment}-x' }}", "dev-x\n")]
    [InlineData("{{ packages[0] == packages[0] }} {{ packages[0] == packages[1] }}", "true false\n")]
    [InlineData("{{ [packages[0], packages[0]] | array.uniq | array.size }} {{ packages | array.contains packages[1] }}", "1 true\n")]
    [InlineData("{{ if packages[1].needs.size > 0 && !packages[0].indirect; 'x'; end }}", "x\n")]
    [InlineData("{{~ if true ~}}\na\n{{~ end ~}}\nb", "a\nb\n")]
    [InlineData("{{ readonly y; y = 1 }}", "")]
    [InlineData("{{ for p in packages offset: 1 limit: 1 }}{{ p.name }}{{ end }}", "provider-a\n")]
    [InlineData("{{ case packages[0].kind; when 'helmChart'; 'h'; else; 'e'; end }}", "h\n")]
    [InlineData("{%{{{ raw }}}%}", "{{ raw }}\n")]
    public void A_template_reads_the_model(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("{{ packages[1].spec.replicas + 1 }}", "3\n")]
    [InlineData("{{ packages[1].spec.ratio }}", "1.10\n")]
    [InlineData("{{ packages[1].spec.args[1] }} {{ packages[1].spec.args.size }}", "yes 2\n")]
    [InlineData("{{ for e in packages[1].spec.nested }}{{ e.key }}={{ e.value }}{{ end }}", "a=b\n")]
    [InlineData("{{ for e in {a: 1, b: 2} }}{{ e.key }}={{ e.value }};{{ end }}", "a=1;b=2;\n")]
    [InlineData("{{ packages[1].spec | object.has_key 'nope' }} {{ object.get packages[1].spec 'nope' 7 }}", "false 7\n")]
    [InlineData("{{ object.keys packages[1].spec.nested | array.join ',' }}", "a\n")]
    [InlineData("{{ packages[0].spec == null }}", "true\n")]
    public void A_template_looks_into_the_users_yaml(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("a: {{ yaml 'yes' }}", "a: \"yes\"\n")]
    [InlineData("a: {{ 'dev' | yaml }}", "a: dev\n")]
    [InlineData("a: {{ yaml 1 }} {{ yaml true }} {{ yaml null }}", "a: 1 true null\n")]
    [InlineData("a: {{ yaml packages[1].spec.ratio }}", "a: 1.10\n")]
    [InlineData("a:\n  {{ yaml packages[1].spec.nested 2 }}", "a:\n  a: b\n")]
    [InlineData("a:\n  {{ yaml packages[1].spec.args 2 }}", "a:\n  - --debug\n  - \"yes\"\n")]
    [InlineData("a: {{ capture x }}x\ny{{ end }}{{ yaml x }} {{ x | json }}", "a: \"x\\ny\" \"x\\ny\"\n")]
    [InlineData("a: {{ yaml environment + '-x' }}", "a: dev-x\n")]
    [InlineData("a: {{ yaml 'y' + 'es' }}", "a: \"yes\"\n")]
    [InlineData("a: {{ yaml [] }}", "a: []\n")]
    [InlineData("{{ x = {b: ['1', 1]}; yaml x }}", "b:\n  - \"1\"\n  - 1\n")]
    [InlineData("a: {{ json 'x\"y' }}", "a: \"x\\\"y\"\n")]
    [InlineData("{{ json [1, 'a'] }}", "[\n  1,\n  \"a\"\n]\n")]
    [InlineData("  {{ json {a: true} 2 }}", "  {\n    \"a\": true\n  }\n")]
    [InlineData("a: {{ yaml \"x\\ny\" }}", "a: \"x\\ny\"\n")]
    [InlineData("  a: {{ yaml \"x\\ny\" 2 }}", "  a: |-\n    x\n    y\n")]
    public void Yaml_and_json_print_values_safely(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("{{ ['b', 'a', 'B'] | array.sort | array.join '' }}", "Bab\n")]
    [InlineData("{{ packages | array.sort 'name' | array.map 'name' | array.join ',' }}", "provider-a,provider-b\n")]
    [InlineData("{{ [3, 1] | array.sort | array.join ',' }} {{ [1, 1, '1'] | array.uniq | array.size }}", "1,3 2\n")]
    [InlineData("{{ [1, 2, 3] | array.filter @(do; ret $0 > 1; end) | array.join ',' }}", "2,3\n")]
    [InlineData("{{ ['a'] | array.each @string.upcase | array.first }}", "A\n")]
    [InlineData("{{ [1] | array.concat [2] | array.add 3 | array.reverse | array.limit 2 | array.join ',' }}", "3,2\n")]
    [InlineData("{{ packages | array.any @(do; ret $0.indirect; end) }} {{ packages[0].labels | array.contains 'on' }}", "true true\n")]
    [InlineData("{{ 'İx' | string.starts_with 'i' }} {{ 'a/b' | string.split '/' | array.last }}", "false b\n")]
    [InlineData("{{ 'abc' | string.slice (-2) }} {{ 'abc' | string.slice 1 1 }} {{ 'abc' | string.replace 'b' 'xx' }}", "bc b axxc\n")]
    [InlineData("{{ 'abcdef' | string.truncate 5 }} {{ 'a' | string.pad_left 3 }}|", "ab...   a|\n")]
    [InlineData("{{ math.max 2 3 }} {{ 7 | math.divided_by 2 }} {{ 7 | math.modulo 4 }}", "3 3 3\n")]
    public void The_listed_functions_work(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("a\r\nb\r\n", "a\nb\n")]
    [InlineData("a\n\n \n", "a\n")]
    [InlineData("\uFEFFa", "a\n")]
    [InlineData("{{ \"a\\r\\nb\\rc\" }}", "a\nb\nc\n")]
    [InlineData("a: |\n  b\n", "a: |\n  b\n")]
    [InlineData("é€𝄞", "é€𝄞\n")]
    public void Output_is_lf_with_one_final_newline(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t\n")]
    [InlineData("{{ if environment == 'prod' }}\na\n{{ end }}\n")]
    public void White_space_alone_is_no_file(string template) => Assert.Equal("", Render(template));

    [Theory]
    [InlineData("a\n {{ nope }}", "2,5", "nope")]
    [InlineData("{{ packages[0].nope }}", "1,16", "nope")]
    [InlineData("{{ packages[0].nope }}", "1,16", "digest")]
    [InlineData("{{ packages[7].name }}", "1,13", "7")]
    [InlineData("{{ core.name }}", "1,9", "core")]
    [InlineData("{{ packages[1].spec.nope }}", "1,21", "replicas")]
    [InlineData("{{ packages }}", "1,1", "list")]
    [InlineData("{{ packages[0] }}", "1,1", "package")]
    [InlineData("{{ 'a' + packages }}", "1,4", "list")]
    [InlineData("{{ yaml packages }}", "1,4", "package")]
    [InlineData("{{ 'x'.length }}", "1,8", "length")]
    [InlineData("{{ string.nope 'x' }}", "1,11", "nope")]
    [InlineData("{{ string.size }}", "1,15", "arguments")]
    [InlineData("{{ yaml @yaml }}", "1,4", "data")]
    public void A_mistake_is_named_at_its_place(string template, string place, string word)
    {
        var failure = Fail(template);
        Assert.Equal(Rules.TemplateFailed, failure.Rule);
        Assert.Equal("templates/out.txt.scriban", failure.Span!.Value.File);
        Assert.Equal(place, Place(failure));
        Assert.Contains(word, failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ environment = 'x' }}{{ environment }}", "x\n")]
    public void A_variable_may_hide_the_model_within_one_template(string template, string expected)
    {
        Assert.Equal(expected, Render(template));
        Assert.Equal("dev\n", Render("{{ environment }}"));
    }

    [Theory]
    [InlineData("{{ environment }}")]
    [InlineData("{{ 'a' + environment }}")] // inside of an operator, where Scriban keeps the words alone
    public void Too_little_memory_is_no_mistake_of_a_template(string text)
    {
        var set = Set(("out.txt", text));
        var context = new ContextWithoutMemory();
        Assert.Throws<InsufficientMemoryException>(() => context.Render(set, set.Outputs[0], ClusterType.Of(Sample), CancellationToken.None));
    }

    [Fact]
    public void Nothing_is_left_from_the_render_before()
    {
        var set = Set(
            ("a", "{{ x = 1; readonly x; func f; end; environment = 'q' }}a"),
            ("b", "{{ x }}"),
            ("c", "{{ x = 2 }}{{ x }}{{ environment }}")
        );
        var renderer = new TemplateRenderer(set);
        var model = ClusterType.Of(Sample);
        Rendered Run(string name) =>
            renderer.Render(set.TryGet(name, out var t) ? t : throw new InvalidOperationException(), model, CancellationToken.None);

        Assert.Null(Run("a").Failure);
        Assert.Equal(Rules.TemplateFailed, Run("b").Failure?.Rule);
        Assert.Equal("2dev\n", Encoding.UTF8.GetString(Run("c").Content.Span));
        Assert.Equal("2dev\n", Encoding.UTF8.GetString(Run("c").Content.Span));
    }

    [Fact]
    public void One_set_renders_on_many_threads()
    {
        var set = Set(
            ("out.txt", "{{ for p in packages }}{{ x = p.name }}{{ include '_p' p: p }}{{ end }}"),
            ("_p", "{{ y = $p.wave }}{{ x }}:{{ y }};")
        );
        var renderer = new TemplateRenderer(set);
        var failures = 0;
        Parallel.For(
            0,
            2000,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i =>
            {
                var cluster = Sample with { Packages = [.. Enumerable.Range(0, 5).Select(n => new Package($"p{i}", n))] };
                var rendered = renderer.Render(set.Outputs[0], ClusterType.Of(cluster));
                if (Encoding.UTF8.GetString(rendered.Content.Span) != $"p{i}:0;p{i}:1;p{i}:2;p{i}:3;p{i}:4;\n")
                    Interlocked.Increment(ref failures);
            }
        );
        Assert.Equal(0, failures);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    public void The_culture_changes_nothing(string culture)
    {
        const string Text =
            "{{ 'i' | string.upcase }}{{ 'I' | string.downcase }}{{ 1.5 }} {{ 1234567 }} {{ -1 }} {{ yaml 1.5 }} {{ json (-2.5) }} "
            + "{{ ['ı', 'i', 'Z', 'a', 'ä'] | array.sort | array.join '' }} {{ 'straße' | string.contains 'ss' }} {{ 'a' < 'B' }} {{ 'é' == 'e\u0301' }}";
        var expected = Render(Text);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            Assert.Equal(expected, Render(Text));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.StartsWith("Ii1.5 1234567 -1 1.5 -2.5 Zaiäı false false false", expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_in_the_middle_throws()
    {
        using var source = new CancellationTokenSource();
        var type = new ModelType<CancellationTokenSource>(
            "model",
            "Cancels when it is read.",
            fields =>
                fields.Text(
                    "now",
                    "Now.",
                    s =>
                    {
                        s.Cancel();
                        return "x";
                    }
                )
        );
        var set = Set(("out.txt", "{{ now }}{{ while true; end }}"));
        Assert.ThrowsAny<OperationCanceledException>(() => new TemplateRenderer(set).Render(set.Outputs[0], type.Of(source), source.Token));
    }

    [Fact]
    public void A_model_type_lists_its_fields()
    {
        Assert.Equal(
            ["name text", "digest text", "wave number", "indirect flag", "kind text", "spec yaml", "labels list of text", "needs list of package"],
            PackageType.Fields.Select(f => $"{f.Name} {f.Type}")
        );
        Assert.Equal(["digest", "spec"], PackageType.Fields.Where(f => f.IsOptional).Select(f => f.Name));
    }

    [Fact]
    public void A_cancelled_render_throws()
    {
        var set = Set(("out.txt", "a"));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new TemplateRenderer(set).Render(set.Outputs[0], ClusterType.Of(Sample), cancelled.Token));
    }

    private sealed class ContextWithoutMemory() : RenderContext([])
    {
        public override string? ObjectToString(object? value, bool nested = false) => new('x', int.MaxValue); // more than .NET gives to anybody
    }
}
