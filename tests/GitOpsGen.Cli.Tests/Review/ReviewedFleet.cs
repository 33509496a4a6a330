using System.Globalization;
using System.Text;

namespace GitOpsGen.Cli.Tests.Review;

/// <summary>
/// A fleet with a change that has a bit of everything, as one page: dangers, packages of every kind of step, access, images, drift. Made once for
/// all tests of a class.
/// </summary>
public sealed class ReviewedFleet : IDisposable
{
    private static readonly string[] Environments =
    [
        "dev",
        "staging",
        "prod-eu-central-1",
        "prod-eu-west-1",
        "prod-eu-west-2",
        "prod-us-east-1",
        "prod-us-west-2",
        "prod-ap-southeast-2",
        "prod-sa-east-1",
        "sandbox",
    ];

    private readonly WorkFolder folder = new();

    public ReviewedFleet()
    {
        var git = Testing.GitFolder.Init(folder.Path);
        folder.Write(WorkFolder.Settings, Settings());
        folder.Write(WorkFolder.Lockfile, Lockfile(changed: false));
        InProcess.Run(folder.Path, "render", "--quiet").Exits(0);
        // Somebody edited the output of one environment by hand.
        folder.Edit("manifests/overlays/sandbox/packages/wave-1/upbound-provider-aws-s3.yaml", "v2.2.0", "v2.1.0");
        git.Commit("Before");
        folder.Write(WorkFolder.Lockfile, Lockfile(changed: true));
        folder.Edit(WorkFolder.Settings, "prefix: legacy", "prefix: mirror");
        Page = folder["diff.html"];
        File.WriteAllText(Page, Diff("--link", "Pull request=https://example.org/acme/platform/pull/42").Output);
    }

    /// <summary>The page.</summary>
    internal string Page { get; }

    internal Finished Diff(params string[] arguments) => InProcess.Run(folder.Path, ["diff", "--format", "html", .. arguments]).Exits(0);

    /// <summary>Another page beside it.</summary>
    internal string Write(string html)
    {
        folder.Write("other.html", html);
        return folder["other.html"];
    }

    public void Dispose() => folder.Dispose();

    private static string Settings()
    {
        var text = new StringBuilder("settingsVersion: 1\ndefaults:\n  install: rewrite\n  gitops: { engine: flux }\nenvironments:\n");
        foreach (var (number, name) in Environments.Index())
        {
            var region = name.StartsWith("prod-", StringComparison.Ordinal) ? name["prod-".Length..] : "eu-central-1";
            text.Append(
                CultureInfo.InvariantCulture,
                $$"""
                  {{name}}:
                    registry: { ecr: { account: "{{210987654321 + number}}", region: {{region}} }, prefix: {{(
                    name == "prod-sa-east-1" ? "legacy" : "mirror"
                )}} }
                    iam: { packageManager: { role: crossplane-package-pull, identity: podIdentity }, nodes: { roles: [eks-node] } }

                """
            );
        }

        return text.ToString();
    }

    private static string Lockfile(bool changed)
    {
        var text = new StringBuilder("lockfileVersion: 1\npackages:\n");
        Add(
            "xpkg.crossplane.io/crossplane/crossplane",
            "Crossplane",
            "v2.3.4",
            ", chart: { repository: \"https://charts.crossplane.io/stable\", version: 2.3.4 }"
        );
        foreach (var name in new[] { "family-aws", "aws-s3", "aws-rds", "aws-ec2", "aws-iam" })
        {
            var needs = name == "family-aws" ? "" : Need("upbound/provider-family-aws", "Provider");
            if (changed)
            {
                Add($"xpkg.upbound.io/upbound/provider-{name}", "Provider", "v2.3.0", $"{needs}, environments: [dev, staging]");
            }

            Add($"xpkg.upbound.io/upbound/provider-{name}", "Provider", "v2.2.0", needs);
        }

        if (changed)
        {
            Add(
                "xpkg.upbound.io/upbound/provider-aws-sqs",
                "Provider",
                "v2.3.0",
                Need("upbound/provider-family-aws", "Provider") + ", environments: [dev, staging]"
            );
        }
        else
        {
            Add("xpkg.upbound.io/upbound/provider-kubernetes", "Provider", "v1.0.0", ", environments: [sandbox]");
        }

        Add("xpkg.crossplane.io/crossplane-contrib/function-patch-and-transform", "Function", changed ? "v0.10.0" : "v0.9.0", "");
        Add("xpkg.crossplane.io/crossplane-contrib/function-auto-ready", "Function", changed ? "v0.5.1" : "v0.5.0", "");
        Add(
            "xpkg.upbound.io/acme/configuration-network",
            "Configuration",
            changed ? "v1.5.0" : "v1.4.2",
            Need("upbound/provider-aws-ec2", "Provider", "crossplane-contrib/function-patch-and-transform", "Function")
        );
        Add(
            "xpkg.upbound.io/acme/configuration-database",
            "Configuration",
            "v3.1.0",
            Need("upbound/provider-aws-rds", "Provider", "acme/configuration-network", "Configuration")
        );
        return text.ToString();

        void Add(string package, string kind, string version, string more)
        {
            var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(package + version)));
            var needs = more.Contains("dependsOn", StringComparison.Ordinal) || kind == "Crossplane" ? "" : ", dependsOn: []";
            text.Append(
                CultureInfo.InvariantCulture,
                $"  - {{ package: {package}, kind: {kind}, version: {version}, locked: \"{version}@sha256:{digest}\"{more}{needs} }}\n"
            );
        }

        static string Need(params string[] packages)
        {
            var all = packages
                .Chunk(2)
                .Select(need =>
                    $"{{ package: {(need[0].StartsWith("crossplane-", StringComparison.Ordinal) ? "xpkg.crossplane.io" : "xpkg.upbound.io")}/{need[0]}, kind: {need[1]}, constraint: \">= 0.1.0\" }}"
                );
            return $", dependsOn: [{string.Join(", ", all)}]";
        }
    }
}
