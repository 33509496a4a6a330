using System.Text;
using System.Text.Json;
using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Yaml;

public sealed class YamlWriterTests
{
    private static readonly SourceSpan Nowhere = SourceSpan.StartOf("test");

    [Fact]
    public void Collections_are_in_block_style_and_indented_by_two()
    {
        var node = Map(
            ("a", Map(("b", Text("x")), ("empty", Map()))),
            ("list", List(Text("1"), Map(("k", Text("v")), ("l", List(Text("m")))), List(Text("o"), List()), Map())),
            ("none", List())
        );
        Assert.Equal(
            """
              a:
                b: x
                empty: {}
              list:
                - "1"
                - k: v
                  l:
                    - m
                - - o
                  - []
                - {}
              none: []

            """,
            Write(node, 2)
        );
    }

    [Fact]
    public void Several_lines_are_a_literal_block()
    {
        var node = Map(
            ("clip", Text("a\n  b: #c\n\nd\n")),
            ("strip", Text("a\nb")),
            ("keep", Text("a\n\n\n")),
            ("in", List(Text("x\ny\n"), Map(("k", Text("é\n😀")))))
        );
        Assert.Equal(
            "clip: |\n  a\n    b: #c\n\n  d\nstrip: |-\n  a\n  b\nkeep: \"a\\n\\n\\n\"\n"
                + "in:\n  - |\n    x\n    y\n  - k: |-\n      é\n      😀\n",
            Write(node, 0)
        );
    }

    [Theory]
    [InlineData("a\n")]
    [InlineData("a\n\n")]
    [InlineData("#a\"\n\n\n")]
    [InlineData("\n")]
    public void A_text_at_the_end_of_a_file_survives_the_loss_of_empty_lines_there(string text)
    {
        var written = Write(Map(("last", Text(text))), 0);
        Assert.Equal(written, $"{written.TrimEnd('\n')}\n");
        Assert.Equal(YamlText.Json(Map(("last", Text(text)))), YamlText.Json(YamlEvents.Read(written)));
    }

    [Theory]
    [InlineData(" a\nb")]
    [InlineData("\na")]
    [InlineData("\n")]
    [InlineData("a \nb")]
    [InlineData("a\nb ")]
    [InlineData("a\tb\nc")]
    [InlineData("a\r\nb")]
    [InlineData("a\u202E\nb")]
    [InlineData("a\u2028\nb")]
    public void Lines_that_a_block_could_not_keep_are_quoted(string text) => Assert.Equal(ScalarQuoting.Quote(text) + "\n", Write(Text(text), 0));

    [Theory]
    [InlineData("Integer", "010", "10")]
    [InlineData("Integer", "0o17", "15")]
    [InlineData("Integer", "0o777777777777777777777777", "4722366482869645213695")]
    [InlineData("Integer", "0x1F", "31")]
    [InlineData("Integer", "0xFFFFFFFFFFFFFFFFFF", "4722366482869645213695")]
    [InlineData("Integer", "+7", "7")]
    [InlineData("Integer", "-007", "-7")]
    [InlineData("Integer", "-00", "0")]
    [InlineData("Integer", "123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("Float", "1.50", "1.50")]
    [InlineData("Float", "1e3", "1.0e+3")]
    [InlineData("Float", "-.5E-2", "-0.5e-2")]
    [InlineData("Float", "+01.", "1.0")]
    [InlineData("Float", ".Inf", ".inf")]
    [InlineData("Float", "-.INF", "-.inf")]
    [InlineData("Float", "+.inf", ".inf")]
    [InlineData("Float", ".NaN", ".nan")]
    [InlineData("Boolean", "True", "true")]
    [InlineData("Boolean", "FALSE", "false")]
    [InlineData("Null", "~", "null")]
    [InlineData("Null", "", "null")]
    public void Values_other_than_strings_have_one_spelling(string kind, string text, string expected)
    {
        Assert.Equal(expected + "\n", Write(new YamlScalar(Enum.Parse<ScalarKind>(kind), text, Nowhere), 0));
        Assert.False(CoreSchema.IsAmbiguousIn11(expected));
    }

    [Fact]
    public void A_text_that_is_not_of_its_kind_is_a_bug()
    {
        Assert.Throws<ArgumentException>(() => Write(new YamlScalar(ScalarKind.Integer, "1.5", Nowhere), 0));
        Assert.Throws<ArgumentException>(() => Write(new YamlScalar(ScalarKind.Float, "1", Nowhere), 0));
    }

    [Fact]
    public void A_key_too_long_for_one_line_is_marked()
    {
        var key = new string('k', 1100);
        Assert.Equal($"? {key}\n: v\n", Write(Map((key, Text("v"))), 0));
        Assert.Equal($"- ? {key}\n  :\n    - v\n", Write(List(Map((key, List(Text("v"))))), 0));
    }

    [Fact]
    public void The_deepest_tree_is_printed()
    {
        YamlNode node = Text("x");
        for (var depth = 0; depth < 64; depth++)
            node = depth % 2 == 0 ? Map(("k", node)) : List(node);
        Assert.Equal(YamlText.Json(node), YamlText.Json(YamlEvents.Read(Write(node, 0))));
    }

    [Fact]
    public void Law_PyYAML_reads_the_same_tree_back()
    {
        OtherReaders.SkipWithoutPyYaml();
        foreach (var batch in YamlGenerators.Batches(YamlGenerators.Tree, 1500))
        {
            var documents = batch.Select(tree => Write(tree, 0)).ToArray();
            var read = OtherReaders.PyYaml(documents);
            Assert.All(
                batch.Index(),
                item =>
                    Assert.True(
                        JsonElement.DeepEquals(JsonElement.Parse(YamlText.Json(item.Item)), read[item.Index].Value),
                        $"{documents[item.Index]}\nwas read as\n{read[item.Index]}"
                    )
            );
        }
    }

    [Fact]
    public void Law_YamlDotNet_reads_the_same_tree_back()
    {
        foreach (var batch in YamlGenerators.Batches(YamlGenerators.Tree, 1500))
            Assert.All(batch, tree => Assert.Equal(YamlText.Json(tree), YamlText.Json(YamlEvents.Read(Write(tree, 0)))));
    }

    [Fact]
    public void Law_Kustomize_reads_the_same_tree_back()
    {
        OtherReaders.SkipWithoutKubectl();
        foreach (var batch in YamlGenerators.Batches(YamlGenerators.Tree, 1500))
        {
            var trees = batch.Where(IsForKustomize).ToArray();
            Assert.True(trees.Length > 300);
            var resource = Map(
                ("apiVersion", Text("test/v1")),
                ("kind", Text("Test")),
                ("metadata", Map(("name", Text("test")))),
                ("trees", List(trees))
            );
            var built = OtherReaders.Kubernetes(OtherReaders.Kustomize(Write(resource, 0))).GetProperty("trees");
            Assert.All(
                trees.Index(),
                item =>
                    Assert.True(
                        JsonElement.DeepEquals(JsonElement.Parse(YamlText.Json(item.Item)), built[item.Index]),
                        $"{Write(item.Item, 0)}\nwas read as\n{built[item.Index]}"
                    )
            );
        }
    }

    // Go has no integer of more than 64 bits.
    private static bool IsForKustomize(YamlNode node) =>
        node switch
        {
            YamlMapping mapping => mapping.Entries.All(entry => OtherReaders.IsKeyForKustomize(entry.Key.Text) && IsForKustomize(entry.Value)),
            YamlSequence sequence => sequence.Items.All(IsForKustomize),
            YamlScalar { Kind: ScalarKind.Integer } number => number.Text.Length < 20,
            YamlScalar scalar => OtherReaders.IsForKustomize(scalar.Text),
            _ => true,
        };

    private static string Write(YamlNode node, int indent)
    {
        var output = new StringBuilder();
        YamlWriter.Write(output, node, indent);
        return output.ToString();
    }

    private static YamlScalar Text(string text) => YamlScalar.String(text, Nowhere);

    private static YamlMapping Map(params (string Key, YamlNode Value)[] entries) =>
        new([.. entries.Select(entry => new YamlEntry(YamlScalar.String(entry.Key, Nowhere), entry.Value))], Nowhere);

    private static YamlSequence List(params YamlNode[] items) => new([.. items], Nowhere);
}
