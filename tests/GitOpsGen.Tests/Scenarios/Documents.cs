using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>YAML read by YamlDotNet's own document model, which the product does not use, as JSON.</summary>
internal static class Documents
{
    public static JsonNode? Read(string path) => ReadAll(File.ReadAllText(path)).SingleOrDefault();

    public static IEnumerable<JsonNode?> ReadAll(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Select(document => Convert(document.RootNode)).ToList();
    }

    /// <summary>As text that is equal where two values are, in whatever order their keys stand.</summary>
    public static string Canonical(JsonNode? node) =>
        node switch
        {
            JsonObject mapping =>
                $"{{{string.Join(',', mapping.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{JsonValue.Create(pair.Key).ToJsonString()}:{Canonical(pair.Value)}"))}}}",
            JsonArray list => $"[{string.Join(',', list.Select(Canonical))}]",
            null => "null",
            _ => node.ToJsonString(),
        };

    /// <summary>A list of strings, or one string in place of a list of one, as IAM allows.</summary>
    public static IEnumerable<string> Strings(JsonNode? node) =>
        node switch
        {
            null => [],
            JsonArray list => list.Select(item => item!.GetValue<string>()),
            _ => [node.GetValue<string>()],
        };

    private static JsonNode? Convert(YamlNode node) =>
        node switch
        {
            YamlMappingNode mapping => new JsonObject(
                mapping.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Convert(pair.Value)))
            ),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
            YamlScalarNode { Style: ScalarStyle.Plain, Value: var text } => Plain(text!),
            YamlScalarNode { Value: var text } => JsonValue.Create(text),
            _ => throw new InvalidOperationException($"A {node.NodeType} has no JSON form."),
        };

    private static JsonValue? Plain(string text) =>
        text switch
        {
            "" or "~" or "null" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            _ when text.EndsWith(".0", StringComparison.Ordinal)
                    && long.TryParse(text[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(
                whole
            ),
            _ => JsonValue.Create(text),
        };
}
