using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Yaml;

/// <summary>What the reader makes of documents: values, kinds, exact places, and what it refuses.</summary>
public class YamlReaderTests
{
    [Theory]
    [InlineData("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n", "GOG1003 1:1")]
    [InlineData("a: 1\n<<<<<<< HEAD\nb: 1\n", "GOG1003 2:1")]
    public void An_unresolved_merge_is_named_where_it_begins(string text, string finding) =>
        Assert.Equal([finding], YamlReader.Read("x.yaml", System.Text.Encoding.UTF8.GetBytes(text)).Diagnostics.Places());

    [Theory]
    [InlineData("a: b", "1:4-1:5")]
    [InlineData("a: 'b c'", "1:4-1:9")]
    [InlineData("a: \"b\\n\"", "1:4-1:9")]
    [InlineData("😀: b", "1:5-1:6")] // UTF-16: two columns
    [InlineData("\"😀é\": 'x😀'", "1:8-1:13")]
    [InlineData("x: 1\r\na: b\r\n", "2:4-2:5")]
    [InlineData("x: 1\ra: b", "2:4-2:5")]
    [InlineData("\ufeffa: b", "1:4-1:5")]
    [InlineData("\ufeff# c\na: b", "2:4-2:5")]
    [InlineData("a:   b   # comment", "1:6-1:7")]
    [InlineData("a:\n  b\n  c\nd: 1", "2:3-3:4")]
    [InlineData("a: []", "1:4-1:6")]
    [InlineData("a: {}", "1:4-1:6")]
    [InlineData("a: [1, 2]", "1:4-1:10")]
    [InlineData("a: [1, 2 ] # c", "1:4-1:11")]
    [InlineData("a: [1,\n  2,\n]\nz: 1", "1:4-3:2")]
    [InlineData("a: { b: 1 }", "1:4-1:12")]
    [InlineData("a: { b: [x] }", "1:4-1:14")]
    [InlineData("a: { b }", "1:4-1:9")]
    [InlineData("a:\n  b: 1\n  c: 2 # end\n\n# comment\nd: 3", "2:3-3:7")]
    [InlineData("a:\n  - 1\n  - x: 2\n\nd: 3", "2:3-3:9")]
    [InlineData("a:\n- 1\n- [2]\nd: 3", "2:1-3:6")]
    [InlineData("---\na: b\n...\n", "2:4-2:5")]
    public void The_value_of_a_key_stands_where_it_is_written(string text, string place)
    {
        var root = Assert.IsType<YamlMapping>(YamlText.Sound(text));
        Assert.Equal(place, (root["a"] ?? root.Entries[0].Value).Span.Place());
    }

    [Theory]
    [InlineData("a: |\n  x\n  y\nb: 1", "x\ny\n", 1, 4)]
    [InlineData("a: >-\n  x\n  y\n\nb: 1", "x y", 1, 4)]
    [InlineData("a: |\r\n  x\r\n  y\r\nb: 1", "x\ny\n", 1, 4)]
    public void A_block_scalar_starts_at_its_indicator(string text, string value, int line, int column)
    {
        var scalar = Assert.IsType<YamlScalar>(Assert.IsType<YamlMapping>(YamlText.Sound(text))["a"]);
        Assert.Equal((value, ScalarKind.String, new SourcePosition(line, column)), (scalar.Text, scalar.Kind, scalar.Span.Start));
    }

    [Theory]
    [InlineData("a:", "1:3-1:3")]
    [InlineData("a:\nb: 1", "1:3-1:3")]
    [InlineData("a:   # nothing\n\nb: 1", "1:3-1:3")]
    public void A_missing_value_stands_behind_its_colon(string text, string place)
    {
        var scalar = Assert.IsType<YamlScalar>(Assert.IsType<YamlMapping>(YamlText.Sound(text))["a"]);
        Assert.Equal((ScalarKind.Null, place), (scalar.Kind, scalar.Span.Place()));
    }

    [Theory]
    [InlineData("1", ScalarKind.Integer)]
    [InlineData("1.0", ScalarKind.Float)]
    [InlineData("true", ScalarKind.Boolean)]
    [InlineData("~", ScalarKind.Null)]
    [InlineData("yes", ScalarKind.String)]
    [InlineData("'1'", ScalarKind.String)]
    [InlineData("\"true\"", ScalarKind.String)]
    [InlineData("|\n  1", ScalarKind.String)]
    [InlineData("2.3.4", ScalarKind.String)]
    public void Only_plain_scalars_have_a_type_of_their_own(string value, object kind) =>
        Assert.Equal(kind, Assert.IsType<YamlScalar>(Assert.IsType<YamlMapping>(YamlText.Sound($"a: {value}"))["a"]).Kind);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only\n# comments\n")]
    [InlineData("\ufeff")]
    [InlineData("---\n")]
    [InlineData("---\n...\n")]
    [InlineData("...\n")]
    public void A_file_without_content_is_null(string text) => Assert.Equal(ScalarKind.Null, Assert.IsType<YamlScalar>(YamlText.Sound(text)).Kind);

    [Theory]
    [InlineData("a: 1\nb: 2\na: 3\na: 4", "GOG1006 3:1", "GOG1006 4:1")]
    [InlineData("{ a: 1, 'a': 2 }", "GOG1006 1:9")]
    [InlineData("x: { b: 1, b: 2 }\ny: { c: 1, c: 2 }", "GOG1006 1:12", "GOG1006 2:12")]
    [InlineData("1: a\n'1': b", "GOG1006 2:1")]
    [InlineData("a: &x 1\nb: *x", "GOG1004 1:4", "GOG1004 2:4")]
    [InlineData("&k a: 1", "GOG1004 1:1")]
    [InlineData("a: &x { b: 1 }\nc: { <<: *x }", "GOG1004 1:4", "GOG1004 2:10")]
    [InlineData("*x : 1", "GOG1004 1:1")]
    [InlineData("a: !!str 1", "GOG1004 1:4")]
    [InlineData("a: !x { b: 1 }", "GOG1004 1:4")]
    [InlineData("a: !<tag:yaml.org,2002:int> '1'", "GOG1004 1:4")]
    [InlineData("a: &x !!int 1", "GOG1004 1:4", "GOG1004 1:4")]
    [InlineData("? [a]\n: 1\n? { b: 1 }\n: 2", "GOG1004 1:3", "GOG1004 3:3")]
    [InlineData("a: 1\n---\nb: 2", "GOG1004 2:1")]
    [InlineData("a: 1\n...\n---\nb: 2\n---\nc: 3", "GOG1004 3:1")]
    [InlineData("%YAML 1.2\n---\na: 1", "GOG1004 1:1")]
    [InlineData("%YAML 1.1\n---\na: 1", "GOG1004 1:1")]
    [InlineData("%TAG ! tag:x,2000:\n---\na: !b 1", "GOG1004 3:4")]
    public void What_hides_meaning_is_refused_where_it_stands(string text, params string[] places)
    {
        var (node, found) = YamlText.Read(text);
        Assert.NotNull(node);
        Assert.Equal(places, found.Places());
    }

    [Theory]
    [InlineData("a: [1, 2")]
    [InlineData("a: {b: 1")]
    [InlineData("a: 'x")]
    [InlineData("a: \"x")]
    [InlineData("a: 1\n\tb: 2")]
    [InlineData("a: b: c")]
    [InlineData("a: 1\n  b: 2")]
    [InlineData("- a\nb: 1")]
    [InlineData("a: @x")]
    [InlineData("a: `x`")]
    [InlineData("a: \"\\q\"")]
    [InlineData("a: \"\\u12\"")]
    [InlineData("a: \"\\uD800\"")]
    [InlineData("a: \"\\U00110000\"")]
    [InlineData("a: ]")]
    [InlineData("a: |x\n  b")]
    [InlineData("%YAML 2.0\n---\na: 1")]
    [InlineData("%YAML 1.1\n%YAML 1.1\n---\na: 1")]
    [InlineData("%YAML 99999999999999999999.1\n---\na: 1")]
    [InlineData("a: &\nb: 1")]
    [InlineData("a: *\nb: 1")]
    [InlineData("a: !<x\nb: 1")]
    [InlineData("a: !u!x 1")]
    [InlineData("!![ - !!str \\u\t---!!str a")]
    [InlineData("? : ")]
    public void What_is_no_YAML_is_one_located_error(string text)
    {
        var (node, found) = YamlText.Read(text);
        Assert.Null(node);
        var one = Assert.Single(found);
        Assert.Equal(Rules.YamlSyntax, one.Rule);
        Assert.InRange(one.Span!.Value.Start.Line, 1, text.Count(c => c == '\n') + 2);
        Assert.DoesNotContain('\n', one.Message);
    }

    [Fact]
    public void The_value_of_an_alias_is_not_reported_twice()
    {
        var (node, found) = YamlText.Read("a: *x");
        Assert.IsType<YamlUnreadable>(Assert.IsType<YamlMapping>(node)["a"]);
        Assert.Single(found);
    }

    [Fact]
    public void A_large_mapping_finds_its_keys()
    {
        var text = string.Concat(Enumerable.Range(0, 1000).Select(i => $"k{i}: v{i}\n"));
        var root = Assert.IsType<YamlMapping>(YamlText.Sound(text));
        Assert.Equal("v777", Assert.IsType<YamlScalar>(root["k777"]).Text);
        Assert.Null(root["k1000"]);
    }
}
