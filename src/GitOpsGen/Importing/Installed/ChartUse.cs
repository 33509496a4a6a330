using GitOpsGen.Importing.Objects;

namespace GitOpsGen.Importing.Installed;

/// <summary>How the sources of an environment install the core: the chart, where it comes from, and its values.</summary>
/// <param name="Span">Where it is said: the object, the dependency of an umbrella chart, or the values.</param>
/// <param name="Object">The object that does it; <see langword="null"/> where a file does.</param>
internal sealed record ChartUse(SourceSpan Span, SourceObject? Object)
{
    /// <summary>Where the chart comes from; <see langword="null"/> where nothing says it.</summary>
    public string? Repository { get; init; }

    public YamlScalar? Version { get; init; }

    public string? Release { get; init; }

    public string? Namespace { get; init; }

    public YamlMapping? Values { get; init; }

    /// <summary>The objects of Flux that say where the chart comes from.</summary>
    public ImmutableArray<SourceObject> Sources { get; init; } = [];

    /// <summary>Where Helm keeps its record of the release, for Flux.</summary>
    public string? StorageNamespace { get; init; }
}
