using System.Text.Json;
using System.Text.Json.Serialization;

namespace GitOpsGen.Cli.Json;

/// <summary>The one object of <c>--format json</c>; docs/exit-codes.md describes it.</summary>
/// <param name="Command">Its own result comes last, under its name.</param>
/// <param name="ExitCode">What the command ends with.</param>
/// <param name="Diagnostics">What was found.</param>
/// <param name="Changes">What was or would be done to files.</param>
/// <param name="Result">Writes the command's own result; <see langword="null"/> where it got to none.</param>
internal sealed record JsonReport(
    string Command,
    int ExitCode,
    IEnumerable<JsonDiagnostic> Diagnostics,
    IEnumerable<JsonChange> Changes,
    Action<Utf8JsonWriter>? Result
)
{
    private const int FormatVersion = 1; // another number would be another meaning

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("formatVersion", FormatVersion);
        json.WriteString("command", Command);
        json.WriteNumber("exitCode", ExitCode);
        json.WritePropertyName("diagnostics");
        json.Write(Diagnostics, JsonOutput.Default.IEnumerableJsonDiagnostic);
        json.WritePropertyName("changes");
        json.Write(Changes, JsonOutput.Default.IEnumerableJsonChange);
        if (Result is { } write)
        {
            json.WritePropertyName(Command);
            write(json);
        }

        json.WriteEndObject();
    }
}

internal sealed record JsonDiagnostic(string Code, string Severity, string Message, string Fix) : JsonPlaced
{
    /// <summary>Only where a change is compared.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyOrder(2)]
    public bool? New { get; init; }

    /// <summary>Only where it is about environments: all of them, also where the message names some.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), JsonPropertyOrder(2)]
    public IEnumerable<string>? Environments { get; init; }
}

internal sealed record JsonChange(string Path, string Change);

/// <summary>Something with a place. Every property is always there, so that a script needs no second case; without a place they are null.</summary>
internal abstract record JsonPlaced
{
    [JsonIgnore]
    public SourceSpan? Place { get; init; }

    [JsonPropertyOrder(1)]
    public string? File => Place?.File;

    [JsonPropertyOrder(1)]
    public int? Line => Place?.Start.Line;

    [JsonPropertyOrder(1)]
    public int? Column => Place?.Start.Column;

    [JsonPropertyOrder(1)]
    public int? EndLine => Place?.End.Line;

    [JsonPropertyOrder(1)]
    public int? EndColumn => Place?.End.Column;
}
