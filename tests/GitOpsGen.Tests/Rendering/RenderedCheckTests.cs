using System.Diagnostics;
using System.Text;
using CsCheck;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Rendering;
using GitOpsGen.Tests.Testing;
using Xunit;

namespace GitOpsGen.Tests.Rendering;

public sealed class RenderedCheckTests
{
    [Theory]
    [InlineData("a.yaml", "a: 1\n")]
    [InlineData("a.yml", "a: 1\n---\nb: 2\n---\n")]
    [InlineData("a.yaml", "# only a comment\n")]
    [InlineData("a.yaml", "a: {b: [1, {c: 2}]}\nb:\n  - c: 1\n  - c: 2\n")]
    [InlineData("a.json", "{\"a\": [1, {\"b\": null, \"a\": 1}], \"b\": {}}\n")]
    [InlineData("README.md", "{{{{ not: [yaml\n")]
    public void What_can_be_read_has_no_findings(string path, string content) => Assert.Empty(Check(path, content));

    [Theory]
    [InlineData("a.yaml", "a: 1\nb: [1\n", "GOG4004", "a.yaml(")]
    [InlineData("a.yaml", "a: 1\na: 2\n", "GOG4004", "a.yaml(2,1)")]
    [InlineData("x/a.yml", "b: 1\n---\na: {b: 1, b: 2}\n", "GOG4004", "x/a.yml(3,11)")]
    [InlineData("a.yaml", "a: &x 1\nb: *x\n", "GOG4004", "a.yaml(1,4)")]
    [InlineData("a.yaml", "a: b: c\n", "GOG4004", "a.yaml(1,5)")]
    [InlineData("a.yaml", "a:\n\tb: c\n", "GOG4004", "a.yaml(")]
    [InlineData("a.yaml", "a: !!'[ b\n", "GOG4004", "a.yaml(")]
    [InlineData("a.yaml", "a: 1\nkind: [\nb:\n  - c\n", "GOG4004", "a.yaml(2,7)")]
    [InlineData("a.yaml", "[1]: 2\n", "GOG4004", "a.yaml(1,1)")]
    [InlineData("a.json", "{\"a\": 1,}\n", "GOG4005", "a.json(1,9)")]
    [InlineData("a.json", "{\n  \"é\": 1 // no\n}\n", "GOG4005", "a.json(2,10)")]
    [InlineData("a.json", "{\n \"a\": 1,\n \"é\": 1, \"a\": 2}\n", "GOG4005", "a.json(3,10)")]
    [InlineData("a.json", "{\"a\": 1} {}\n", "GOG4005", "a.json(1,10)")]
    [InlineData("a.json", "{\"a\":\n", "GOG4005", "a.json(")]
    [InlineData("a.json", "{\"\\ud800\": 1}\n", "GOG4005", "a.json(1,2)")]
    [InlineData("a.json", "{\n \"a\": \"\\ud83d\\ude00\",\n \"b\": \"\\udc00x\"}\n", "GOG4005", "a.json(3,7)")]
    [InlineData("a.yaml", "a: \"\\ud800\"\n", "GOG4004", "a.yaml(1,")]
    [InlineData("a.json", "\n", "GOG4005", "a.json(")]
    public void What_cannot_be_read_names_the_place(string path, string content, string code, string place)
    {
        var found = Assert.Single(Check(path, content));
        Assert.Equal(code, found.Rule.Code);
        Assert.Equal(path, found.Span!.Value.File);
        Assert.StartsWith(place, found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.yaml", "[")]
    [InlineData("a.yaml", "- ")]
    [InlineData("a.yaml", "{a: ")]
    [InlineData("a.json", "[")]
    [InlineData("a.json", "{\"a\":")]
    public void Deep_nesting_is_refused_at_once(string path, string part)
    {
        var watch = Stopwatch.StartNew();
        Assert.Single(Check(path, string.Concat(Enumerable.Repeat(part, 200_000))));
        Assert.True(watch.Elapsed < HangGuard.Bound);
    }

    [Theory]
    [InlineData("{\"\u0080\":1}")]
    [InlineData("{\"a\":\"\u00ff\"}")]
    [InlineData("{\"\u0080\\n\":1}")]
    public void Json_that_is_not_UTF_8_is_a_finding(string latin) =>
        Assert.Equal("GOG4005", Assert.Single(RenderedCheck.Check(RelativePath.Parse("a.json"), Encoding.Latin1.GetBytes(latin))).Rule.Code);

    [Fact]
    public void No_content_makes_it_throw() =>
        Gen.String[Gen.Char["{}[]\",:\n\t -#&*!|>'%@`aé1\\?"], 0, 40]
            .Sample(text =>
            {
                Assert.True(Check("a.yaml", text).Length <= 1);
                Assert.True(Check("a.json", text).Length <= 1);
            });

    private static System.Collections.Immutable.ImmutableArray<Diagnostic> Check(string path, string content) =>
        RenderedCheck.Check(RelativePath.Parse(path), Encoding.UTF8.GetBytes(content));
}
