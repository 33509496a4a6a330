using GitOpsGen.Yaml;

namespace GitOpsGen.Tests.Validation.BuiltIn;

/// <summary>
/// Turns the OpenAPI of a kube-apiserver into lines of a table. What it says otherwise than the server, which reads objects into types of Go
/// and checks them in code, is put right here.
/// </summary>
internal sealed class OpenApiKinds(SchemaTableWriter writer)
{
    private const string Reference = "#/components/schemas/";
    private const string Metadata = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

    /// <summary>Fields that are said to be required, and that a server does without: it was asked (data/kubernetes/code-only.md).</summary>
    private static readonly (string Schema, string Field)[] NotRequired =
    [
        ("io.k8s.api.core.v1.SleepAction", "seconds"),
        ("io.k8s.api.core.v1.PreferredSchedulingTerm", "preference"),
        ("io.k8s.api.rbac.v1.RoleRef", "apiGroup"),
        ("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion", "served"),
    ];

    private readonly Dictionary<string, YamlMapping> schemas = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, bool IsStatus), int> known = [];
    private readonly HashSet<(string Name, bool IsStatus)> open = [];

    /// <param name="api">The OpenAPI of a group and version.</param>
    /// <param name="group">The group; empty for core.</param>
    /// <param name="version">The version.</param>
    public void Add(YamlMapping api, string group, string version)
    {
        foreach (var (name, schema) in ((YamlMapping)((YamlMapping)api["components"]!)["schemas"]!).Entries)
        {
            schemas[name.Text] = (YamlMapping)schema;
        }

        foreach (var (kind, about) in ((YamlMapping)api["x-kinds"]!).Entries)
        {
            var schema = schemas[YamlScalar.TextOf(((YamlMapping)about)["schema"])!];
            writer.AddKind(group, kind.Text, version, writer.Line(Keywords(schema, Place.Root)), "go");
        }
    }

    /// <summary>The metadata of every object, under a kind that no object has.</summary>
    public void AddMetadata() => writer.AddKind("meta.k8s.io", "ObjectMeta", "v1", Referred(Metadata, isStatus: false), "part");

    private enum Place
    {
        /// <summary>The object itself.</summary>
        Root,
        Value,

        /// <summary>A field that may be absent, for which Go takes the empty string.</summary>
        OptionalField,

        /// <summary>The status, which a creation drops after it was read, so that nothing in it is missing or out of range.</summary>
        Status,
    }

    private int LineOf(YamlMapping schema, Place place)
    {
        var reference = YamlScalar.TextOf(schema["$ref"]) ?? YamlScalar.TextOf(((schema["allOf"] as YamlSequence)?.Items[0] as YamlMapping)?["$ref"]);
        return reference is null ? writer.Line(Keywords(schema, place)) : Referred(reference[Reference.Length..], place == Place.Status);
    }

    private int Referred(string name, bool isStatus)
    {
        var key = (name, isStatus);
        if (known.TryGetValue(key, out var line))
        {
            return line;
        }

        if (!open.Add(key))
        {
            return known[key] = writer.Reserve();
        }

        var keywords = Keywords(schemas[name], isStatus ? Place.Status : Place.Value, name);
        if (known.TryGetValue(key, out var reserved))
        {
            writer.Fill(reserved, keywords);
            return reserved;
        }

        return known[key] = writer.Line(keywords);
    }

    private List<(string Keyword, string Json)> Keywords(YamlMapping schema, Place place, string name = "")
    {
        if (schema["oneOf"] is not null)
        {
            return YamlScalar.TextOf(schema["format"]) == "int-or-string"
                ? [("x-kubernetes-int-or-string", "true"), ("format", "\"int32\"")]
                : [("type", "\"quantity\"")];
        }

        string[] required =
        [
            .. schema["required"] is YamlSequence list && place != Place.Status
                ? list.Items.Select(item => YamlScalar.TextOf(item)!).Where(field => !NotRequired.Contains((name, field)))
                : [],
        ];
        var keywords = new List<(string, string)>();
        foreach (var (key, value) in schema.Entries)
        {
            if (Translated(key.Text, value, schema, place, required) is { } json)
            {
                keywords.Add((key.Text, json));
            }
        }

        if (required.Length > 0)
        {
            keywords.Add(("required", $"[{string.Join(',', required.Select(field => $"\"{field}\""))}]"));
        }

        if (YamlScalar.TextOf(schema["type"]) is null or "object" && schema["properties"] is null && schema["additionalProperties"] is null)
        {
            keywords.Add(("x-kubernetes-preserve-unknown-fields", "true"));
        }

        return keywords;
    }

    private string? Translated(string keyword, YamlNode value, YamlMapping schema, Place place, string[] required) =>
        (keyword, value) switch
        {
            ("type" or "x-kubernetes-list-type" or "x-kubernetes-list-map-keys", _) => SchemaTableWriter.Json(value),
            ("format", YamlScalar { Text: "int32" or "byte" or "date-time" }) => SchemaTableWriter.Json(value),
            ("enum", YamlSequence allowed) when place != Place.Status => Enumeration(allowed, place),
            // A server defaults in code. What it takes for an absent key of a list is said here only.
            ("default", YamlScalar { Kind: ScalarKind.String, Text: "TCP" }) => SchemaTableWriter.Json(value),
            ("properties", YamlMapping properties) => SchemaTableWriter.Fields(
                properties.Entries.Select(p => (p.Key.Text, Field(p.Key.Text, (YamlMapping)p.Value, place, required)))
            ),
            ("items" or "additionalProperties", YamlMapping inner) => SchemaTableWriter.Number(
                LineOf(inner, place == Place.Status ? place : Place.Value)
            ),
            _ => null,
        };

    private int Field(string name, YamlMapping schema, Place place, string[] required) =>
        (place, name) switch
        {
            (Place.Root, "metadata") => writer.Line([("type", "\"object\"")]),
            (Place.Root, "status") or (Place.Status, _) => LineOf(schema, Place.Status),
            _ => LineOf(schema, required.Contains(name) ? Place.Value : Place.OptionalField),
        };

    private static string Enumeration(YamlSequence allowed, Place place)
    {
        var texts = allowed.Items.Select(item => YamlScalar.TextOf(item)!);
        return $"[{string.Join(',', (place == Place.OptionalField ? texts.Append("").Distinct() : texts).Select(text => $"\"{text}\""))}]";
    }
}
