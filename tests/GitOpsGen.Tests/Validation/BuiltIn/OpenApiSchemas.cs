using System.Text.Json.Nodes;

namespace GitOpsGen.Tests.Validation.BuiltIn;

/// <summary>
/// The OpenAPI of a server as a JSON Schema, with its references: closed where the server refuses what is unknown, and otherwise as strict as
/// the server, which reads objects into types of Go.
/// </summary>
internal static class OpenApiSchemas
{
    private const string Reference = "#/components/schemas/";
    private const string Status = "status-of-";

    // No line feed behind it, as $ would let pass in .NET.
    private const string End = "(?![\\s\\S])";
    private const string Digit = "[A-Za-z0-9+/][\\r\\n]*";
    private const string Padding = "=[\\r\\n]*";
    private const string Base64 = $"^[\\r\\n]*(?:(?:{Digit}){{4}})*(?:(?:{Digit}){{2}}{Padding}{Padding}|(?:{Digit}){{3}}{Padding})?{End}";
    private const string Number = "^[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?" + End;

    private const string Time =
        "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
        + End;

    // What the server was asked about, and does not require: data/kubernetes/code-only.md.
    private static readonly string[] NotRequired =
    [
        "SleepAction.seconds",
        "PreferredSchedulingTerm.preference",
        "RoleRef.apiGroup",
        "CustomResourceDefinitionVersion.served",
    ];

    public static JsonObject Of(JsonObject api, string kind)
    {
        var definitions = new JsonObject();
        foreach (var (name, schema) in (JsonObject)api["components"]!["schemas"]!)
        {
            definitions[name] = Translated((JsonObject)schema!, name, isStatus: false, isOptional: false);
            definitions[Status + name] = Translated((JsonObject)schema!, name, isStatus: true, isOptional: false);
        }

        var root = (JsonObject)definitions[(string)api["x-kinds"]![kind]!["schema"]!]!.DeepClone();
        root["properties"]!["metadata"] = new JsonObject();
        if (root["properties"]!["status"]?["anyOf"]?[0] is { } status)
            status["$ref"] = ((string)status["$ref"]!).Replace("#/$defs/", $"#/$defs/{Status}", StringComparison.Ordinal);
        root["$defs"] = definitions;
        return root;
    }

    // For Go, a field that is null is absent.
    private static JsonObject OrNull(JsonObject schema) => new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };

    private static JsonObject Translated(JsonObject schema, string name, bool isStatus, bool isOptional)
    {
        if (schema["allOf"] is JsonArray all)
            return Translated((JsonObject)all[0]!, "", isStatus, isOptional);
        if ((string?)schema["$ref"] is { } reference)
            return new() { ["$ref"] = $"#/$defs/{(isStatus ? Status : "")}{reference[Reference.Length..]}" };
        if (schema["oneOf"] is not null)
        {
            return (string?)schema["format"] == "int-or-string"
                ? new()
                {
                    ["type"] = new JsonArray("integer", "string"),
                    ["minimum"] = int.MinValue,
                    ["maximum"] = int.MaxValue,
                }
                : new() { ["type"] = new JsonArray("number", "string"), ["pattern"] = Number };
        }

        var translated = new JsonObject();
        if ((string?)schema["type"] is { } type)
            translated["type"] = type;
        switch ((string?)schema["format"])
        {
            case "int32":
                (translated["minimum"], translated["maximum"]) = (int.MinValue, int.MaxValue);
                break;
            case "byte":
                translated["pattern"] = Base64;
                break;
            case "date-time":
                translated["pattern"] = Time;
                break;
        }

        if (schema["enum"] is JsonArray allowed && !isStatus)
        {
            var texts = allowed.Select(text => (string)text!).Concat(isOptional ? [""] : []).Distinct();
            translated["enum"] = new JsonArray([.. texts.Select(text => (JsonNode?)text)]);
        }

        string[] required =
        [
            .. (schema["required"] as JsonArray ?? [])
                .Select(field => (string)field!)
                .Where(field => !NotRequired.Contains($"{name.Split('.')[^1]}.{field}")),
        ];
        if (!isStatus && required.Length > 0)
            translated["required"] = new JsonArray([.. required.Select(field => (JsonNode?)field)]);
        if (schema["properties"] is JsonObject properties)
        {
            translated["additionalProperties"] = false;
            translated["properties"] = new JsonObject(
                properties.Select(p =>
                    KeyValuePair.Create(
                        p.Key,
                        (JsonNode?)(
                            !isStatus && required.Contains(p.Key)
                                ? Translated((JsonObject)p.Value!, "", isStatus, isOptional: false)
                                : OrNull(Translated((JsonObject)p.Value!, "", isStatus, !required.Contains(p.Key)))
                        )
                    )
                )
            );
        }

        if (schema["additionalProperties"] is JsonObject values)
            translated["additionalProperties"] = OrNull(Translated(values, "", isStatus, isOptional: false));
        if (schema["items"] is JsonObject items)
        {
            translated["items"] = Translated(items, "", isStatus, isOptional: false);
            if ((string?)translated["items"]!["type"] is { } scalar and not ("object" or "array"))
                translated["items"] = OrNull((JsonObject)translated["items"]!.DeepClone());
        }

        return translated;
    }
}
