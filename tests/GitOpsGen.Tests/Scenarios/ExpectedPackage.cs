using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>A lock entry in one environment, as a test understands the two files by itself.</summary>
internal sealed partial record ExpectedPackage(JsonNode Entry, ExpectedRegistry Registry, bool PinsDigests)
{
    public string Upstream => Entry["package"]!.GetValue<string>();

    public string Kind => Entry["kind"]!.GetValue<string>();

    public bool IsOwn => Registry.Has(Host);

    /// <summary>The path in the private registry.</summary>
    public string MirrorPath => IsOwn || Registry.PrefixOf(Host) is "" ? UpstreamPath : $"{Registry.PrefixOf(Host)}/{UpstreamPath}";

    public string Repository => $"{Registry.Host}/{MirrorPath}";

    public string Tag => Entry["version"]!.GetValue<string>() + (PinsDigests ? "@" + Entry["digest"]!.GetValue<string>() : "");

    public string Reference => $"{Repository}:{Tag}";

    /// <summary>The name the user gives, else crossplane-runtime's ToDNSLabel of the path.</summary>
    public string ObjectName => Entry["name"]?.GetValue<string>()
        ?? Separators().Replace(Dropped().Replace(UpstreamPath[..Math.Min(63, UpstreamPath.Length)], ""), "-").Trim('-');

    /// <summary>Upstream repositories; <see langword="null"/> when they are not known.</summary>
    public IReadOnlyList<string>? DependsOn => Entry["dependsOn"] is JsonArray list ? [.. list.Select(item => item!["package"]!.GetValue<string>())] : null;

    private string Host => Upstream[..Upstream.IndexOf('/', StringComparison.Ordinal)];

    private string UpstreamPath => Upstream[(Host.Length + 1)..];

    [GeneratedRegex("[./:]")]
    private static partial Regex Separators();

    [GeneratedRegex("[^a-z0-9./:-]")]
    private static partial Regex Dropped();
}
