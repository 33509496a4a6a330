using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Iam;
using GitOpsGen.Model;
using GitOpsGen.Packages;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>Decides one environment.</summary>
internal sealed class EnvironmentPlanner(EnvironmentSettings settings, PackageGraph graph, IReadOnlyCollection<Repository> lockedThere, DiagnosticBag bag)
{
    public EnvironmentPlan Plan()
    {
        var images = RegistryImage.AllOf(graph, settings.Registry).ToImmutableArray();
        CheckDigests(images);
        FamilyRules.Check(settings.Name.Value, images, bag);
        var byEntry = images.ToDictionary(image => image.Entry);
        var access = PlanAccess(images);
        return new()
        {
            Settings = settings,
            Waves = [.. graph.Waves.Select((wave, number) => new WavePlan(number, [.. wave.Select(entry => DirectInstall.Package(byEntry[entry], settings.Pin))]))],
            Core = graph.Core is { } core ? PlanCore(byEntry[core], access?.PackageManager?.RoleArn) : null,
            Access = access,
        };
    }

    private CorePlan PlanCore(RegistryImage core, string? roleArn)
    {
        var chart = core.Entry.Chart?.Value;
        if (chart is null && settings.GitOps.ArgoCd is not null)
        {
            bag.Add(
                Rules.ChartMisplaced,
                core.Entry.Package.Span,
                $"{core.Entry.Package} has no chart, but in environment {settings.Name} Argo CD has to install it.",
                "Add 'chart: { repository: https://charts.crossplane.io/stable, version: … }'.");
        }

        // The settings' own chart repository is looked at where they are read.
        if (settings is { GitOps.ArgoCd: not null, Crossplane.ChartRepository: null } && chart is { Repository.IsOci: true })
        {
            bag.Add(
                Rules.NotYetSupported,
                core.Entry.Chart!.Value.Span,
                "A chart in an OCI registry has no effect yet in this version.",
                "Use the chart's https:// repository, here or as 'crossplane.chart.repository' in the settings.");
        }

        var generated = CoreValues.Generate(core.Repository.ToString(), DirectInstall.Tag(core, settings.Pin), roleArn, core.Entry.Version.Span);
        return new(settings.Crossplane.ChartRepository ?? chart?.Repository, chart?.Version, new CoreValues(bag).Merge(generated, settings.Crossplane.Values));
    }

    private AccessPlan? PlanAccess(ImmutableArray<RegistryImage> images)
    {
        if (settings is not { Registry.Ecr: { } ecr, Iam: { } iam })
        {
            return null;
        }

        var partition = ecr.Region.Partition;
        var nodePolicy = iam.NodeRoles.IsEmpty ? [] : IdentityPolicy.Pull(ecr, images.Where(image => image.IsRun), lockedThere, iam.Resources);
        CheckCount(nodePolicy, "nodes");
        return new(ecr, PlanPackageManager(), [.. iam.NodeRoles.Select(role => role.Value.ArnIn(ecr.Account, partition)).Distinct().Order(StringComparer.Ordinal)], nodePolicy);

        PackageManagerAccess? PlanPackageManager()
        {
            if (iam.PackageManager is not { } manager)
            {
                return null;
            }

            var account = CoreValues.ServiceAccount(settings.Crossplane.Values);
            var policy = IdentityPolicy.Pull(ecr, images.Where(image => image.IsPackage), lockedThere, iam.Resources);
            CheckCount(policy, "package manager");
            var trust = IrsaTrust.For(ecr.Account, partition, manager.OidcIssuer, settings.Crossplane.Namespace, account);
            if (trust.Size > IrsaTrust.Quota)
            {
                bag.Add(Rules.PolicyOverQuota, manager.Role.Span, $"The trust policy of {manager.Role} has {trust.Size} characters, more than {IrsaTrust.Quota}.", "Shorten the namespace or the service account's name.");
            }

            return new(manager.Role.Value.ArnIn(ecr.Account, partition), account, policy, trust);
        }
    }

    private void CheckCount(ImmutableArray<PolicyDocument> policy, string whose)
    {
        if (policy.Length > PolicyDocument.PoliciesPerRole)
        {
            bag.Add(
                Rules.TooManyPolicies,
                settings.Name.Span,
                $"The {whose} of {settings.Name} would need {policy.Length} policies; AWS attaches {PolicyDocument.PoliciesPerRole} to a role by default.",
                "Use 'resources: wildcard', or have the quota raised.");
        }
    }

    private void CheckDigests(ImmutableArray<RegistryImage> images)
    {
        foreach (var image in images.Where(image => settings.Pin == PinMode.Digest && image.Entry.Digest is null))
        {
            bag.Add(
                Rules.PinWithoutDigest,
                image.Entry.Package.Span,
                $"Environment {settings.Name} pins digests, but {image.Entry.Package} {image.Entry.Version} has none.",
                "Add 'digest' to the entry, or set 'pin: tag'.");
        }
    }
}
