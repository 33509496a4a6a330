using System.Collections.Immutable;
using System.Text.Json;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Lockfile;
using GitOpsGen.Packages;
using GitOpsGen.Packages.Graphs;

namespace GitOpsGen.Cli.Graphs;

/// <summary>Graphs for programs: every package with its wave, every constraint with its state, each with its place.</summary>
internal static class GraphJson
{
    public static void Write(ImmutableArray<PackageGraph> graphs, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteObjects("graphs", graphs.Select(graph => new DependencyEdges(graph)), Write);
        json.WriteEndObject();
    }

    private static void Write(DependencyEdges edges, Utf8JsonWriter json)
    {
        var toCore = edges.ToCore.ToDictionary(edge => edge.From);
        var inWaves = edges.Graph.Waves.SelectMany((entries, n) => entries.Select(entry => (Wave: (int?)n, Entry: entry)));
        PackageJson.WriteEnvironments(edges.Graph.Environments, json);
        json.WritePropertyName("core");
        PackageJson.WriteEntry(edges.Graph.Core, json);
        json.WriteObjects(
            "packages",
            inWaves.Concat(edges.Graph.Unordered.Select(entry => (Wave: (int?)null, Entry: entry))),
            (package, _) =>
            {
                PackageJson.WriteFields(package.Entry, json);
                json.WriteOptional("wave", package.Wave); // none in a circle
                json.WritePropertyName("requiresCrossplane");
                WriteRequirement(toCore.GetValueOrDefault(package.Entry), package.Entry, json);
                WriteDependencies(edges.From[package.Entry.Package.Value], package.Entry, json);
            }
        );
        json.WriteTexts("missing", edges.Missing.Select(package => package.ToString()));
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

        json.WriteObjects("dependsOn", asked, PackageJson.WriteConstraint);
    }
}
