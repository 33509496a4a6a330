using System.Globalization;
using System.Text;
using GitOpsGen.Validation.Schemas;
using GitOpsGen.Yaml;

namespace GitOpsGen.Tests.Validation.BuiltIn;

/// <summary>Makes the text of a <see cref="SchemaTable"/>: equal schemas share a line, and a schema that refers to itself is the line of itself.</summary>
internal sealed class SchemaTableWriter
{
    private readonly List<string> lines = [];
    private readonly Dictionary<string, int> byText = new(StringComparer.Ordinal);
    private readonly List<string> kinds = [];

    /// <summary>Adds every version of a definition that is served.</summary>
    public void AddDefinition(YamlMapping definition)
    {
        var spec = (YamlMapping)definition["spec"]!;
        foreach (var version in ((YamlSequence)spec["versions"]!).Items.Cast<YamlMapping>().Where(v => ((YamlScalar)v["served"]!).IsTrue))
        {
            var hasStatus = (version["subresources"] as YamlMapping)?["status"] is YamlMapping;
            AddKind(
                Text(spec["group"]),
                Text(((YamlMapping)spec["names"]!)["kind"]),
                Text(version["name"]),
                Structural((YamlMapping)((YamlMapping)version["schema"]!)["openAPIV3Schema"]!),
                hasStatus ? "status" : "object"
            );
        }
    }

    public void AddKind(string group, string kind, string version, int line, string role) =>
        kinds.Add($"{(group.Length == 0 ? "-" : group)} {kind} {version} {line.ToString(CultureInfo.InvariantCulture)} {role}");

    /// <summary>The line of a schema as a CRD writes it.</summary>
    public int Structural(YamlMapping schema) =>
        Line(
            schema
                .Entries.Where(entry => entry.Key.Text is not ("description" or "title" or "example" or "externalDocs" or "x-kubernetes-map-type"))
                .Select(entry =>
                    (
                        entry.Key.Text,
                        (entry.Key.Text, entry.Value) switch
                        {
                            ("properties", YamlMapping properties) => Fields(
                                properties.Entries.Select(p => (p.Key.Text, Structural((YamlMapping)p.Value)))
                            ),
                            ("items" or "additionalProperties", YamlMapping inner) => Number(Structural(inner)),
                            _ => Json(entry.Value),
                        }
                    )
                )
        );

    /// <summary>The line of a schema with these keywords and their JSON.</summary>
    public int Line(IEnumerable<(string Keyword, string Json)> keywords) => Line(Text(keywords));

    /// <summary>A line whose text comes later, since the text refers to it.</summary>
    public int Reserve()
    {
        lines.Add("");
        return lines.Count - 1;
    }

    public void Fill(int line, IEnumerable<(string Keyword, string Json)> keywords) => lines[line] = Text(keywords);

    public static string Fields(IEnumerable<(string Name, int Line)> fields) => Text(fields.Select(field => (field.Name, Number(field.Line))));

    public static string Number(int line) => line.ToString(CultureInfo.InvariantCulture);

    /// <summary>The node as JSON on one line.</summary>
    public static string Json(YamlNode node) =>
        node switch
        {
            YamlMapping mapping => Text(mapping.Entries.Select(entry => (entry.Key.Text, Json(entry.Value)))),
            YamlSequence list => $"[{string.Join(',', list.Items.Select(Json))}]",
            YamlScalar { Kind: ScalarKind.String } text => JsonWriter.Quote(text.Text),
            YamlScalar scalar => scalar.Text,
            _ => throw new ArgumentException("The node could not be read."),
        };

    /// <param name="origin">The name on the first line, and what else is to be said about the origin.</param>
    public byte[] ToBytes(params string[] origin) =>
        Encoding.UTF8.GetBytes(string.Join('\n', [.. origin, "", .. kinds.Order(StringComparer.Ordinal), "", .. lines, ""]));

    private int Line(string text)
    {
        if (!byText.TryGetValue(text, out var line))
        {
            line = lines.Count;
            lines.Add(text);
            byText.Add(text, line);
        }

        return line;
    }

    private static string Text(IEnumerable<(string Name, string Json)> entries) =>
        $"{{{string.Join(',', entries.Select(entry => $"{JsonWriter.Quote(entry.Name)}:{entry.Json}"))}}}";

    private static string Text(YamlNode? node) => YamlScalar.TextOf(node) ?? throw new ArgumentException("There is no text.");
}
