namespace GitOpsGen.Settings;

/// <summary>What Flux's objects need to know.</summary>
internal sealed record FluxSettings
{
    /// <summary>The namespace of Flux's own objects.</summary>
    public required string Namespace { get; init; }

    /// <summary>How often Flux looks, such as <c>1h</c>.</summary>
    public required string Interval { get; init; }

    /// <summary>The kind of the source that holds the output.</summary>
    public required string SourceKind { get; init; }

    /// <summary>The name of that source.</summary>
    public required string SourceName { get; init; }
}
