using System.Text.Json.Serialization;
using GitOpsGen.Lockfile;
using GitOpsGen.Packages;
using GitOpsGen.Packages.Graphs;

namespace GitOpsGen.Cli.Json;

/// <summary>The graphs of <c>graph</c>: every package with its wave, every constraint with its state, each with its place.</summary>
internal sealed record GraphResult(IEnumerable<JsonGraph> Graphs)
{
    public static GraphResult Of(ImmutableArray<PackageGraph> graphs) => new(graphs.Select(graph => JsonGraph.Of(new(graph))));
}

internal sealed record JsonGraph(IEnumerable<string> Environments, JsonEntry? Core, IEnumerable<JsonPackage> Packages, IEnumerable<string> Missing)
{
    public static JsonGraph Of(DependencyEdges edges)
    {
        var toCore = edges.ToCore.ToDictionary(edge => edge.From);
        var inWaves = edges.Graph.Waves.SelectMany((entries, wave) => entries.Select(entry => JsonPackage.Of(entry, wave, edges, toCore)));
        var unordered = edges.Graph.Unordered.Select(entry => JsonPackage.Of(entry, null, edges, toCore));
        return new(
            edges.Graph.Environments.Select(name => name.Value),
            JsonEntry.Of(edges.Graph.Core),
            inWaves.Concat(unordered),
            edges.Missing.Select(package => $"{package}")
        );
    }
}

/// <summary>A lock entry.</summary>
internal record JsonEntry(string Package, string Kind, string Name, string Version, bool Indirect) : JsonPlaced
{
    public static JsonEntry? Of(LockEntry? entry) =>
        entry is null
            ? null
            : new($"{entry.Package}", $"{entry.Kind}", entry.ObjectName.Value, $"{entry.Version}", entry.IsIndirect) { Place = entry.Package.Span };
}

internal sealed record JsonPackage(string Package, string Kind, string Name, string Version, bool Indirect)
    : JsonEntry(Package, Kind, Name, Version, Indirect)
{
    /// <summary>Null in a dependency cycle, and behind one.</summary>
    [JsonPropertyOrder(2)]
    public int? Wave { get; init; }

    [JsonPropertyOrder(2)]
    public JsonRequirement? RequiresCrossplane { get; init; }

    /// <summary>Null where they are not known.</summary>
    [JsonPropertyOrder(2)]
    public IEnumerable<JsonConstraint>? DependsOn { get; init; }

    public static JsonPackage Of(LockEntry entry, int? wave, DependencyEdges edges, Dictionary<LockEntry, DependencyEdge> toCore) =>
        new($"{entry.Package}", $"{entry.Kind}", entry.ObjectName.Value, $"{entry.Version}", entry.IsIndirect)
        {
            Place = entry.Package.Span,
            Wave = wave,
            RequiresCrossplane = JsonRequirement.Of(entry.RequiresCrossplane, toCore.GetValueOrDefault(entry)),
            DependsOn = entry.DependsOn is null ? null : edges.From[entry.Package.Value].Select(JsonConstraint.Of),
        };
}

/// <summary>What a package asks of the core.</summary>
internal sealed record JsonRequirement(string Constraint, string State) : JsonPlaced
{
    public static JsonRequirement? Of(Located<DependencyConstraint>? requires, DependencyEdge? edge) =>
        requires is not { } asked ? null : new(asked.Value.Text, JsonConstraint.Word(edge?.State ?? EdgeState.Missing)) { Place = asked.Span };
}

/// <summary>What is asked for, and whether it is there; the place is the constraint's.</summary>
internal sealed record JsonConstraint(string Package, string Constraint, string? Locked, string State) : JsonPlaced
{
    public static JsonConstraint Of(DependencyEdge edge) =>
        new($"{edge.Target}", edge.Constraint.Value.Text, edge.To is { } to ? $"{to.Version}" : null, Word(edge.State))
        {
            Place = edge.Constraint.Span,
        };

    public static string Word(EdgeState state) =>
        state switch
        {
            EdgeState.Met => "met",
            EdgeState.NotMet => "notMet",
            EdgeState.Unreadable => "unreadable",
            _ => "missing",
        };
}

/// <summary>The answer of <c>why</c>.</summary>
internal sealed record WhyResult(string Package, IEnumerable<JsonReasons> Answers)
{
    public static WhyResult Of(Repository package, ImmutableArray<PackageReasons> answers) => new($"{package}", answers.Select(JsonReasons.Of));
}

internal sealed record JsonReasons(
    IEnumerable<string> Environments,
    JsonEntry? Entry,
    long PathCount,
    bool IsPathCountExact,
    IEnumerable<JsonPath> Paths,
    IEnumerable<string> DependenciesUnknown
)
{
    public static JsonReasons Of(PackageReasons reasons) =>
        new(
            reasons.Environments.Select(name => name.Value),
            JsonEntry.Of(reasons.Entry),
            reasons.PathCount,
            reasons.PathCount < DependencyPaths.CountLimit,
            reasons.Paths.Select(path => new JsonPath(JsonEntry.Of(path[0].From), path.Select(JsonConstraint.Of))),
            reasons.Unknown.Select(entry => $"{entry.Package}")
        );
}

internal sealed record JsonPath(JsonEntry? From, IEnumerable<JsonConstraint> Steps);
