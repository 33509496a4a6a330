using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Yaml;
using GitOpsGen.Yaml.Shapes;

namespace GitOpsGen.Settings;

/// <summary>
/// Settings that are part of the contract and read, but whose effect is not built yet. Using one is an error: silence would
/// let somebody believe in it.
/// </summary>
internal static class UnbuiltSettings
{
    public static void Report(YamlScalar name, Fields merged, DiagnosticBag bag)
    {
        var registry = merged.Object("registry");
        var iam = merged.Object("iam");
        if (merged.Text("install") is not "direct")
        {
            Report(merged.Scalar("install") ?? name, "'install: rewrite', which is also the default,", "Set 'install: direct'.");
        }

        Report(registry?.Scalar("pullSecret"), "'registry.pullSecret'", "Use a registry with cloud identity, or add the secret to the values by hand.");
        Report(merged.Mapping("packages") is { Entries: [var first, ..] } ? first.Key : null, "'packages'", "Remove it for now.");
        Report(iam?.Object("packageManager")?.Scalar("identity") is { Text: "podIdentity" } pod ? pod : null, "'identity: podIdentity'", "Use 'identity: irsa'.");
        if (merged.Object("gitops") is { } gitOps)
        {
            Report(gitOps.Scalar("engine") is { Text: "flux" } flux ? flux : null, "'engine: flux'", "Use 'engine: argocd' or 'engine: none'.");
        }

        Report(
            merged.Object("crossplane")?.Object("chart")?.Scalar("repository") is { } chart && chart.Text.StartsWith("oci:", StringComparison.Ordinal) ? chart : null,
            "A chart in an OCI registry",
            "Use the chart's https:// repository.");
        ReportOtherAccounts(merged, AccountOf(registry), bag);

        void Report(YamlScalar? used, string what, string instead)
        {
            if (used is not null)
            {
                bag.Add(Rules.NotYetSupported, used.Span, $"{what} has no effect yet in this version.", instead);
            }
        }
    }

    private static string? AccountOf(Fields? registry) =>
        registry?.Object("ecr")?.Text("account")
        ?? (registry?.Text("host") is { } host && EcrRegistry.TryParseHost(host, out var ecr) ? ecr.Account.Value : null);

    // A principal in another account needs repository policies too, or it could pull nothing.
    private static void ReportOtherAccounts(Fields merged, string? registryAccount, DiagnosticBag bag)
    {
        var iam = merged.Object("iam");
        if (merged.Object("cluster")?.Scalar("account") is { } cluster && registryAccount is not null && cluster.Text != registryAccount)
        {
            Report(cluster, "A cluster in another account than the registry");
        }

        foreach (var role in (IEnumerable<YamlNode?>)[iam?.Object("packageManager")?.Scalar("role"), .. iam?.Object("nodes")?.List("roles") ?? []])
        {
            if (role is YamlScalar scalar && IamRole.TryParse(scalar.Text, out var parsed) && parsed.Account is { } account && account.Value != registryAccount)
            {
                Report(scalar, "A role in another account than the registry");
            }
        }

        void Report(YamlScalar used, string what) => bag.Add(
            Rules.NotYetSupported, used.Span, $"{what} has no effect yet in this version.", "Keep cluster, roles and registry in one account for now.");
    }
}
