using System.Collections.Immutable;
using System.Text.Json;
using GitOpsGen.Cli.Mirrors;
using GitOpsGen.Lockfile;
using GitOpsGen.Packages;

namespace GitOpsGen.Cli.Graphs;

/// <summary>Graphs as data.</summary>
internal static class GraphJson
{
    public static void Write(ImmutableArray<PackageGraph> graphs, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("graphs");
        foreach (var graph in graphs)
        {
            Write(graph, json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(PackageGraph graph, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("environments");
        foreach (var environment in graph.Environments)
        {
            json.WriteStringValue(environment.Value);
        }

        json.WriteEndArray();
        json.WriteStartArray("packages");
        if (graph.Core is { } core)
        {
            Write(core, null, graph, json);
        }

        foreach (var (number, wave) in graph.Waves.Index())
        {
            foreach (var entry in wave)
            {
                Write(entry, number, graph, json);
            }
        }

        foreach (var entry in graph.Unordered)
        {
            Write(entry, null, graph, json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Without a wave: the core, and what stands in a circle or behind one.
    private static void Write(LockEntry entry, int? wave, PackageGraph graph, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        MirrorJson.WriteOrigin(entry, graph.Environments, json);
        json.WriteString("kind", entry.Kind.ToString());
        json.WriteString("version", entry.Version.ToString());
        json.WriteString("name", entry.ObjectName.Value);
        json.WriteBoolean("indirect", entry.IsIndirect);
        if (wave is { } number)
        {
            json.WriteNumber("wave", number);
        }
        else
        {
            json.WriteNull("wave");
        }

        json.WriteString("requiresCrossplane", entry.RequiresCrossplane?.Value.Text);
        if (entry.DependsOn is { } dependencies)
        {
            json.WriteStartArray("dependsOn");
            foreach (var dependency in dependencies)
            {
                json.WriteStartObject();
                json.WriteString("package", dependency.Package.ToString());
                json.WriteString("kind", dependency.Kind.ToString());
                json.WriteString("constraint", dependency.Constraint.Value.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
        else
        {
            json.WriteNull("dependsOn");
        }

        json.WriteEndObject();
    }
}
