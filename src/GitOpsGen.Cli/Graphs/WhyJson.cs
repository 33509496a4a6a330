using System.Collections.Immutable;
using System.Text.Json;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Model;
using GitOpsGen.Packages.Graphs;

namespace GitOpsGen.Cli.Graphs;

/// <summary>Why a package is there, for programs.</summary>
internal static class WhyJson
{
    public static void Write(Repository package, ImmutableArray<PackageReasons> answers, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("package", package.ToString());
        json.WriteObjects("answers", answers, Write);
        json.WriteEndObject();
    }

    private static void Write(PackageReasons reasons, Utf8JsonWriter json)
    {
        PackageJson.WriteEnvironments(reasons.Environments, json);
        json.WritePropertyName("entry");
        PackageJson.WriteEntry(reasons.Entry, json);
        json.WriteNumber("pathCount", reasons.PathCount);
        json.WriteBoolean("isPathCountExact", reasons.PathCount < DependencyPaths.CountLimit);
        json.WriteObjects("paths", reasons.Paths, Write);
        json.WriteTexts("dependenciesUnknown", reasons.Unknown.Select(entry => entry.Package.ToString()));
    }

    private static void Write(ImmutableArray<DependencyEdge> path, Utf8JsonWriter json)
    {
        json.WritePropertyName("from");
        PackageJson.WriteEntry(path[0].From, json);
        json.WriteObjects("steps", path, PackageJson.WriteConstraint);
    }
}
