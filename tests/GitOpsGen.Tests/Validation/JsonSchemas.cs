using System.Text.Json.Nodes;

namespace GitOpsGen.Tests.Validation;

/// <summary>
/// A structural schema as a JSON Schema: closed where an API server with strict field validation refuses what is unknown, open where
/// it keeps it; with int-or-string and nullable as types. Metadata is left to other tests.
/// </summary>
internal static class JsonSchemas
{
    /// <param name="structural">The schema.</param>
    /// <param name="hasStatus">Whether the status is a subresource, which a creation drops.</param>
    /// <param name="isServerSide">Whether the object is applied server-side: then the status is read by the types of structured-merge-diff.</param>
    public static JsonObject Of(JsonObject structural, bool hasStatus, bool isServerSide)
    {
        var schema = Translated(structural, isBranch: false);
        schema["properties"]!["metadata"] = new JsonObject();
        if (hasStatus)
            schema["properties"]!["status"] = Dropped((JsonObject)structural["properties"]!["status"]!, isServerSide);
        return schema;
    }

    /// <summary>What an API server makes of an object before it validates: what is absent is defaulted, as is null where none is allowed.</summary>
    /// <param name="value">The object, or a value in it.</param>
    /// <param name="structural">The schema.</param>
    /// <param name="keepsNull">Whether a null that is not allowed stays, if it has no default. Else it is absent.</param>
    public static JsonNode? Defaulted(JsonNode? value, JsonObject structural, bool keepsNull)
    {
        switch (value)
        {
            case JsonObject mapping:
                return DefaultedFields(mapping, structural, keepsNull);
            case JsonArray list when structural["items"] is JsonObject items:
                return new JsonArray([.. list.Select(item => Defaulted(item ?? (IsNullable(items) ? null : items["default"]), items, keepsNull))]);
            default:
                return value?.DeepClone();
        }
    }

    private static JsonObject Dropped(JsonObject structural, bool isServerSide)
    {
        var schema = new JsonObject();
        if (isServerSide && (string?)structural["type"] is { } type)
            schema["type"] = new JsonArray(type == "integer" ? "number" : type, "null");
        else if (isServerSide && structural["x-kubernetes-int-or-string"] is not null)
            schema["type"] = new JsonArray("number", "string", "boolean", "null");
        if (structural["properties"] is JsonObject properties)
            schema["properties"] = new JsonObject(
                properties.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Dropped((JsonObject)p.Value!, isServerSide)))
            );
        if (structural["items"] is JsonObject items)
            schema["items"] = Dropped(items, isServerSide);
        if (structural["additionalProperties"] is JsonObject additional)
            schema["additionalProperties"] = Dropped(additional, isServerSide);
        else if (structural["x-kubernetes-preserve-unknown-fields"] is null)
            schema["additionalProperties"] = false;
        return schema;
    }

    private static JsonObject DefaultedFields(JsonObject mapping, JsonObject structural, bool keepsNull)
    {
        var properties = structural["properties"] as JsonObject ?? [];
        var result = new JsonObject();
        foreach (var (name, value) in mapping)
        {
            var field = properties[name] as JsonObject ?? structural["additionalProperties"] as JsonObject;
            if (field is null)
                result[name] = value?.DeepClone();
            else if (value is not null || IsNullable(field))
                result[name] = Defaulted(value, field, keepsNull);
            else if (field["default"] is { } replacement)
                result[name] = Defaulted(replacement, field, keepsNull);
            else if (keepsNull)
                result[name] = null;
        }

        foreach (var (name, field) in properties)
        {
            if (!mapping.ContainsKey(name) && field!["default"] is { } missing)
                result[name] = Defaulted(missing, (JsonObject)field, keepsNull);
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
