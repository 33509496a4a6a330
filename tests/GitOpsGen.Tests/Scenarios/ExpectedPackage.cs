using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>A lock entry in one environment, as a test understands the two files by itself.</summary>
/// <param name="Entry">The entry of the lockfile.</param>
/// <param name="Registry">Where it is pulled from.</param>
/// <param name="Settings">The environment, merged with the defaults.</param>
internal sealed partial record ExpectedPackage(JsonNode Entry, ExpectedRegistry Registry, JsonObject Settings)
{
    public string Upstream => Entry["package"]!.GetValue<string>();

    public string Kind => Entry["kind"]!.GetValue<string>();

    /// <summary>Whether it is pulled where it was published.</summary>
    public bool IsOwn => Registry.Keeps(Upstream);

    /// <summary>Whether ImageConfigs redirect the pulls of packages.</summary>
    public bool IsRewritten => (Settings["install"]?.GetValue<string>() ?? "rewrite") == "rewrite" && Kind != "Crossplane";

    /// <summary>The path in the private registry.</summary>
    public string MirrorPath => Registry.PathOf(Upstream);

    public string Repository => $"{Registry.Host}/{MirrorPath}";

    public string Tag => Entry["version"]!.GetValue<string>() + (IsPinned && !IsRewritten ? $"@{Digest}" : "");

    /// <summary>What the object says.</summary>
    public string Reference => $"{(IsRewritten ? Upstream : Repository)}:{Tag}";

    /// <summary>What is pulled in the end: with <c>rewrite</c>, a pin leaves the tag out.</summary>
    public string PulledReference
    {
        get
        {
            var repository = IsRewritten && IsOwn ? Upstream : Repository;
            return IsRewritten && IsPinned ? $"{repository}@{Digest}" : $"{repository}:{Tag}";
        }
    }

    /// <summary>Whether pulls are by the locked digest.</summary>
    public bool IsPinned => Settings["pin"]?.GetValue<string>() == "digest";

    /// <summary>The locked digest.</summary>
    public string Digest => Entry["locked"]!.GetValue<string>().Split('@')[1];

    /// <summary>The name the user gives, else crossplane-runtime's ToDNSLabel of the path.</summary>
    public string ObjectName =>
        Entry["name"]?.GetValue<string>()
        ?? Separators().Replace(Dropped().Replace(UpstreamPath[..Math.Min(63, UpstreamPath.Length)], ""), "-").Trim('-');

    /// <summary>Upstream repositories; <see langword="null"/> when they are not known.</summary>
    public IReadOnlyList<string>? DependsOn =>
        Entry["dependsOn"] is JsonArray list ? [.. list.Select(item => item!["package"]!.GetValue<string>())] : null;

    /// <summary>The object's spec.</summary>
    public JsonObject Spec
    {
        get
        {
            var spec = Option("spec", said => said) ?? [];
            spec["package"] = Reference;
            if (RuntimeSpec is not null)
                spec["runtimeConfigRef"] = new JsonObject { ["name"] = RuntimeName };
            if (!IsRewritten)
                spec["skipDependencyResolution"] = true;
            return spec;
        }
    }

    /// <summary>The name of the package's DeploymentRuntimeConfig, where it has one.</summary>
    public string RuntimeName => Option("runtime", said => said)?["name"]?.GetValue<string>() ?? ObjectName;

    /// <summary>The spec of the package's DeploymentRuntimeConfig, where it has one.</summary>
    public JsonObject? RuntimeSpec
    {
        get
        {
            var spec = Kind == "Configuration" ? null : Option("runtime", WithoutShorthands);
            if (spec is not null && Option("runtime", said => said)!["serviceAccount"]?["role"]?.GetValue<string>() is { } role)
                Give(spec, role);
            if ((spec?["deploymentTemplate"] as JsonObject)?["spec"] is JsonObject deployment)
            {
                Below(deployment, "selector");
                if (Below(deployment, "template")["spec"] is JsonObject pod)
                    pod["containers"] ??= new JsonArray();
            }

            return spec;
        }
    }

    private void Give(JsonObject spec, string role)
    {
        var iam = Settings["iam"]!;
        var issuer =
            iam["runtime"]?["identity"]?.GetValue<string>() == "podIdentity"
                ? null
                : iam["runtime"]?["oidcIssuer"]?.GetValue<string>() ?? iam["packageManager"]?["oidcIssuer"]?.GetValue<string>();
        var partition =
            Registry.IsEcr ? Registry.Partition
            : issuer?.Contains(".amazonaws.com.cn/", StringComparison.Ordinal) == true ? "aws-cn"
            : "aws";
        var account = Settings["cluster"]?["account"]?.GetValue<string>() ?? Registry.Account;
        var arn = role.StartsWith("arn:", StringComparison.Ordinal) ? role : $"arn:{partition}:iam::{account}:role/{role}";
        var template = Below(Below(Below(spec, "deploymentTemplate"), "spec"), "template");
        Below(Below(template, "metadata"), "annotations")["eks.amazonaws.com/role-arn"] = arn;
        if (template["spec"]?["serviceAccountName"] is not null)
            return;
        var metadata = Below(Below(spec, "serviceAccountTemplate"), "metadata");
        metadata["name"] ??= RuntimeName;
        if (issuer is not null)
            Below(metadata, "annotations")["eks.amazonaws.com/role-arn"] = arn;
    }

    private static JsonObject WithoutShorthands(JsonObject runtime)
    {
        var spec = new JsonObject(runtime.Where(pair => pair.Key.EndsWith("Template", StringComparison.Ordinal)).Select(Copy));
        if (runtime["replicas"] is { } replicas)
            Below(Below(spec, "deploymentTemplate"), "spec")["replicas"] = replicas.DeepClone();
        if (runtime["serviceAccount"]?["name"] is { } name)
            Below(Below(spec, "serviceAccountTemplate"), "metadata")["name"] = name.DeepClone();
        foreach (var pair in runtime["serviceAccount"]?["annotations"]?.AsObject() ?? [])
            Below(Below(Below(spec, "serviceAccountTemplate"), "metadata"), "annotations").Add(Copy(pair));
        return spec;
    }

    private static KeyValuePair<string, JsonNode?> Copy(KeyValuePair<string, JsonNode?> pair) => new(pair.Key, pair.Value?.DeepClone());

    private static JsonObject Below(JsonObject parent, string key)
    {
        if (parent[key] is not JsonObject below)
            parent[key] = below = [];
        return below;
    }

    private string Host => Upstream[..Upstream.IndexOf('/', StringComparison.Ordinal)];

    private string UpstreamPath => Upstream[(Host.Length + 1)..];

    /// <summary>What globs say, and over it what the name says.</summary>
    private JsonObject? Option(string key, Func<JsonObject, JsonObject> read) =>
        (Settings["packages"]?.AsObject() ?? [])
            .Where(pair => ExpectedPlan.Matches(pair.Key, ObjectName) && pair.Value?[key] is not null)
            .OrderBy(pair => pair.Key == ObjectName)
            .Select(pair => (JsonNode)read(pair.Value![key]!.AsObject()))
            .Aggregate(
                (JsonObject?)null,
                (under, over) => (JsonObject)(under is null ? over.DeepClone() : ExpectedPlan.Merge(under, over, "/packages"))
            );

    [GeneratedRegex("[./:]")]
    private static partial Regex Separators();

    [GeneratedRegex("[^a-z0-9./:-]")]
    private static partial Regex Dropped();
}
