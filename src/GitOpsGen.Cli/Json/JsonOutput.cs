using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace GitOpsGen.Cli.Json;

/// <summary>
/// Everything that is printed as JSON: indented, with quotes and non-ASCII as they are, and a line feed at the end. Only code that
/// writes is generated: nothing of this is ever read.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IEnumerable<JsonDiagnostic>))]
[JsonSerializable(typeof(IEnumerable<JsonChange>))]
[JsonSerializable(typeof(SarifLog))]
[JsonSerializable(typeof(RenderResult))]
[JsonSerializable(typeof(CheckResult))]
[JsonSerializable(typeof(PublishJson))]
[JsonSerializable(typeof(LintResult))]
[JsonSerializable(typeof(ValidateResult))]
[JsonSerializable(typeof(InitResult))]
[JsonSerializable(typeof(ImportJson))]
[JsonSerializable(typeof(LockResult))]
[JsonSerializable(typeof(OutdatedResult))]
[JsonSerializable(typeof(IEnumerable<TemplateResult>))]
[JsonSerializable(typeof(GraphResult))]
[JsonSerializable(typeof(WhyResult))]
[JsonSerializable(typeof(ExplainResult))]
[JsonSerializable(typeof(StatusResult))]
[JsonSerializable(typeof(VersionResult))]
[JsonSerializable(typeof(RuleResult))]
[JsonSerializable(typeof(DiffResult))]
[JsonSerializable(typeof(MirrorPlanResult))]
[JsonSerializable(typeof(MirrorVerifyResult))]
[JsonSerializable(typeof(IEnumerable<string>))]
internal sealed partial class JsonOutput : JsonSerializerContext
{
    // Relaxed: the output is not embedded in HTML, and an escaped + in every line of a diff helps nobody.
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Layout))
        {
            write(json);
        }

        return VisibleText.InJson(Encoding.UTF8.GetString(buffer.WrittenSpan)) + "\n";
    }
}

/// <summary>Values with generated code in the middle of a text.</summary>
internal static class JsonValues
{
    public static void Write<T>(this Utf8JsonWriter json, T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(json, value, type);
}
