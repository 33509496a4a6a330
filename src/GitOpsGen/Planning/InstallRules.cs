using GitOpsGen.Iam;
using GitOpsGen.Packages;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>The rules about an install strategy and the versions in one environment.</summary>
internal sealed class InstallRules(EnvironmentSettings settings, PackageGraph graph, EnvironmentFindings findings)
{
    /// <param name="images">What is pulled, and from where.</param>
    /// <param name="imageConfigs">What Crossplane is asked to do before it pulls.</param>
    public void Check(ImmutableArray<RegistryImage> images, ImmutableArray<ImageConfigPlan> imageConfigs)
    {
        if (graph.Core is { Version.Value.IsForkOfRelease: true } fork)
        {
            var version = fork.Version.Value;
            findings.Add(
                Rules.ForkedCore,
                fork.Version.Span,
                $"{version} is taken for a fork's build of v{version.Major}.{version.Minor}.{version.Patch}, with all that this release has,",
                "Nothing needs to change if that is so; constraints of packages are still compared with the whole version, as Crossplane does."
            );
        }

        CheckCore(images, imageConfigs.Any(config => config.RewritePrefix is not null));
        if (settings.Install.Value == InstallStrategy.Rewrite)
            CheckDigestConstraints();
    }

    // Introduced in: crossplane v1.18.0 ImageConfig with pull secrets, v1.20.0 rewriteImage (PR 6421).
    private void CheckCore(ImmutableArray<RegistryImage> images, bool rewrites)
    {
        if (rewrites)
            Needs(1, 20, settings.Install.Span, "'install: rewrite'", "Set 'install: direct', or upgrade the core.");

        foreach (var secret in images.Select(image => image.Place.Route.PullSecret).OfType<Located<string>>().Distinct())
            Needs(1, 18, secret.Span, "'pullSecret'", "Upgrade the core, or give the Secret to Helm and to each package by 'packagePullSecrets'.");

        foreach (var place in images.Where(image => image.IsPackage).Select(image => image.Place).DistinctBy(place => (place.Ecr?.Host, place.Route)))
        {
            if (graph.Core is { } core && place.Route.PullSecret is null && place.Ecr?.LoginSince(core.Version.Value) is { } since)
            {
                findings.Add(
                    Rules.UnknownEcrHost,
                    place.Route.Span,
                    $"Crossplane {core.Version} cannot log in to {place.Ecr.Host}, and pulls anonymously: its ECR credential helper knows such hosts since {since}",
                    "Upgrade the core, or use the registry's classic host, ACCOUNT.dkr.ecr.REGION.amazonaws.com, where there is one."
                );
            }
        }

        if (settings is { Routes.HomeEcr: not null, Iam.PackageManager: { OidcIssuer: null } manager } && IsOlderThan(2, 2))
        {
            findings.Add(
                Rules.PodIdentityCore,
                manager.Role.Span,
                $"Crossplane {graph.Core!.Version} links an ECR credential helper that can fail under EKS Pod Identity (amazon-ecr-credential-helper#959)",
                "Use 'identity: irsa', or upgrade the core to v2.2 or later."
            );
        }
    }

    private void Needs(int major, int minor, SourceSpan span, string what, string fix)
    {
        if (IsOlderThan(major, minor))
            findings.Add(Rules.CoreTooOld, span, $"{what} needs Crossplane v{major}.{minor} or later, but it is {graph.Core!.Version}", fix);
    }

    private bool IsOlderThan(int major, int minor) => graph.Core?.Version.Value.IsBefore(major, minor) == true;

    // Crossplane's Lock has the package's tag as its version, and no digest equals a tag (crossplane internal/controller/pkg/revision/dependency.go).
    private void CheckDigestConstraints()
    {
        foreach (var entry in graph.Packages)
        {
            foreach (var dependency in (entry.DependsOn ?? []).Where(d => d.Constraint.Value is DependencyConstraint.Exact))
            {
                findings.Add(
                    Rules.DigestConstraint,
                    dependency.Constraint.Span,
                    $"{entry.ObjectName} {entry.Version} needs {dependency.Package} by its digest, but with 'install: rewrite' packages are installed by tag",
                    "Set 'install: direct', or lock a version of the package that asks for a version."
                );
            }
        }
    }
}

/// <summary>
/// Crossplane's RBAC manager shares CRD access inside a provider family only between packages whose references agree in registry
/// and first path segment (crossplane internal/controller/rbac/provider/roles, OrgDiffer). The reference in <c>spec.package</c> counts.
/// Configurations and Functions have no such access, so that they may depend on a family from anywhere.
/// </summary>
internal static class FamilyRules
{
    public static void Check(EnvironmentName environment, IReadOnlyCollection<PackagePlan> packages, DiagnosticBag bag)
    {
        var providers = packages.Where(package => package.Entry.Kind == PackageKind.Provider).ToList();
        var families = providers.Where(package => package.Entry.IsProviderFamily).ToDictionary(package => package.Entry.Package.Value);
        foreach (var member in providers)
        {
            foreach (var dependency in member.Entry.DependsOn ?? [])
            {
                if (
                    families.TryGetValue(dependency.Package.Value, out var family)
                    && (family.Repository.Host, family.Repository.Organisation) != (member.Repository.Host, member.Repository.Organisation)
                )
                {
                    bag.Add(
                        Rules.FamilySplit,
                        member.Entry.Package.Span,
                        $"In environment {environment}, {member.Repository} and its family {family.Repository} differ in registry or first path segment: both become Healthy, but the member gets no access to the family's ProviderConfigs.",
                        "Take both from one organisation, or put both under one 'prefix'."
                    );
                }
            }
        }
    }
}
