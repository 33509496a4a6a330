using System.Text;
using System.Text.Json.Nodes;
using GitOpsGen.Diagnostics;
using GitOpsGen.Yaml;

namespace GitOpsGen.Tests.Yaml.Shapes;

/// <summary>Documents as JSON trees, to be damaged and written both as JSON and as YAML.</summary>
internal static class JsonTrees
{
    private static readonly SourceSpan Nowhere = SourceSpan.StartOf("test");

    private static readonly string[] Values =
    [
        "null",
        "true",
        "false",
        "0",
        "1",
        "1.0",
        "2",
        "-1",
        "1.5",
        "1000",
        "1001",
        "123456789012",
        "\"\"",
        "\"x\"",
        "\" \"",
        "\"true\"",
        "\"1\"",
        "\"null\"",
        "[]",
        "{}",
        "[null]",
        "[\"x\"]",
        "[\"\"]",
        "[[]]",
        "[{}]",
        "{\"x\":1}",
        "{\"\":\"\"}",
        "{\"default\":\"a/b\"}",
        "{\"ecr\":{},\"host\":\"a.b\"}",
    ];

    private static readonly Func<string, string>[] NearMisses =
    [
        s => s + "\n",
        s => "\n" + s,
        s => s + "\nx",
        s => s + "\r",
        s => s + " ",
        s => " " + s,
        s => s + "\t",
        s => s + "\u2028",
        s => s + "é",
        s => "😀" + s,
        s => s + "\0",
        s => s.ToUpperInvariant(),
        s => s.Length > 0 ? char.ToUpperInvariant(s[0]) + s[1..] : s,
        s => s.Length > 0 ? s[1..] : s,
        s => s.Length > 0 ? s[..^1] : s,
        s => s + s,
        s => string.Concat(Enumerable.Repeat(s, 20)),
        s => s + "-",
        s => "-" + s,
        s => s + ".",
        s => "." + s,
        s => s + "/",
        s => "/" + s,
        s => s + "//x",
        s => s + "_",
        s => s + "..x",
        s => s + "__x",
        s => s + "--x",
        s => s + "*",
        s => s + "?",
        s => "v" + s,
        s => s + ":latest",
        s => s + ":5000",
        s => s + "@sha256:0",
        s => s + "+b",
        s => s + "-rc.1",
        s => s + "-rc.01",
        s => s.Replace('.', '-'),
        s => s.Replace("/", ""),
        s => s.Replace(":", ""),
        s => "https://" + s,
        s => "oci://" + s,
        s => s.Replace("1", "١"),
        s => new('a', 63),
        s => new('a', 64),
        s => new('a', 253),
        s => new('a', 254),
        s => "con",
        s => "com1",
        s => "registries",
        s => "..",
        s => "a.b",
        s => "latest",
        s => "v2",
        s => "v01.2.3",
        s => "1.2.1234567890",
        s => "12345678901",
        s => "1234567890123",
        s => "10.5m",
        s => "1h30",
        s => "eks.amazonaws.com/role",
        s => "GOG1234",
        s => "GOG12345",
        s => "arn:aws-cn:iam::123456789012:role/a/b",
        s => "arn:aws:iam::12345678901:role/a",
        s => "arn:aws:iam::123456789012:user/a",
        s => "localhost:5000/x",
        s => "a.b/c",
        s => "a.b:99/c",
        s => "a.b:/c",
    ];

    /// <summary>A YAML document without findings as a JSON tree.</summary>
    public static JsonNode? Parse(string yaml) => ToJson(YamlText.Sound(yaml));

    /// <summary>The tree and its damaged copies, each once.</summary>
    public static IEnumerable<string> Mutations(JsonNode tree) => Damaged(tree, copy => copy).Prepend(tree.ToJsonString()).Distinct();

    /// <summary>Of the copies of an object, those that are still it: a CRD's schema is about spec and status.</summary>
    public static IEnumerable<string> MutationsOfObject(JsonNode tree) =>
        Mutations(tree)
            .Where(mutation =>
                JsonNode.Parse(mutation) is JsonObject mapping
                && mapping.Count(e => e.Key is "apiVersion" or "kind" or "metadata" && JsonNode.DeepEquals(e.Value, tree[e.Key])) == 3
            );

    public static string ToYaml(string json)
    {
        var output = new StringBuilder();
        YamlWriter.Write(output, ToYaml(JsonNode.Parse(json)), 0);
        return output.ToString();
    }

    // Each damaged copy of a node, put back into its place in the whole by `embed`.
    private static IEnumerable<string> Damaged(JsonNode? node, Func<JsonNode?, JsonNode?> embed)
    {
        foreach (var other in Values.Select(value => JsonNode.Parse(value)).Concat(Changed(node)))
            yield return Text(embed(other));
        foreach (
            var inner in node switch
            {
                JsonObject mapping => mapping.SelectMany(entry => Damaged(entry.Value, child => embed(With(mapping, entry.Key, entry.Key, child)))),
                JsonArray list => Enumerable.Range(0, list.Count).SelectMany(i => Damaged(list[i], child => embed(With(list, i, child)))),
                _ => [],
            }
        )
            yield return inner;
    }

    private static IEnumerable<JsonNode?> Changed(JsonNode? node) =>
        node switch
        {
            JsonObject mapping => mapping
                .SelectMany(entry =>
                    NearMisses
                        .Select(miss => With(mapping, entry.Key, miss(entry.Key), entry.Value))
                        .Append(Without(mapping, entry.Key))
                        .Append(Also(mapping, entry.Key + "s", entry.Value))
                )
                .Append(Also(mapping, "unknown", null)),
            JsonArray list => [new JsonArray([.. list.Select(Copy), null]), new JsonArray([.. list.Select(Copy), .. list.Select(Copy)])],
            JsonValue value when value.TryGetValue<string>(out var text) => NearMisses.Select(miss => (JsonNode?)miss(text)),
            JsonValue => [node.ToJsonString()],
            _ => [],
        };

    private static JsonObject With(JsonObject mapping, string key, string name, JsonNode? value) =>
        new(
            mapping
                .Where(e => e.Key == key || e.Key != name)
                .Select(e => KeyValuePair.Create(e.Key == key ? name : e.Key, Copy(e.Key == key ? value : e.Value)))
        );

    private static JsonArray With(JsonArray list, int index, JsonNode? value) => new([.. list.Select((item, i) => Copy(i == index ? value : item))]);

    private static JsonObject Without(JsonObject mapping, string key) =>
        new(mapping.Where(e => e.Key != key).Select(e => KeyValuePair.Create(e.Key, Copy(e.Value))));

    private static JsonObject Also(JsonObject mapping, string key, JsonNode? value)
    {
        var copy = Without(mapping, key);
        copy.Add(key, Copy(value));
        return copy;
    }

    private static JsonNode? Copy(JsonNode? node) => node?.DeepClone();

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";

    private static JsonNode? ToJson(YamlNode node) =>
        node switch
        {
            YamlMapping mapping => new JsonObject(mapping.Entries.Select(e => KeyValuePair.Create(e.Key.Text, ToJson(e.Value)))),
            YamlSequence list => new JsonArray([.. list.Items.Select(ToJson)]),
            YamlScalar { Kind: ScalarKind.String } text => text.Text,
            YamlScalar scalar => JsonNode.Parse(scalar.Text),
            _ => throw new ArgumentException("No value.", nameof(node)),
        };

    private static YamlNode ToYaml(JsonNode? node) =>
        node switch
        {
            null => YamlScalar.Null(Nowhere),
            JsonObject mapping => new YamlMapping(
                [.. mapping.Select(e => new YamlEntry(YamlScalar.String(e.Key, Nowhere), ToYaml(e.Value)))],
                Nowhere
            ),
            JsonArray list => new YamlSequence([.. list.Select(ToYaml)], Nowhere),
            _ when node.GetValueKind() is System.Text.Json.JsonValueKind.String => YamlScalar.String(node.GetValue<string>(), Nowhere),
            _ => new YamlScalar(CoreSchema.KindOf(node.ToJsonString()), node.ToJsonString(), Nowhere),
        };
}
