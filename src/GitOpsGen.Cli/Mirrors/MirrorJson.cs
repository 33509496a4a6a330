using System.Collections.Immutable;
using System.Text.Json;
using GitOpsGen.Cli.Reporting;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Planning;

namespace GitOpsGen.Cli.Mirrors;

/// <summary>A mirror plan as data, for other programs than skopeo and a shell.</summary>
internal static class MirrorJson
{
    public static void Write(MirrorPlan plan, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("ecrRepositories");
        foreach (var (registry, path) in plan.EcrRepositories)
        {
            json.WriteStartObject();
            json.WriteString("account", registry.Account.ToString());
            json.WriteString("region", registry.Region.ToString());
            json.WriteString("name", path);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("images");
        foreach (var copy in plan.Images)
        {
            json.WriteStartObject();
            WriteOrigin(copy.Image.Entry, copy.Environments, json);
            json.WriteString("version", copy.Tag);
            json.WriteString("digest", copy.Digest.Text);
            json.WriteString("source", copy.Source);
            json.WriteString("target", copy.Target);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("charts");
        foreach (var copy in plan.Charts)
        {
            json.WriteStartObject();
            WriteOrigin(copy.Core, copy.Environments, json);
            json.WriteString("chart", ChartPlan.Name);
            json.WriteString("version", copy.Target.Version.Text);
            json.WriteString("source", copy.Source.Repository.Url);
            json.WriteString("target", copy.Target.Repository.Url);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Which lock entry something comes from, and for whom.</summary>
    public static void WriteOrigin(LockEntry entry, ImmutableArray<EnvironmentName> environments, Utf8JsonWriter json)
    {
        json.WriteString("package", entry.Package.ToString());
        json.WriteString("file", entry.Package.Span.File);
        json.WriteNumber("line", entry.Package.Span.Start.Line);
        json.WriteNumber("column", entry.Package.Span.Start.Column);
        json.WriteTexts("environments", environments.Select(environment => environment.ToString()));
    }
}
