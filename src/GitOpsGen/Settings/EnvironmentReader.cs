using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Yaml;
using GitOpsGen.Yaml.Shapes;

namespace GitOpsGen.Settings;

/// <summary>Reads one environment, already merged with the defaults.</summary>
internal sealed class EnvironmentReader
{
    private readonly YamlScalar name;
    private readonly Fields merged;
    private readonly DiagnosticBag bag;

    private EnvironmentReader(YamlScalar name, Fields merged, DiagnosticBag bag)
    {
        this.name = name;
        this.merged = merged;
        this.bag = bag;
    }

    public static EnvironmentSettings? Read(YamlScalar name, Fields merged, RelativePath output, DiagnosticBag bag)
    {
        var reader = new EnvironmentReader(name, merged, bag);
        var registry = reader.ReadRegistry();
        var gitOps = new GitOpsReader(name, bag).Read(merged.Object("gitops"), output);
        var iam = reader.ReadIam(registry);
        if (registry is null || gitOps is null || !EnvironmentName.TryParse(name.Text, out var environment))
        {
            return null;
        }

        return new()
        {
            Name = new(environment, name.Span),
            Registry = registry,
            Install = reader.ReadInstall(),
            Pin = merged.Text("pin") == "digest" ? PinMode.Digest : PinMode.Tag,
            ClusterAccount = merged.Object("cluster")?.Optional<AccountId>("account", AccountId.TryParse)?.Value,
            Crossplane = reader.ReadCrossplane(),
            Iam = iam,
            GitOps = gitOps,
            Packages = reader.ReadPackages(),
        };
    }

    private Located<InstallStrategy> ReadInstall() =>
        merged.Scalar("install") is { } install
            ? new(install.Text == "direct" ? InstallStrategy.Direct : InstallStrategy.Rewrite, install.Span)
            : new(InstallStrategy.Rewrite, name.Span);

    private RegistrySettings? ReadRegistry()
    {
        if (merged.Object("registry") is not { } registry)
        {
            return Missing<RegistrySettings>("registry", "Add 'registry' with 'ecr' or 'host', here or in 'defaults'.");
        }

        var prefixes = ReadPrefixes(registry);
        var pullSecret = registry.Located("pullSecret");
        if (registry.Object("ecr") is { } ecr)
        {
            WarnOfPullSecret(pullSecret);
            var account = ecr.Required<AccountId>("account", AccountId.TryParse);
            var regionNode = ecr.Scalar("region")!;
            if (!AwsRegion.TryParse(regionNode.Text, out var region))
            {
                bag.Add(
                    Rules.UnknownRegion,
                    regionNode.Span,
                    $"'{Excerpt.Of(regionNode.Text)}' is a region of no known AWS partition.",
                    "Check the region's name, such as eu-west-2 or us-gov-west-1."
                );
                return null;
            }

            var classic = EcrRegistry.Classic(account.Value, region);
            return new(new(classic.Host, ecr.Span), classic, prefixes, pullSecret);
        }

        var host = registry.Located("host")!.Value;
        if (!EcrRegistry.TryParseHost(host.Value, out var known) && EcrRegistry.LooksLikeEcr(host.Value))
        {
            bag.Add(
                Rules.UnknownEcrHost,
                host.Span,
                $"'{host.Value}' looks like ECR, but no ECR credential helper knows such a host: Crossplane would pull anonymously.",
                "Use ACCOUNT.dkr.ecr.REGION.amazonaws.com with 12 digits of account, or 'ecr'."
            );
        }

        WarnOfPullSecret(known is null ? null : pullSecret);
        return new(host, known, prefixes, pullSecret);
    }

    private void WarnOfPullSecret(Located<string>? onEcr)
    {
        if (onEcr is { } secret)
        {
            bag.Add(
                Rules.PullSecretOnEcr,
                secret.Span,
                $"'pullSecret' is '{Excerpt.Of(secret.Value)}', but ECR's tokens last for twelve hours.",
                "Remove it and name roles under 'iam', or keep the Secret fresh."
            );
        }
    }

    private static ImmutableDictionary<string, string> ReadPrefixes(Fields registry)
    {
        if (registry.Mapping("prefix") is { } map)
        {
            return map.Entries.ToImmutableDictionary(e => e.Key.Text, e => ((YamlScalar)e.Value).Text, StringComparer.Ordinal);
        }

        return registry.Text("prefix") is { } one
            ? ImmutableDictionary.Create<string, string>(StringComparer.Ordinal).Add(RegistrySettings.DefaultPrefix, one)
            : ImmutableDictionary<string, string>.Empty;
    }

    private CrossplaneSettings ReadCrossplane()
    {
        var crossplane = merged.Object("crossplane");
        return new(
            crossplane?.Text("namespace") ?? "crossplane-system",
            crossplane?.Text("release") ?? "crossplane",
            crossplane?.Object("chart")?.Optional<ChartRepository>("repository", ChartRepository.TryParse),
            crossplane?.Mapping("values")
        );
    }

    private IamSettings? ReadIam(RegistrySettings? registry)
    {
        if (merged.Object("iam") is not { } iam)
        {
            return null;
        }

        if (registry is { Ecr: null })
        {
            bag.Add(
                Rules.AccessWithoutEcr,
                iam.Span,
                $"'{name.Text}' names roles, but its registry is not ECR.",
                "Remove 'iam', or point 'registry' to ECR."
            );
        }

        return new(
            ReadPackageManager(iam),
            iam.Object("nodes")?.Items<IamRole>("roles", IamRole.TryParse) ?? [],
            iam.Text("resources") == "wildcard" ? ResourceForm.Wildcard : ResourceForm.Exact
        );
    }

    private PackageManagerSettings? ReadPackageManager(Fields iam)
    {
        if (iam.Object("packageManager") is not { } packageManager)
        {
            return null;
        }

        if (packageManager.Optional<IamRole>("role", IamRole.TryParse) is not { } role)
        {
            return Missing<PackageManagerSettings>("iam.packageManager.role", "Name the role of the Crossplane pod.");
        }

        return packageManager.Text("identity") == "podIdentity" ? new(role, null)
            : packageManager.Optional<OidcIssuer>("oidcIssuer", OidcIssuer.TryParse) is { } issuer ? new(role, issuer)
            : Missing<PackageManagerSettings>(
                "iam.packageManager.oidcIssuer",
                "Add the cluster's OIDC issuer (aws eks describe-cluster --query cluster.identity.oidc.issuer)."
            );
    }

    private ImmutableArray<PackageSettings> ReadPackages() =>
        [
            .. (merged.Mapping("packages")?.Entries ?? [])
                .Select(entry => ReadPackage(entry.Key, new((YamlMapping)entry.Value)))
                .OrderBy(package => !package.Pattern.Value.IsGlob),
        ];

    private PackageSettings ReadPackage(YamlScalar pattern, Fields package) =>
        new(
            new(new(pattern.Text), pattern.Span),
            package.Mapping("spec"),
            package.Object("runtime") is { } runtime ? RuntimeReader.Read(runtime, bag) : null
        );

    private T? Missing<T>(string key, string fix)
        where T : class
    {
        ReportMissing(name, key, fix, bag);
        return null;
    }

    internal static void ReportMissing(YamlScalar environment, string key, string fix, DiagnosticBag bag) =>
        bag.Add(Rules.MissingSetting, environment.Span, $"The environment '{environment.Text}' has no '{key}'.", fix);
}
