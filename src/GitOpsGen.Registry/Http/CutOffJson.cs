using System.Text.Json;

namespace GitOpsGen.Registry.Http;

/// <summary>
/// Tells JSON that ends too early from JSON that is wrong. A server that gives no length and closes the connection ends an answer in the
/// same way as one that breaks off, and only the text shows the difference.
/// </summary>
internal static class CutOffJson
{
    public static bool Is(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, state: default);
        try
        {
            while (reader.Read()) { }

            // An opening bracket has the depth of what is around it.
            return reader.CurrentDepth > 0 || reader.TokenType is JsonTokenType.None or JsonTokenType.StartObject or JsonTokenType.StartArray;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
