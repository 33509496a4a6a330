using System.Text.Json.Nodes;

namespace GitOpsGen.Tests.Validation;

/// <summary>
/// A structural schema as a JSON Schema: closed where an API server with strict field validation refuses what is unknown, open where
/// it keeps it; with int-or-string and nullable as types. Metadata is left to other tests.
/// </summary>
internal static class JsonSchemas
{
    public static JsonObject Of(JsonObject structural)
    {
        var schema = Translated(structural, isBranch: false);
        schema["properties"]!["metadata"] = new JsonObject();
        return schema;
    }

    /// <summary>What an API server makes of an object before it validates: null where none is allowed is absent, what is absent is defaulted.</summary>
    public static JsonNode? Defaulted(JsonNode? value, JsonObject structural)
    {
        switch (value)
        {
            case JsonObject mapping:
                return DefaultedFields(mapping, structural);
            case JsonArray list when structural["items"] is JsonObject items:
                return new JsonArray([.. list.Select(item => Defaulted(item ?? (IsNullable(items) ? null : items["default"]), items))]);
            default:
                return value?.DeepClone();
        }
    }

    private static JsonObject DefaultedFields(JsonObject mapping, JsonObject structural)
    {
        var properties = structural["properties"] as JsonObject ?? [];
        var result = new JsonObject();
        foreach (var (name, value) in mapping)
        {
            var field = properties[name] as JsonObject ?? structural["additionalProperties"] as JsonObject;
            if (field is null)
                result[name] = value?.DeepClone();
            else if (value is not null || IsNullable(field))
                result[name] = Defaulted(value, field);
            else if (field["default"] is { } replacement)
                result[name] = Defaulted(replacement, field);
        }

        foreach (var (name, field) in properties)
        {
            if (!mapping.ContainsKey(name) && field!["default"] is { } missing)
                result[name] = Defaulted(missing, (JsonObject)field);
        }

        return result;
    }

    private static bool IsNullable(JsonObject schema) => schema["nullable"]?.GetValue<bool>() == true;

    private static JsonObject Translated(JsonObject structural, bool isBranch)
    {
        var schema = new JsonObject();
        foreach (var (keyword, value) in structural)
        {
            switch (keyword)
            {
                case "description" or "default" or "nullable" or "x-kubernetes-validations":
                    break;
                case "properties":
                    schema[keyword] = new JsonObject(
                        ((JsonObject)value!).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Translated((JsonObject)p.Value!, isBranch)))
                    );
                    break;
                case "items" or "additionalProperties" or "not" when value is JsonObject inner:
                    schema[keyword] = Translated(inner, isBranch || keyword == "not");
                    break;
                case "anyOf" or "oneOf" or "allOf":
                    schema[keyword] = new JsonArray([.. ((JsonArray)value!).Select(branch => Translated((JsonObject)branch!, isBranch: true))]);
                    break;
                default:
                    schema[keyword] = value?.DeepClone();
                    break;
            }
        }

        if (structural["x-kubernetes-int-or-string"] is not null)
            schema["type"] = new JsonArray("integer", "string");
        if (IsNullable(structural))
            schema["type"] = new JsonArray((string)structural["type"]!, "null");
        if (structural["x-kubernetes-list-type"]?.GetValue<string>() == "set")
            schema["uniqueItems"] = true;
        if (
            !isBranch
            && (string?)structural["type"] == "object"
            && structural["additionalProperties"] is null
            && structural["x-kubernetes-preserve-unknown-fields"] is null
        )
            schema["additionalProperties"] = false;
        return schema;
    }
}
