using System.Globalization;
using System.Text;

namespace GitOpsGen.Registry.Tests.Synthetic;

/// <summary>
/// A registry in the shape of Upbound's: three provider families with their members, functions, and configurations four levels deep, each in
/// several versions, which do not all need the same.
/// </summary>
internal sealed class PackageFleet
{
    private static readonly string[] Releases = ["v1.0.0", "v1.1.0", "v1.2.0", "v2.0.0", "v2.1.0-rc.1"];
    private static readonly string[] Clouds = ["aws", "azure", "gcp"];
    private static readonly string[] Functions = ["patch", "ready", "template", "sequence", "tags"];
    private static readonly string[] Services = ["compute", "storage", "network", "sql", "dns", "iam", "queue", "keys", "logs"];

    private static readonly Limit Any = new(">= 0.0.0", _ => true);
    private static readonly Limit One = new("v1", version => version.Major == 1);
    private static readonly Limit BelowTwo = new("<v2.0.0", version => version < new Version(2, 0, 0));
    private static readonly Limit FromOneOne = new(">=v1.1.0", version => version >= new Version(1, 1, 0));
    private static readonly Limit Exactly = new("v1.1.0", version => version == new Version(1, 1, 0));

    private readonly string host;
    private readonly MemoryRegistry registry;
    private readonly Dictionary<(string Path, string Tag), Published> packages = [];

    /// <param name="registry">Gets all of them.</param>
    /// <param name="host">What they call the registry.</param>
    public PackageFleet(MemoryRegistry registry, string host)
    {
        this.registry = registry;
        this.host = host;
        AddFamilies();
        AddFunctions();
        AddConfigurations();
    }

    /// <summary>The two that a lockfile declares; between them they need most of the rest.</summary>
    public static IReadOnlyList<string> Declared { get; } = ["acme/platform-eu v1.1.0", "acme/platform-us v1.0.0"];

    public IReadOnlyDictionary<(string Path, string Tag), Published> Packages => packages;

    /// <summary>A lockfile that declares packages as <c>path version</c>, of kind Configuration.</summary>
    public string Lockfile(params IEnumerable<string> declared) =>
        "lockfileVersion: 1\npackages:\n"
        + string.Concat(
            declared.Select(d =>
                d.Split(' ') is [var path, var version]
                    ? $"  # {path}\n  - package: {host}/{path}\n    kind: {packages[(path, version)].Kind}\n    version: {version}\n"
                    : throw new ArgumentException(d)
            )
        );

    /// <summary>What is needed in one environment, computed in the plainest way: <c>path version</c>, sorted.</summary>
    public IReadOnlyList<string> Closure(params IReadOnlyList<string> declared)
    {
        var fixedVersions = declared.Select(d => d.Split(' ')).ToDictionary(d => d[0], d => d[1]);
        var versions = new SortedDictionary<string, string>(fixedVersions, StringComparer.Ordinal);
        while (true)
        {
            var needs = versions.SelectMany(v => packages[(v.Key, v.Value)].Needs.Select(need => (From: v, need))).ToLookup(n => n.need.Path, n => n);
            var next = new SortedDictionary<string, string>(fixedVersions, StringComparer.Ordinal);
            foreach (var path in needs.Where(n => !fixedVersions.ContainsKey(n.Key)))
            {
                var allowed = Releases
                    .Where(r => !r.Contains('-', StringComparison.Ordinal) && path.All(n => n.need.Limit.Allows(Version.Parse(r[1..]))))
                    .ToList();
                var members = path.Where(n => n.From.Key.Contains("/provider-", StringComparison.Ordinal))
                    .Select(n => n.From.Value)
                    .Where(allowed.Contains)
                    .ToList();
                next[path.Key] =
                    path.Key.Contains("provider-family-", StringComparison.Ordinal) && members.Count > 0
                        ? members.Max(StringComparer.Ordinal)!
                        : allowed.Max(StringComparer.Ordinal)!;
            }

            if (next.SequenceEqual(versions))
                return [.. versions.Select(v => $"{v.Key} {v.Value}")];
            versions = next;
        }
    }

    private void AddFamilies()
    {
        foreach (var cloud in Clouds)
        {
            Add("Provider", $"upbound/provider-family-{cloud}", _ => []);
            foreach (var service in Services)
                Add("Provider", $"upbound/provider-{cloud}-{service}", _ => [new("Provider", $"upbound/provider-family-{cloud}", Any)]);
        }
    }

    private void AddFunctions()
    {
        foreach (var name in Functions)
            Add("Function", $"contrib/function-{name}", _ => []);
    }

    private void AddConfigurations()
    {
        Add(
            "Configuration",
            "acme/platform-eu",
            release => [Configuration("acme/landing-zone", One), Configuration("acme/data", release == "v1.0.0" ? Any : FromOneOne)]
        );
        Add("Configuration", "acme/platform-us", _ => [Configuration("acme/landing-zone", FromOneOne), Configuration("acme/edge", Any)]);
        Add(
            "Configuration",
            "acme/landing-zone",
            _ => [Configuration("acme/network", BelowTwo), Configuration("acme/security", Any), Function("patch", Any)]
        );
        Add("Configuration", "acme/data", _ => [Configuration("acme/security", One), Function("ready", One), .. Members(Any, "sql", "queue")]);
        Add(
            "Configuration",
            "acme/edge",
            release => [Configuration("acme/network", Any), .. release == "v2.0.0" ? Members(One, "dns") : Members(Any, "dns", "logs")]
        );
        Add(
            "Configuration",
            "acme/network",
            _ => [Function("sequence", Exactly), Function("template", Any), .. Members(FromOneOne, "network", "compute")]
        );
        Add(
            "Configuration",
            "acme/security",
            release => [Function("tags", BelowTwo), .. release == "v1.2.0" ? Members(One, "iam", "keys", "storage") : Members(Any, "iam", "keys")]
        );
    }

    private static Need Configuration(string path, Limit limit) => new("Configuration", path, limit);

    private static Need Function(string name, Limit limit) => new("Function", $"contrib/function-{name}", limit);

    private static IEnumerable<Need> Members(Limit limit, params IEnumerable<string> services) =>
        services.SelectMany(service => Clouds.Select(cloud => new Need("Provider", $"upbound/provider-{cloud}-{service}", limit)));

    private void Add(string kind, string path, Func<string, IReadOnlyList<Need>> needs)
    {
        foreach (var release in Releases)
        {
            var published = new Published(
                kind,
                needs(release),
                Image.Index(
                    ("linux/arm64", Image.Of("arm64", Layers.Of(("bin", $"{path} {release}")))),
                    ("linux/amd64", Image.Package(PackageYaml(kind, path, release, needs(release))))
                )
            );
            packages.Add((path, release), published);
            registry.Add(path, release, published.Image);
        }

        // Other tags beside releases.
        registry.Add(path, "latest", packages[(path, "v2.0.0")].Image).Add(path, "v1", packages[(path, "v1.2.0")].Image);
    }

    // Providers in the deprecated short form, as the real families; the release makes every image another.
    private string PackageYaml(string kind, string path, string release, IReadOnlyList<Need> needs)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"apiVersion: meta.pkg.crossplane.io/v1\nkind: {kind}\nmetadata:\n  name: {path.Split('/')[1]}\n  annotations: {{ release: {release} }}\n"
        );
        text.Append("spec:\n  crossplane: { version: \">=v1.12.1-0\" }\n  dependsOn:\n");
        foreach (var need in needs)
        {
            text.Append(
                need.Kind == "Provider"
                    ? $"    - {{ provider: {host}/{need.Path}, version: \"{need.Limit.Text}\" }}\n"
                    : $"    - {{ apiVersion: pkg.crossplane.io/v1, kind: {need.Kind}, package: {host}/{need.Path}, version: \"{need.Limit.Text}\" }}\n"
            );
        }

        return needs.Count > 0 ? text.ToString() : text.Replace("  dependsOn:\n", "").ToString();
    }

    /// <summary>A constraint as it is published, and what it means.</summary>
    internal sealed record Limit(string Text, Func<Version, bool> Allows);

    internal sealed record Need(string Kind, string Path, Limit Limit);

    internal sealed record Published(string Kind, IReadOnlyList<Need> Needs, Image Image);
}
