using System.Collections.Immutable;
using System.Text.Json;
using GitOpsGen.Cli.Mirrors;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages;

namespace GitOpsGen.Cli.Graphs;

/// <summary>Reasons as data.</summary>
internal static class ReasonJson
{
    public static void Write(string package, ImmutableArray<Reason> reasons, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("package", package);
        json.WriteStartArray("reasons");
        foreach (var reason in reasons)
        {
            json.WriteStartObject();
            MirrorJson.WriteOrigin(reason.Entry, reason.Environments, json);
            json.WriteString("version", reason.Entry.Version.ToString());
            json.WriteBoolean("indirect", reason.Entry.IsIndirect);
            json.WriteStartArray("paths");
            foreach (var path in reason.Paths)
            {
                Write(path, json);
            }

            json.WriteEndArray();
            json.WriteNumber("count", reason.Count);
            json.WriteBoolean("isLowerBound", reason.Count == DependencyPaths.Countless);
            json.WriteStartArray("requiresCrossplane");
            foreach (var entry in reason.Requirements)
            {
                Write(entry, entry.RequiresCrossplane!.Value.Value, json);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // The constraint is the one that the step before puts on this one; the first has none.
    private static void Write(ImmutableArray<LockEntry> path, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        for (var i = 0; i < path.Length; i++)
        {
            Write(path[i], i == 0 ? null : path[i - 1].DependsOn!.Value.First(d => d.Package.Value == path[i].Package.Value).Constraint.Value, json);
        }

        json.WriteEndArray();
    }

    private static void Write(LockEntry entry, DependencyConstraint? constraint, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("package", entry.Package.ToString());
        json.WriteString("version", entry.Version.ToString());
        json.WriteString("constraint", constraint?.Text);
        json.WriteString("file", entry.Package.Span.File);
        json.WriteNumber("line", entry.Package.Span.Start.Line);
        json.WriteNumber("column", entry.Package.Span.Start.Column);
        json.WriteEndObject();
    }
}
