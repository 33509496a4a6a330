using System.Security.Cryptography;
using System.Text;
using CsCheck;

namespace GitOpsGen.Tests.Laws;

/// <summary>A lockfile and settings without an error, of any size and mixture.</summary>
internal sealed record RandomProject(RandomPackage[] Packages, RandomEnvironment[] Environments)
{
    private static readonly string[] Kinds = ["Provider", "Function", "Configuration"];
    private static readonly string[] Organisations =
    [
        "xpkg.upbound.io/upbound/",
        "xpkg.upbound.io/acme/",
        "ghcr.io/acme/deep/er/",
        "123456789012.dkr.ecr.eu-west-2.amazonaws.com/own/",
        "ghcr.io/",
        "123456789012.dkr.ecr.eu-west-2.amazonaws.com/",
    ];

    private static readonly string[] Registries =
    [
        "ecr: { account: \"123456789012\", region: eu-west-2 }",
        "ecr: { account: \"123456789012\", region: cn-north-1 }",
        "ecr: { account: \"210987654321\", region: eu-west-2 }",
        "host: 123456789012.dkr-ecr.eu-west-2.on.aws",
        "host: harbor.example.com:8443",
        "none",
    ];

    // Each key once or not at all. A partition cannot be left, so there is no other ECR beside the one in China.
    private static readonly (string Key, string[] Ways)[] Routes =
    [
        ("ghcr.io", ["from: upstream", $"{OtherEcr}, prefix: cache, pullThrough: true", $"{OtherEcr}, pullThrough: true", "host: jfrog.example.com"]),
        ("ghcr.io/acme", ["from: upstream", "host: quay.example.com, path: q, pullSecret: quay", $"{OtherEcr}, path: proxy, pullThrough: true"]),
        ("ghcr.io/acme/deep", ["from: upstream, pullSecret: deep", "host: other.example.com, prefix: p/q", $"{OtherEcr}, path: flat"]),
        ("xpkg.upbound.io", ["host: quay.example.com, prefix: other", "from: upstream", $"{OtherEcr}, prefix: up"]),
        ("xpkg.upbound.io/upbound", ["from: upstream, pullSecret: upbound", "host: other.example.com, path: flat"]),
        ("xpkg.crossplane.io/crossplane", ["from: upstream", "host: core.example.com, path: c"]),
        ("123456789012.dkr.ecr.eu-west-2.amazonaws.com/own", [$"{OtherEcr}, path: renamed", "host: other.example.com, prefix: own"]),
    ];

    private const string OtherEcr = "ecr: { account: \"333333333333\", region: eu-west-2 }";

    private static readonly Gen<string[]> SomeRoutes = Gen.Int[-2, 3]
        .Array[Routes.Length]
        .Select(choices =>
            Routes
                .Zip(choices)
                .Where(pair => pair.Second >= 0 && pair.Second < pair.First.Ways.Length)
                .Select(pair => $"{pair.First.Key}: {{ {pair.First.Ways[pair.Second]} }}")
                .ToArray()
        );

    // All by upstream host or none, so that a mirror's place stays one package's own.
    private static readonly string[] Prefixes = ["\"\"", "mirror/xpkg", "{ ghcr.io: gh, default: all }"];

    private static readonly Gen<RandomPackage> Package = Gen.Select(
        Gen.Int[0, 2],
        Gen.Int[0, 5],
        Gen.Int[0, 9],
        Gen.Bool,
        Gen.Int[0, 40].Array[0, 4],
        Gen.Int[0, 9],
        (kind, organisation, version, hasOther, needs, named) => new RandomPackage(kind, organisation, version, hasOther, needs, IsNamed: named == 0)
    );

    private static readonly Gen<RandomEnvironment> Environment =
        from environment in Gen.Select(
            Gen.Int[0, 5],
            Gen.Bool,
            Gen.Bool,
            Gen.Bool,
            Gen.Bool,
            (registry, pins, folds, argoCd, manages) => new RandomEnvironment(registry, pins, folds, argoCd, manages)
        )
        from isRewritten in Gen.Bool
        from hasPullSecret in Gen.Bool
        from packages in Gen.Int[0, 3]
        from routes in Gen.Frequency((1, Gen.Const(Array.Empty<string>())), (2, SomeRoutes))
        select environment with
        {
            Routes = Registries[environment.Registry].Contains("cn-north-1", StringComparison.Ordinal)
                ? [.. routes.Where(route => !route.Contains("ecr:", StringComparison.Ordinal))]
                : routes,
            IsRewritten = isRewritten,
            HasPullSecret = hasPullSecret,
            Packages = packages,
        };

    public static Gen<RandomProject> Any { get; } =
        from packages in Package.Array[0, 25]
        from environments in Environment.Array[0, 4]
        from prefix in Gen.Int[0, 2]
        select new RandomProject(packages, environments) { Prefix = prefix };

    public int Prefix { get; init; }

    /// <summary>What makes each name longer.</summary>
    public string Longer { get; init; } = "";

    public string Lockfile(bool isReversed)
    {
        var entries = new List<string>
        {
            "  - package: xpkg.crossplane.io/crossplane/crossplane\n    kind: Crossplane\n    version: v2.3.4\n"
                + $"    locked: v2.3.4@{Digest("core")}\n    chart: {{ repository: https://charts.crossplane.io/stable, version: 2.3.4 }}\n",
        };
        for (var i = 0; i < Packages.Length; i++)
        {
            entries.Add(Entry(i, 0, ""));
            if (Packages[i].HasOther && Environments.Length > 0)
                entries.Add(Entry(i, 1, $"    environments: [env-{i % Environments.Length}]\n"));
        }

        return "lockfileVersion: 1\npackages:\n" + string.Concat(isReversed ? Enumerable.Reverse(entries) : entries);
    }

    public string Settings(bool isReversed)
    {
        var environments = Environments
            .Select((environment, number) => environment.Text($"env-{number}", Registries[environment.Registry], Prefixes[Prefix]))
            .ToList();
        return Environments.Length == 0
            ? "settingsVersion: 1\nenvironments: {}\n"
            : "settingsVersion: 1\nrules: { GOG2010: warning }\nenvironments:\n"
                + string.Concat(isReversed ? Enumerable.Reverse(environments) : environments);
    }

    private static string Digest(string of) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(of)));

    private string Upstream(int i) => $"{Organisations[Packages[i].Organisation]}{Kinds[Packages[i].Kind].ToLowerInvariant()}-{i}{Longer}";

    // Needs point backwards, so that there is no circle.
    private string Entry(int i, int plus, string environments)
    {
        var package = Packages[i];
        var needs = package
            .Needs.Where(_ => i > 0)
            .Select(need => need % i)
            .Distinct()
            .Select(need => $"      - {{ package: {Upstream(need)}, kind: {Kinds[Packages[need].Kind]}, constraint: \">= 0.0.0\" }}\n")
            .ToList();
        return $"  - package: {Upstream(i)}\n    kind: {Kinds[package.Kind]}\n    version: v{package.Version + plus}.0.0\n    locked: v{package.Version + plus}.0.0@{Digest($"{i}+{plus}")}\n"
            + environments
            + (package.IsNamed ? $"    name: named-{i}\n" : "")
            + (needs.Count == 0 ? "    dependsOn: []\n" : "    dependsOn:\n" + string.Concat(needs));
    }
}
