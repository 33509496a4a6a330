using System.Text.Json;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages.Graphs;

namespace GitOpsGen.Cli.Graphs;

/// <summary>Entries and constraints for programs, as <c>why</c> and <c>graph</c> name them.</summary>
internal static class PackageJson
{
    public static void WriteEnvironments(IEnumerable<EnvironmentName> environments, Utf8JsonWriter json) =>
        json.WriteTexts("environments", environments.Select(name => name.Value));

    /// <summary>An entry as an object; null where there is none.</summary>
    public static void WriteEntry(LockEntry? entry, Utf8JsonWriter json)
    {
        if (entry is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        WriteFields(entry, json);
        json.WriteEndObject();
    }

    public static void WriteFields(LockEntry entry, Utf8JsonWriter json)
    {
        json.WriteString("package", entry.Package.ToString());
        json.WriteString("kind", $"{entry.Kind}");
        json.WriteString("name", entry.ObjectName.Value);
        json.WriteString("version", entry.Version.ToString());
        json.WriteBoolean("indirect", entry.IsIndirect);
        json.WritePlace(entry.Package.Span);
    }

    /// <summary>What is asked for, and whether it is there; the place is the constraint's.</summary>
    public static void WriteConstraint(DependencyEdge edge, Utf8JsonWriter json)
    {
        json.WriteString("package", edge.Target.ToString());
        json.WriteString("constraint", edge.Constraint.Value.Text);
        json.WriteString("locked", edge.To?.Version.ToString());
        json.WriteString("state", Word(edge.State));
        json.WritePlace(edge.Constraint.Span);
    }

    public static string Word(EdgeState state) =>
        state switch
        {
            EdgeState.Met => "met",
            EdgeState.NotMet => "notMet",
            EdgeState.Unreadable => "unreadable",
            _ => "missing",
        };
}
