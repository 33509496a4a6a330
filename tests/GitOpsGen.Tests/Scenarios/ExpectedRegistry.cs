using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>Where an environment pulls from, for one package or for all, read by a test from merged settings.</summary>
internal sealed partial record ExpectedRegistry(string Host, string? Account, string? Region, JsonNode? Prefix)
{
    // Region to partition and host suffix: aws-gitops.md, section 1.a, one by one instead of by pattern.
    private static readonly Dictionary<string, (string Partition, string Suffix)> Regions = new()
    {
        // Of the form of a region; AWS lists neither.
        ["eu-west-4"] = ("aws", "amazonaws.com"),
        ["us-gov-central-1"] = ("aws-us-gov", "amazonaws.com"),
        ["eu-west-2"] = ("aws", "amazonaws.com"),
        ["eu-central-1"] = ("aws", "amazonaws.com"),
        ["us-east-1"] = ("aws", "amazonaws.com"),
        ["us-east-2"] = ("aws", "amazonaws.com"),
        ["eu-west-1"] = ("aws", "amazonaws.com"),
        ["eu-north-1"] = ("aws", "amazonaws.com"),
        ["cn-north-1"] = ("aws-cn", "amazonaws.com.cn"),
        ["cn-northwest-1"] = ("aws-cn", "amazonaws.com.cn"),
        ["us-gov-west-1"] = ("aws-us-gov", "amazonaws.com"),
        ["us-gov-east-1"] = ("aws-us-gov", "amazonaws.com"),
        ["eusc-de-east-1"] = ("aws-eusc", "amazonaws.eu"),
        ["us-iso-east-1"] = ("aws-iso", "c2s.ic.gov"),
        ["us-isob-east-1"] = ("aws-iso-b", "sc2s.sgov.gov"),
        ["eu-isoe-west-1"] = ("aws-iso-e", "cloud.adc-e.uk"),
        ["us-isof-south-1"] = ("aws-iso-f", "csp.hci.ic.gov"),
    };

    /// <summary>Whether packages are pulled where they were published.</summary>
    public bool IsUpstream { get; init; }

    /// <summary>The key of <c>upstreams</c> that decides; <see langword="null"/> for the environment's own registry.</summary>
    public string? Route { get; init; }

    /// <summary>What takes the place of host and organisation.</summary>
    public string? Path { get; init; }

    /// <summary>Whether the route names a place below the registry.</summary>
    public bool Moves { get; init; }

    public bool IsCache { get; init; }

    public string? Secret { get; init; }

    public bool IsEcr => Account is not null;

    public string Partition => Regions[Region!].Partition;

    /// <summary>The folder below <c>iam/registries/</c>.</summary>
    public string Folder => $"{Account}-{Region}";

    /// <summary>What decides about one upstream repository: the longest key that ends where a segment of it does.</summary>
    public static ExpectedRegistry For(JsonObject settings, string upstream)
    {
        var standard = Of(settings["registry"]);
        var key = Routes(settings).Where(key => $"{upstream}/".StartsWith($"{key}/", StringComparison.Ordinal)).MaxBy(key => key.Length);
        var route = key is null ? null : settings["upstreams"]![key]!.AsObject();
        if (route is null ? standard.IsUpstream : route["from"] is not null)
            return Of(new JsonObject { ["host"] = upstream.Split('/')[0] }) with
            {
                IsUpstream = true,
                Route = key,
                Secret = route?["pullSecret"]?.GetValue<string>(),
            };
        if (route is null)
            return standard;
        var place = route["host"] is null && route["ecr"] is null ? standard : Of(route);
        return place with
        {
            Route = key,
            Prefix = route["prefix"] ?? place.Prefix,
            Path = route["path"]?.GetValue<string>(),
            Moves = route["path"] is not null || route["prefix"] is not null,
            IsCache = route["pullThrough"]?.GetValue<bool>() == true,
            Secret = route["pullSecret"]?.GetValue<string>() ?? place.Secret,
        };
    }

    /// <summary>The registry that roles given by name belong to.</summary>
    public static ExpectedRegistry Home(JsonObject settings) =>
        Routes(settings)
            .Order(StringComparer.Ordinal)
            .Select(key => For(settings, key))
            .Prepend(Of(settings["registry"]))
            .FirstOrDefault(place => place.IsEcr)
        ?? Of(settings["registry"]);

    private static IEnumerable<string> Routes(JsonObject settings) => (settings["upstreams"]?.AsObject() ?? []).Select(pair => pair.Key);

    private static ExpectedRegistry Of(JsonNode? registry) =>
        registry is JsonObject known
            ? Read(known) with
            {
                Secret = known["pullSecret"]?.GetValue<string>(),
            }
            : new("upstream.invalid", null, null, null) { IsUpstream = true };

    /// <summary>A registry by its host.</summary>
    public static ExpectedRegistry At(string host) => Read(new() { ["host"] = host });

    private static ExpectedRegistry Read(JsonObject registry)
    {
        if (registry["ecr"] is { } ecr)
        {
            var (account, region) = (ecr["account"]!.GetValue<string>(), ecr["region"]!.GetValue<string>());
            return new($"{account}.dkr.ecr.{region}.{Regions[region].Suffix}", account, region, registry["prefix"]);
        }

        var host = registry["host"]!.GetValue<string>();
        var match = EcrHost().Match(host);
        var isKnown = match.Success && Regions.ContainsKey(match.Groups[2].Value);
        return new(host, isKnown ? match.Groups[1].Value : null, isKnown ? match.Groups[2].Value : null, registry["prefix"]);
    }

    /// <summary>The path of an upstream repository here.</summary>
    public string PathOf(string upstream)
    {
        var path = upstream[(upstream.IndexOf('/', StringComparison.Ordinal) + 1)..];
        if (Keeps(upstream))
            return path;
        var folder = Path ?? PrefixOf(upstream.Split('/')[0]);
        var rest = Path is not null && path.Contains('/') ? path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..] : path;
        return folder.Length == 0 ? rest : $"{folder}/{rest}";
    }

    /// <summary>Whether an upstream repository is pulled where it is.</summary>
    public bool Keeps(string upstream) => IsUpstream || (!Moves && Has(upstream.Split('/')[0]));

    /// <summary>What the references begin with that are pulled as a repository is: its organisation, or the longer key, or it alone.</summary>
    public string ScopeOf(string upstream)
    {
        var parts = upstream.Split('/');
        return upstream == Route || parts.Length == 2 ? $"{upstream}:"
            : Route?.Split('/').Length > 2 ? $"{Route}/"
            : $"{parts[0]}/{parts[1]}/";
    }

    public string PrefixOf(string upstreamHost) =>
        Prefix switch
        {
            null => "",
            JsonObject map => (map[upstreamHost] ?? map["default"])?.GetValue<string>() ?? "",
            _ => Prefix.GetValue<string>(),
        };

    /// <summary>Whether a host is this registry's, whichever of ECR's hosts it is.</summary>
    public bool Has(string host) =>
        host == Host || (EcrHost().Match(host) is { Success: true } match && match.Groups[1].Value == Account && match.Groups[2].Value == Region);

    public string ArnOf(string path) => $"arn:{Partition}:ecr:{Region}:{Account}:repository/{path}";

    [GeneratedRegex(@"^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws|on\.amazonwebservices\.com\.cn)$")]
    private static partial Regex EcrHost();
}
