using System.Globalization;
using System.Text;

namespace GitOpsGen.Benchmarks;

/// <summary>The standard work: environments that all run the same 60 packages, in three waves, with IAM and Argo CD.</summary>
internal static class StandardWork
{
    /// <summary>Writes the inputs of a repository; with fewer packages for what is not about packages.</summary>
    public static void Write(string root, int environments, int packages = 60)
    {
        Directory.CreateDirectory(Path.Combine(root, ".config"));
        File.WriteAllText(Path.Combine(root, "packages.lock.yaml"), Lockfile(packages));
        File.WriteAllText(Path.Combine(root, ".config/gitopsgen.yaml"), Settings(environments));
    }

    /// <summary>Gives the first environment another version of every package, so that there is something to see and to promote.</summary>
    public static void MoveFirst(string root)
    {
        var path = Path.Combine(root, "packages.lock.yaml");
        var text = File.ReadAllText(path);
        var packages = text[text.IndexOf("  - package: xpkg.upbound.io", StringComparison.Ordinal)..];
        File.WriteAllText(
            path,
            text
                + packages
                    .Replace("v2.2.0", "v2.3.0", StringComparison.Ordinal)
                    .Replace("    dependsOn:", "    environments: [cluster-0000]\n    dependsOn:", StringComparison.Ordinal)
        );
    }

    /// <summary>Gives one package another version, everywhere.</summary>
    public static void Bump(string root) =>
        Edit(
            Path.Combine(root, "packages.lock.yaml"),
            "configuration-55\n    kind: Configuration\n    version: v2.2.0\n    locked: v2.2.0@",
            "configuration-55\n    kind: Configuration\n    version: v2.3.0\n    locked: v2.3.0@"
        );

    /// <summary>Gives one package another version, in ten environments.</summary>
    public static void BumpInTen(string root) =>
        File.AppendAllText(
            Path.Combine(root, "packages.lock.yaml"),
            """
              - package: xpkg.upbound.io/upbound/configuration-55
                kind: Configuration
                version: v2.3.0
                locked: v2.3.0@sha256:0000000000000000000000000000000000000000000000000000000000000001
                environments: ["cluster-000*"]
                dependsOn: []

            """
        );

    /// <summary>Gives every environment a prefix of its own, which is not its name: no two change alike.</summary>
    public static void MovePrefixes(string root)
    {
        var path = Path.Combine(root, ".config/gitopsgen.yaml");
        var lines = File.ReadAllLines(path)
            .SelectMany(line =>
                line.StartsWith("  cluster-", StringComparison.Ordinal)
                    ?
                    [
                        line,
                        $"    registry: {{ ecr: {{ account: \"123456789012\", region: eu-west-2 }}, prefix: {line.Trim(' ', ':').Replace("cluster", "mirror", StringComparison.Ordinal)} }}",
                    ]
                    : new[] { line }
            );
        File.WriteAllLines(path, lines);
    }

    private static void Edit(string path, string old, string with)
    {
        var text = File.ReadAllText(path);
        var edited = text.Replace(old, with, StringComparison.Ordinal);
        File.WriteAllText(path, edited == text ? throw new InvalidOperationException($"'{old}' is not in {path}.") : edited);
    }

    private static string Lockfile(int packages)
    {
        var text = new StringBuilder(
            """
            lockfileVersion: 1
            packages:
              - package: xpkg.crossplane.io/crossplane/crossplane
                kind: Crossplane
                version: v2.3.4
                locked: v2.3.4@sha256:0000000000000000000000000000000000000000000000000000000000000000
                chart: { repository: https://charts.crossplane.io/stable, version: 2.3.4 }

            """
        );
        for (var i = 0; i < packages; i++)
        {
            var dependency =
                i == 0
                    ? "[]"
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"[{{ package: xpkg.upbound.io/upbound/{Name(i < 50 ? 0 : i - 40)}, kind: Provider, constraint: \">= 0.0.0\" }}]"
                    );
            text.Append(
                CultureInfo.InvariantCulture,
                $"""
                  - package: xpkg.upbound.io/upbound/{Name(i)}
                    kind: {(i < 50 ? "Provider" : "Configuration")}
                    version: v2.2.0
                    locked: v2.2.0@sha256:{i:x64}
                    dependsOn: {dependency}

                """
            );
        }

        return text.ToString();

        static string Name(int i) =>
            i switch
            {
                0 => "provider-family-aws",
                < 50 => string.Create(CultureInfo.InvariantCulture, $"provider-aws-service{i}"),
                _ => string.Create(CultureInfo.InvariantCulture, $"configuration-{i}"),
            };
    }

    private static string Settings(int environments)
    {
        var text = new StringBuilder(
            """
            settingsVersion: 1
            defaults:
              install: direct
              registry: { ecr: { account: "123456789012", region: eu-west-2 } }
              gitops:
                engine: argocd
                argocd: { repoURL: https://github.com/acme/platform.git, destination: { server: https://kubernetes.default.svc } }
            environments:

            """
        );
        for (var i = 0; i < environments; i++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $$"""
                  cluster-{{i:0000}}:
                    iam:
                      packageManager: { role: pull-{{i}}, oidcIssuer: oidc.eks.eu-west-2.amazonaws.com/id/{{i}} }
                      nodes: { roles: [nodes-{{i}}] }

                """
            );
        }

        return text.ToString();
    }
}
