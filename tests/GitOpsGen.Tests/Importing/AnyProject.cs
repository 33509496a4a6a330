using System.Globalization;
using System.Text;
using CsCheck;

namespace GitOpsGen.Tests.Importing;

/// <summary>A lockfile and settings that nobody thought of: what a cluster can say of both.</summary>
internal sealed record AnyProject(string Lockfile, string Settings)
{
    private const string Ecr = "ecr: { account: \"123456789012\", region: eu-west-2 }";

    private static readonly string[] Kinds = ["Provider", "Function", "Configuration"];
    private static readonly string[] Organisations = ["xpkg.upbound.io/upbound", "xpkg.crossplane.io/crossplane-contrib", "ghcr.io/acme"];

    // Registry, routes, and how packages are installed from there.
    private static readonly string[] Places =
    [
        "",
        $"registry: {{ {Ecr} }}\ninstall: direct",
        $"registry: {{ {Ecr}, prefix: mirror }}",
        "registry: { host: harbor.example.com, prefix: { xpkg.upbound.io: up, default: other }, pullSecret: harbor }",
        "registry: { host: harbor.example.com, pullSecret: harbor }\nupstreams: { ghcr.io/acme: { from: upstream, pullSecret: ghcr }, xpkg.upbound.io/upbound: { path: team } }",
        $"registry: {{ {Ecr}, prefix: mirror }}\nupstreams: {{ xpkg.crossplane.io: {{ host: harbor.example.com, prefix: xpkg, pullSecret: harbor }}, ghcr.io: {{ prefix: github }} }}",
        "upstreams: { xpkg.upbound.io/upbound: { from: upstream, pullSecret: upbound } }",
    ];

    private static readonly string[] Engines =
    [
        "",
        "gitops: { engine: flux }",
        "gitops: { engine: flux, flux: { name: xp, namespace: infra, helmRelease: { name: core, storageNamespace: infra }, source: { kind: OCIRepository, name: platform } } }",
    ];

    private static readonly string[] Runtimes =
    [
        "runtime: { replicas: 2 }",
        "runtime: { name: shared, deploymentTemplate: { spec: { template: { spec: { serviceAccountName: outside } } } } }",
        "runtime: { serviceAccount: { annotations: { example.com/a: \"b\" } } }",
        "runtime: { name: own-N, serviceAccount: { name: account-N } }",
        "runtime: { deploymentTemplate: { spec: { template: { spec: { containers: [{ name: package-runtime, args: [--debug] }] } } } }, serviceTemplate: { metadata: { labels: { a: b } } } }",
    ];

    private static readonly string[] Specs =
    [
        "spec: { revisionHistoryLimit: 3 }",
        "spec: { packagePullPolicy: Always }",
        "spec: { commonLabels: { a: b } }",
    ];

    private static readonly string[] Marks =
    [
        "metadata: { labels: { team: a } }",
        "metadata: { labels: { team: b }, annotations: { example.com/owner: \"1\" } }",
    ];

    private static readonly Gen<Package> OnePackage =
        from kind in Gen.Int[0, 2]
        from organisation in Gen.Int[0, 2]
        from version in Gen.Int[0, 9]
        from isNamed in Gen.Bool
        from runtime in Gen.Int[-2, 4]
        from spec in Gen.Int[-2, 2]
        from mark in Gen.Int[-2, 1]
        select new Package(kind, organisation, version, isNamed, runtime, spec, mark);

    /// <summary>Any of them.</summary>
    public static Gen<AnyProject> Any { get; } =
        from place in Gen.Int[0, Places.Length - 1]
        from engine in Gen.Int[0, Engines.Length - 1]
        from replicas in Gen.Int[1, 5]
        from isPinned in Gen.Bool
        from isMarked in Gen.Bool
        from packages in OnePackage.Array[1, 8]
        select Of(place, engine, replicas, isPinned, isMarked, packages);

    private static AnyProject Of(int place, int engine, int replicas, bool isPinned, bool isMarked, Package[] packages)
    {
        var lockfile = new StringBuilder("lockfileVersion: 1\npackages:\n");
        Entry("xpkg.crossplane.io/crossplane/crossplane", "Crossplane", "v2.3.4");
        lockfile.Append("    chart: { repository: https://charts.crossplane.io/stable, version: 2.3.4 }\n");
        var settings = new StringBuilder("settingsVersion: 1\nenvironments:\n  main:\n");
        string[] lines =
        [
            Places[place],
            isPinned ? "pin: digest" : "",
            isMarked ? "metadata: { labels: { of: all } }" : "",
            Engines[engine],
            $"crossplane: {{ values: {{ replicas: {replicas} }} }}",
        ];
        settings
            .AppendJoin("", lines.SelectMany(line => line.Split('\n')).Where(line => line.Length > 0).Select(line => $"    {line}\n"))
            .Append("    packages:\n");
        foreach (var (i, package) in packages.Index())
        {
            var name = $"{Kinds[package.Kind].ToLowerInvariant()}-{i}";
            Entry($"{Organisations[package.Organisation]}/{name}", Kinds[package.Kind], $"v{package.Version}.0.0");
            lockfile.Append(package.IsNamed ? $"    name: named-{i}\n" : "");
            string[] parts =
            [
                package.Runtime >= 0 && package.Kind != 2 ? Runtimes[package.Runtime].Replace("-N", $"-{i}", StringComparison.Ordinal) : "",
                package.Spec >= 0 ? Specs[package.Spec] : "",
                package.Mark >= 0 ? Marks[package.Mark] : "",
            ];
            var key = package.IsNamed ? $"named-{i}" : $"{Organisations[package.Organisation].Split('/')[1]}-{name}";
            settings.Append(CultureInfo.InvariantCulture, $"      {key}: {{ {string.Join(", ", parts.Where(part => part.Length > 0))} }}\n");
        }

        return new(lockfile.ToString(), settings.ToString());

        void Entry(string package, string kind, string version)
        {
            lockfile.Append(CultureInfo.InvariantCulture, $"  - package: {package}\n    kind: {kind}\n    version: {version}\n");
            lockfile.Append(
                isPinned
                    ? $"    locked: {version}@sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(package)))}\n"
                    : ""
            );
        }
    }

    private sealed record Package(int Kind, int Organisation, int Version, bool IsNamed, int Runtime, int Spec, int Mark);
}
