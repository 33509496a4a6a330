using System.Collections.Immutable;
using System.Text.Json;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Lockfile;
using GitOpsGen.Packages;
using GitOpsGen.Packages.Questions;

namespace GitOpsGen.Cli.Graphs;

/// <summary>Graphs for programs: every package with its wave, every constraint with its state, each with its place.</summary>
internal static class GraphJson
{
    public static void Write(ImmutableArray<PackageGraph> graphs, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("graphs");
        foreach (var edges in graphs.Select(graph => new DependencyEdges(graph)))
        {
            json.WriteStartObject();
            PackageJson.WriteEnvironments(edges.Graph.Environments, json);
            json.WritePropertyName("core");
            PackageJson.WriteEntry(edges.Graph.Core, json);
            WritePackages(edges, json);
            json.WriteStartArray("missing");
            foreach (var package in edges.Missing)
            {
                json.WriteStringValue(package.ToString());
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePackages(DependencyEdges edges, Utf8JsonWriter json)
    {
        var toCore = edges.ToCore.ToDictionary(edge => edge.From);
        json.WriteStartArray("packages");
        foreach (var (wave, entry) in edges.Graph.Waves.SelectMany((entries, n) => entries.Select(entry => ((int?)n, entry))).Concat(edges.Graph.Unordered.Select(entry => ((int?)null, entry))))
        {
            json.WriteStartObject();
            PackageJson.WriteFields(entry, json);
            json.WriteOptional("wave", wave); // none in a circle
            json.WritePropertyName("requiresCrossplane");
            WriteRequirement(toCore.GetValueOrDefault(entry), entry, json);
            WriteDependencies(edges.From[entry.Package.Value], entry, json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRequirement(DependencyEdge? edge, LockEntry entry, Utf8JsonWriter json)
    {
        if (entry.RequiresCrossplane is not { } requires)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("constraint", requires.Value.Text);
        json.WriteString("state", edge is null ? PackageJson.Word(EdgeState.Missing) : PackageJson.Word(edge.State));
        json.WritePlace(requires.Span);
        json.WriteEndObject();
    }

    // Null: not known.
    private static void WriteDependencies(IEnumerable<DependencyEdge> asked, LockEntry entry, Utf8JsonWriter json)
    {
        if (entry.DependsOn is null)
        {
            json.WriteNull("dependsOn");
            return;
        }

        json.WriteStartArray("dependsOn");
        foreach (var edge in asked)
        {
            json.WriteStartObject();
            PackageJson.WriteConstraint(edge, json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
