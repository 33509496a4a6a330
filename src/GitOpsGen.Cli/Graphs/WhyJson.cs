using System.Collections.Immutable;
using System.Text.Json;
using GitOpsGen.Model;
using GitOpsGen.Packages.Questions;

namespace GitOpsGen.Cli.Graphs;

/// <summary>Why a package is there, for programs.</summary>
internal static class WhyJson
{
    public static void Write(Repository package, ImmutableArray<PackageReasons> answers, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("package", package.ToString());
        json.WriteStartArray("answers");
        foreach (var reasons in answers)
        {
            json.WriteStartObject();
            PackageJson.WriteEnvironments(reasons.Environments, json);
            json.WritePropertyName("entry");
            PackageJson.WriteEntry(reasons.Entry, json);
            json.WriteNumber("pathCount", reasons.PathCount);
            json.WriteBoolean("isPathCountExact", reasons.PathCount < DependencyPaths.CountLimit);
            WritePaths(reasons, json);
            json.WriteStartArray("dependenciesUnknown");
            foreach (var entry in reasons.Unknown)
            {
                json.WriteStringValue(entry.Package.ToString());
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePaths(PackageReasons reasons, Utf8JsonWriter json)
    {
        json.WriteStartArray("paths");
        foreach (var path in reasons.Paths)
        {
            json.WriteStartObject();
            json.WritePropertyName("from");
            PackageJson.WriteEntry(path[0].From, json);
            json.WriteStartArray("steps");
            foreach (var edge in path)
            {
                json.WriteStartObject();
                PackageJson.WriteConstraint(edge, json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
