using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GitOpsGen.Yaml.Shapes;

/// <summary>Writes a shape as a JSON Schema, draft 7: the newest one that the common YAML language server reads in full.</summary>
internal static class JsonSchemaWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // never embedded in HTML; patterns stay readable
    };

    /// <summary>The schema as pretty-printed JSON with a final newline.</summary>
    public static string Write(string title, Shape shape)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "http://json-schema.org/draft-07/schema#");
            json.WriteString("title", title);
            WriteBody(json, shape);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void WriteObject(Utf8JsonWriter json, Shape shape)
    {
        json.WriteStartObject();
        WriteBody(json, shape);
        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, Shape shape)
    {
        switch (shape)
        {
            case StringShape text:
                WriteString(json, text);
                break;
            case ChoiceShape choice:
                WriteArray(json, "enum", choice.Choices);
                break;
            case BooleanShape:
                json.WriteString("type", "boolean");
                break;
            case IntegerShape range:
                json.WriteString("type", "integer");
                json.WriteNumber("minimum", range.Minimum);
                json.WriteNumber("maximum", range.Maximum);
                break;
            case ListShape list:
                json.WriteString("type", "array");
                json.WriteNumber("minItems", list.MinimumCount);
                json.WritePropertyName("items");
                WriteObject(json, list.Item);
                break;
            case MapShape map:
                WriteMap(json, map);
                break;
            case ObjectShape known:
                WriteProperties(json, known);
                break;
            case EitherShape either:
                json.WriteStartArray("anyOf");
                WriteObject(json, either.Scalar);
                WriteObject(json, either.Mapping);
                json.WriteEndArray();
                break;
            default:
                json.WriteString("type", "object");
                break;
        }
    }

    private static void WriteString(Utf8JsonWriter json, StringShape text)
    {
        json.WriteString("type", "string");
        if (text.Grammar is { } grammar)
        {
            json.WriteString("pattern", grammar.Pattern);
            json.WriteString("patternErrorMessage", $"It must be {grammar.Expectation}."); // shown by the common editors instead of the pattern
        }
        else if (!text.AllowsEmpty)
        {
            json.WriteNumber("minLength", 1);
        }
    }

    private static void WriteMap(Utf8JsonWriter json, MapShape map)
    {
        json.WriteString("type", "object");
        json.WriteStartObject("patternProperties");
        json.WritePropertyName(map.Keys.Pattern);
        WriteObject(json, map.Value);
        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
    }

    private static void WriteProperties(Utf8JsonWriter json, ObjectShape shape)
    {
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var property in shape.Properties)
        {
            json.WriteStartObject(property.Key);
            json.WriteString("description", property.Description);
            WriteBody(json, property.Value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
        if (shape.Properties.Where(p => p.IsRequired).Select(p => p.Key).ToArray() is { Length: > 0 } required)
            WriteArray(json, "required", required);

        if (shape.ExactlyOneOf.Length > 0)
        {
            json.WriteStartArray("oneOf");
            foreach (var key in shape.ExactlyOneOf)
            {
                json.WriteStartObject();
                json.WriteStartObject("properties"); // strict validators want a required key to be known beside it
                json.WriteBoolean(key, true);
                json.WriteEndObject();
                WriteArray(json, "required", [key]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    private static void WriteArray(Utf8JsonWriter json, string key, IEnumerable<string> items)
    {
        json.WriteStartArray(key);
        foreach (var item in items)
            json.WriteStringValue(item);

        json.WriteEndArray();
    }
}
