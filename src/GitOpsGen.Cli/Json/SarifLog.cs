using System.Text.Json.Serialization;

namespace GitOpsGen.Cli.Json;

/// <summary>SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), as much of it as is written.</summary>
internal sealed record SarifLog(IEnumerable<SarifRun> Runs)
{
    [JsonPropertyName("$schema"), JsonPropertyOrder(-1)]
    public string Schema { get; } = "https://json.schemastore.org/sarif-2.1.0.json";

    [JsonPropertyOrder(-1)]
    public string Version { get; } = "2.1.0";
}

internal sealed record SarifRun(
    SarifTool Tool,
    IEnumerable<SarifInvocation> Invocations,
    Dictionary<string, SarifFolder> OriginalUriBaseIds,
    string ColumnKind,
    IEnumerable<SarifResult> Results
);

internal sealed record SarifTool(SarifDriver Driver);

internal sealed record SarifDriver(string Name, string Version, IEnumerable<SarifRule> Rules);

internal sealed record SarifRule(string Id, SarifText ShortDescription, SarifLevel DefaultConfiguration);

internal sealed record SarifLevel(string Level);

internal sealed record SarifText(string Text);

internal sealed record SarifInvocation(int ExitCode, bool ExecutionSuccessful);

internal sealed record SarifFolder(SarifText Description);

internal sealed record SarifResult(string RuleId, int RuleIndex, string Level, SarifText Message, SarifFingerprints PartialFingerprints)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SarifLocation[]? Locations { get; init; }

    /// <summary>Whether a change brings it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BaselineState { get; init; }
}

/// <summary>Who a result is, over several runs. This is the only one that GitHub compares.</summary>
internal sealed record SarifFingerprints(string PrimaryLocationLineHash);

internal sealed record SarifLocation(SarifPlace PhysicalLocation);

internal sealed record SarifPlace(SarifFile ArtifactLocation)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SarifRegion? Region { get; init; }
}

internal sealed record SarifFile(string Uri, string UriBaseId);

/// <summary>Its end column is one past the last character, as the end of a <see cref="Diagnostics.SourceSpan"/> is.</summary>
internal sealed record SarifRegion(int StartLine, int StartColumn, int EndLine, int EndColumn);
