using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;
using Xunit;

namespace GitOpsGen.Tests.Yaml;

public sealed class JsonWriterTests
{
    private static readonly SourceSpan Nowhere = SourceSpan.StartOf("test");

    [Fact]
    public void Json_is_indented_by_two_and_starts_in_the_current_line()
    {
        var node = YamlEvents.Read(
            "Version: \"2012-10-17\"\nStatement:\n  - Sid: Pull\n    Action: [a, b]\n  - {}\nNone: []\nCount: 0o17\nOn: True\nNot: ~\n"
        );
        Assert.Equal(
            """
            {
                "Version": "2012-10-17",
                "Statement": [
                  {
                    "Sid": "Pull",
                    "Action": [
                      "a",
                      "b"
                    ]
                  },
                  {}
                ],
                "None": [],
                "Count": 15,
                "On": true,
                "Not": null
              }
            """,
            YamlText.Json(node, 2)
        );
    }

    [Theory]
    [InlineData("<a href='x'>&+/é😀", "\"<a href='x'>&+/é😀\"")]
    [InlineData("a\"b\\c\n\t\r\u0001", "\"a\\\"b\\\\c\\n\\t\\r\\u0001\"")]
    [InlineData("\u202E\u2028\u0085\uFEFF", "\"\\u202E\\u2028\\u0085\\uFEFF\"")]
    [InlineData("\U000E0041", "\"\\uDB40\\uDC41\"")]
    public void Only_what_could_mislead_is_escaped(string text, string expected) => Assert.Equal(expected, JsonWriter.Quote(text));

    [Theory]
    [InlineData(".inf")]
    [InlineData("-.Inf")]
    [InlineData(".NaN")]
    public void A_number_that_JSON_lacks_is_named(string text)
    {
        var node = YamlEvents.Read($"a:\n  - 1\n  - {text}\n");
        Assert.False(JsonWriter.TryWrite(new StringBuilder(), node, 0, out var unrepresentable));
        Assert.Equal(text, unrepresentable.Text);
    }

    [Fact]
    public void Law_System_Text_Json_reads_the_same_tree() =>
        YamlGenerators.Tree.Sample(tree => AssertSame(tree, JsonElement.Parse(YamlText.Json(tree, 0))), iter: 2000);

    [Fact]
    public void Law_System_Text_Json_reads_the_same_string() =>
        YamlGenerators.Text.Sample(text => JsonElement.Parse(JsonWriter.Quote(text)).GetString() == text, iter: 3000);

    private static void AssertSame(YamlNode node, JsonElement json)
    {
        switch (node)
        {
            case YamlMapping mapping:
                Assert.Equal(mapping.Entries.Select(entry => entry.Key.Text), json.EnumerateObject().Select(property => property.Name));
                Assert.All(mapping.Entries.Zip(json.EnumerateObject()), pair => AssertSame(pair.First.Value, pair.Second.Value));
                break;
            case YamlSequence sequence:
                Assert.Equal(sequence.Items.Length, json.GetArrayLength());
                Assert.All(sequence.Items.Zip(json.EnumerateArray()), pair => AssertSame(pair.First, pair.Second));
                break;
            case YamlScalar { Kind: ScalarKind.String } text:
                Assert.Equal(text.Text, json.GetString());
                break;
            case YamlScalar { Kind: ScalarKind.Float } number:
                Assert.Equal(double.Parse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture), json.GetDouble());
                break;
            case YamlScalar { Kind: ScalarKind.Integer } number:
                Assert.Equal(
                    number.Text switch
                    {
                        "0o17" => "15",
                        "0x1F" => "31",
                        "-0" => "0",
                        "010" => "10",
                        "+7" => "7",
                        var same => same,
                    },
                    json.GetRawText()
                );
                break;
            case YamlScalar { Kind: ScalarKind.Boolean } boolean:
                Assert.Equal(boolean.Text[0] is 't' or 'T', json.GetBoolean());
                break;
            default:
                Assert.Equal(JsonValueKind.Null, json.ValueKind);
                break;
        }
    }
}
