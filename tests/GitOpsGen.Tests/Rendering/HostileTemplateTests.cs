using System.Diagnostics;
using GitOpsGen.Diagnostics;
using GitOpsGen.Rendering.Templates;
using Xunit;
using static GitOpsGen.Tests.Rendering.TemplateHarness;

namespace GitOpsGen.Tests.Rendering;

public sealed class HostileTemplateTests
{
    private const long MemoryBound = 1024L * 1024 * 1024;
    private static readonly TimeSpan TimeBound = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("{{ while true; end }}")]
    [InlineData("{{ while true }}x{{ end }}")]
    [InlineData("{{ for i in 1..9999; for j in 1..9999; for k in 1..9999; end; end; end }}")]
    [InlineData("{{ for i in 1..2000000000; end }}")]
    [InlineData("{{ for i in 1..9223372036854775807; end }}")]
    [InlineData("{{ x = 1..2000000000 }}")]
    [InlineData("{{ (1..2000000000) | array.size }}")]
    [InlineData("{{ for i in (1..2000000000) limit: 2; end }}")]
    [InlineData("{{ func f; f; end; f }}")]
    [InlineData("{{ func f; g; end; func g; f; end; f }}")]
    [InlineData("{{ func f(n); if n > 0; f (n - 1); f (n - 1); end; end; f 40 }}")]
    [InlineData("{{ func f(n); for i in 1..9000; end; if n > 0; f (n - 1); f (n - 1); end; end; f 40 }}")]
    [InlineData("{{ 'x' | string.pad_right 2000000000 }}")]
    [InlineData("{{ 'x' * 2000000000 }}")]
    [InlineData("{{ x = 'x'; while true; x = x + x; end }}")]
    [InlineData("{{ x = 'x'; while true; x = $'{x}{x}'; end }}")]
    [InlineData("{{ x = 'x'; while true; x = x | string.append x; end }}")]
    [InlineData("{{ x = 'xx'; while true; x = x | string.replace 'x' x; end }}")]
    [InlineData("{{ x = 'xx'; while true; capture x }}{{ x }}{{ x }}{{ end; end }}")]
    [InlineData("{{ x = 'x' * 1000000; a = []; for i in 1..9000; a = a | array.add (x + i); end }}")]
    [InlineData("{{ x = 'x' * 1000000; while true; x }}{{ end }}")]
    [InlineData("{{ x = [1]; while true; x = x + x; end }}")]
    [InlineData("{{ x = [1]; while true; x = x * 2; end }}")]
    [InlineData("{{ x = [1] * 2000000000 }}")]
    [InlineData("{{ x = [1]; while true; x = x | array.concat x; end }}")]
    [InlineData("{{ x = []; while true; x = x | array.add 1; end }}")]
    [InlineData("{{ o = {}; i = 0; while true; o[i] = {}; i = i + 1; end }}")]
    [InlineData("{{ x = 3; while true; x = x * x; end }}")]
    [InlineData("{{ 1 << 1000000 }}")]
    [InlineData("{{ x = []; for i in 1..100; x = [x]; end; yaml x }}")]
    [InlineData("{{ x = [1]; x[0] = x; yaml x }}")]
    [InlineData("{{ x = {}; x.a = x; json x }}")]
    [InlineData("{{ x = 'lol'; for i in 1..40; x = [x,x,x,x,x,x,x,x,x,x]; end; yaml x }}")]
    [InlineData("{{ a = 'a' * 1000000; b = 'a' * 500000 + 'b'; a | string.contains b }}")]
    [InlineData("{{ x = [1]; x[0] = x; y = [1]; y[0] = y; x == y }}")]
    [InlineData("{{ ('x' * 100000) | string.split 'x' }}")]
    [InlineData("{{ x = (1..9999) | array.each @(do; ret (1..9999) | array.each @(do; ret 1; end); end) }}")]
    public void What_would_not_end_ends_at_a_limit(string template) =>
        Bounded(() =>
        {
            var failure = Fail(template);
            Assert.True(failure.Rule == Rules.TemplateLimit, failure.ToString());
        });

    [Theory]
    [InlineData("{{ packages[0].name = 'x' }}")]
    [InlineData("{{ packages[0] = 1 }}")]
    [InlineData("{{ packages[2] = 1 }}")]
    [InlineData("{{ packages[1].spec.replicas = 1 }}")]
    [InlineData("{{ packages[1].spec['replicas'] = 1 }}")]
    [InlineData("{{ packages[0].labels[0] = 'y' }}")]
    [InlineData("{{ with packages[0]; name = 'x'; end }}")]
    [InlineData("{{ with string; upcase = 1; end }}")]
    [InlineData("{{ string.upcase = 1 }}")]
    [InlineData("{{ packages[0].wave++ }}")]
    [InlineData("{{ x = []; x[1999999999] = 1 }}")]
    [InlineData("{{ import packages[0] }}")]
    [InlineData("{{ import string }}")]
    [InlineData("{{ include '/etc/passwd' }}")]
    [InlineData("{{ include '../_p' }}")]
    [InlineData("{{ include '..' }}")]
    [InlineData("{{ include '' }}")]
    [InlineData("{{ include 'out.txt' }}")]
    [InlineData("{{ include null }}")]
    [InlineData("{{ x = include '_p' }}")]
    [InlineData("{{ include_join ['_p'] ',' }}")]
    [InlineData("{{ wrap include '_p' }}x{{ end }}")]
    [InlineData("{{ wrap string.upcase }}x{{ end }}")]
    [InlineData("{{ date.now }}")]
    [InlineData("{{ timespan.zero }}")]
    [InlineData("{{ regex.match 'a' 'a' }}")]
    [InlineData("{{ object.eval '1' }}")]
    [InlineData("{{ object.eval_template '{{ 1 }}' }}")]
    [InlineData("{{ math.uuid }}")]
    [InlineData("{{ math.random 1 2 }}")]
    [InlineData("{{ html.escape 'x' }}")]
    [InlineData("{{ environment.get_type }}")]
    [InlineData("{{ environment.Length }}")]
    [InlineData("{{ packages[0].to_string }}")]
    [InlineData("{{ packages.sync_root }}")]
    [InlineData("{{ packages[1].spec.mapping }}")]
    [InlineData("{{ yaml.name }}")]
    [InlineData("{{ @yaml }}")]
    [InlineData("{{ this.get_type }}")]
    [InlineData("{{ 1.get_type }}")]
    [InlineData("{{ (1.5).get_type }}")]
    [InlineData("{{ 'a' | nope }}")]
    [InlineData("{{ 1 / 0 }}")]
    [InlineData("{{ yaml (1.0 / 0.0) }}")]
    [InlineData("{{ \"\\uD800\" | yaml }}")]
    [InlineData("{{ string.size @string.size }}")]
    [InlineData("{{ [1] | array.each 'x' }}")]
    [InlineData("{{ [1, 'a'] | array.sort }}")]
    [InlineData("{{ yaml 1 (-1) }}")]
    [InlineData("{{ yaml 1 1000000000 }}")]
    public void What_is_not_allowed_is_an_error_at_its_place(string template) =>
        Bounded(() =>
        {
            var failure = Fail(template, ("_p", "p"));
            Assert.True(failure.Rule == Rules.TemplateFailed, failure.ToString());
        });

    [Fact]
    public void Half_a_surrogate_pair_is_an_error() => Assert.Equal(Rules.TemplateFailed, Fail("{{ '😀' | string.slice 1 }}").Rule);

    [Fact]
    public void Includes_that_include_themselves_are_named()
    {
        Assert.Contains(
            "_a → _b → _a",
            Fail("{{ include '_a' }}", ("_a", "{{ include '_b' }}"), ("_b", "\n{{ include '_a' }}")).Message,
            StringComparison.Ordinal
        );
        var self = Fail("x\n{{ include '_a' }}", ("_a", "\n\n  {{ include '_a' }}"));
        Assert.Equal((Rules.TemplateFailed, "templates/_a.scriban", "3,6"), (self.Rule, self.Span!.Value.File, Place(self)));
    }

    [Fact]
    public void A_long_chain_of_includes_is_a_limit()
    {
        var chain = Enumerable.Range(0, 40).Select(i => ($"_{i}", i == 39 ? "x" : $"{{{{ include '_{i + 1}' }}}}")).ToArray();
        Assert.Equal(Rules.TemplateLimit, Fail("{{ include '_0' }}", chain).Rule);
    }

    [Fact]
    public void A_small_stack_is_enough_for_every_limit()
    {
        var failed = 0;
        var thread = new Thread(
            () =>
            {
                string[] deep =
                [
                    "{{ func f; f; end; f }}",
                    "{{ func f(n); if true; if true; if true; ret 1 + (f (n + 1)); end; end; end; end; f 0 }}",
                ];
                foreach (var template in deep)
                    failed += Fail(template).Rule == Rules.TemplateLimit ? 1 : 0;
            },
            maxStackSize: 1024 * 1024
        );
        thread.Start();
        thread.Join();
        Assert.Equal(2, failed);
    }

    public static TheoryData<string> DeepSources =>
        new(
            "{{ " + new string('(', 20_000) + "1" + new string(')', 20_000) + " }}",
            "{{ " + new string('(', 100_000),
            "{{ x = " + new string('[', 50_000) + new string(']', 50_000) + " }}",
            "{{ x = " + string.Concat(Enumerable.Repeat("{a:", 30_000)),
            "{{ 1" + string.Concat(Enumerable.Repeat("+1", 60_000)) + " }}",
            "{{ packages" + string.Concat(Enumerable.Repeat(".a", 60_000)) + " }}",
            "{{ packages" + string.Concat(Enumerable.Repeat("[0]", 60_000)) + " }}",
            "{{ " + new string('!', 60_000) + "true }}",
            "{{ " + new string('-', 60_001) + "1 }}",
            "{{ 'a'" + string.Concat(Enumerable.Repeat("|string.upcase", 10_000)) + " }}",
            string.Concat(Enumerable.Repeat("{{if true}}", 20_000)),
            string.Concat(Enumerable.Repeat("{{for a in b}}", 15_000)),
            "{{ if true }}a" + string.Concat(Enumerable.Repeat("{{else if true}}a", 12_000)) + "{{end}}",
            string.Concat(Enumerable.Repeat("{{func f}}", 20_000)),
            "{{ x = " + string.Concat(Enumerable.Repeat("a ? b : ", 20_000)),
            string.Concat(Enumerable.Repeat("{{ capture x }}", 15_000)),
            string.Concat(Enumerable.Repeat("{{ wrap x }}", 15_000)),
            string.Concat(Enumerable.Repeat("{{ case 1 }}{{ when 1 }}", 10_000)),
            string.Concat(Enumerable.Repeat("{{", 100_000)),
            $"{{{{ 0b{new string('1', 255_000)} }}}}",
            $"{{{{ 0x{new string('f', 255_000)} }}}}",
            $"{{{{ {new string('9', 255_000)} }}}}",
            $"{{{{ 1.{new string('9', 255_000)} }}}}",
            "{{ 1e99999999 }}",
            "{{ x = 1.5E-099999999 }}",
            new string('x', TemplateLimits.SourceLength + 1)
        );

    [Theory]
    [MemberData(nameof(DeepSources), DisableDiscoveryEnumeration = true)]
    public void A_source_that_is_too_deep_or_long_is_refused(string text) =>
        Bounded(() =>
        {
            var parsed = TemplateSet.Parse([new TemplateSource("out.txt", "templates/out.txt.scriban", text)]);
            Assert.Null(parsed.Value);
            Assert.NotEmpty(parsed.Diagnostics);
            Assert.All(parsed.Diagnostics, d => Assert.Equal("templates/out.txt.scriban", d.Span?.File));
        });

    [Fact]
    public void A_number_in_the_text_may_be_as_long_as_it_likes() =>
        Assert.NotNull(
            TemplateSet
                .Parse(
                    [new("out.txt", "templates/out.txt.scriban", $"0b{new string('1', 255_000)}{{{{ 1 }}}}")],
                    TestContext.Current.CancellationToken
                )
                .Value
        );

    [Fact]
    public void A_signal_ends_the_parsing_between_two_templates()
    {
        using var signal = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => TemplateSet.Parse(Sources(), signal.Token));

        IEnumerable<TemplateSource> Sources()
        {
            yield return new("a.txt", "templates/a.txt.scriban", "{{ broken");
            signal.Cancel();
        }
    }

    private static void Bounded(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        action();
        Assert.True(watch.Elapsed < TimeBound, $"It took {watch.Elapsed}.");
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < MemoryBound, $"It allocated {allocated / 1024 / 1024} MB.");
    }
}
