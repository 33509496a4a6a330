using GitOpsGen.Yaml.Shapes;

namespace GitOpsGen.Settings;

/// <summary>Reads one environment, already merged with the defaults.</summary>
internal sealed class EnvironmentReader
{
    private const string IssuerFix = "Add the cluster's OIDC issuer (aws eks describe-cluster --query cluster.identity.oidc.issuer).";

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
        var install = reader.ReadInstall();
        var routes = new RouteReader(name, install.Value, bag).Read(merged);
        var crossplane = reader.ReadCrossplane();
        var gitOps = new GitOpsReader(name, bag).Read(merged.Object("gitops"), output, crossplane);
        var iam = reader.ReadIam(routes);
        var packages = reader.ReadPackages();
        var metadata = reader.ReadMetadata(merged);
        var account = merged.Object("cluster")?.Optional<AccountId>("account", AccountId.TryParse)?.Value;
        reader.CheckRoles(packages, iam, account ?? routes.HomeEcr?.Account);
        if (gitOps is null || !EnvironmentName.TryParse(name.Text, out var environment))
            return null;

        return new()
        {
            Name = new(environment, name.Span),
            Routes = routes,
            Install = install,
            Pin = merged.Text("pin") == "digest" ? PinMode.Digest : PinMode.Tag,
            ClusterAccount = account,
            Crossplane = crossplane,
            WrittenMetadata = metadata,
            Iam = iam,
            GitOps = gitOps,
            Packages = packages,
        };
    }

    private Located<InstallStrategy> ReadInstall() =>
        merged.Scalar("install") is { } install
            ? new(install.Text == "direct" ? InstallStrategy.Direct : InstallStrategy.Rewrite, install.Span)
            : new(InstallStrategy.Rewrite, name.Span);

    private CrossplaneSettings ReadCrossplane()
    {
        var crossplane = merged.Object("crossplane");
        var chart = crossplane?.Object("chart");
        return new(
            crossplane?.Text("namespace") ?? "crossplane-system",
            crossplane?.Text("release") ?? "crossplane",
            new(
                chart?.Optional<ChartRepository>("repository", ChartRepository.TryParse),
                chart?.Located("name"),
                chart?.Located("secretRef"),
                chart?.Located("provider")
            ),
            crossplane?.Mapping("values")
        );
    }

    private IamSettings? ReadIam(UpstreamRoutes routes)
    {
        if (merged.Object("iam") is not { } iam)
            return null;

        var manager = ReadPackageManager(iam);
        var read = new IamSettings(
            manager,
            iam.Object("nodes")?.Items<IamRole>("roles", IamRole.TryParse) ?? [],
            iam.Text("resources") == "wildcard" ? ResourceForm.Wildcard : ResourceForm.Exact,
            ReadRuntime(iam, manager)
        );
        if (read.NamesPullers && routes.HomeEcr is null && (routes.Registry is not null || !merged.Object("registry").HasValue))
        {
            bag.Add(
                Rules.AccessWithoutEcr,
                iam.Span,
                $"'{name.Text}' names roles, but {(routes.Registry is null ? "pulls nothing from ECR" : "its registry is not ECR")}.",
                "Remove 'iam', or point 'registry' to ECR."
            );
        }

        return read;
    }

    private PodIdentitySettings? ReadRuntime(Fields iam, PackageManagerSettings? manager)
    {
        if (iam.Object("runtime") is not { } runtime)
            return manager is null ? null : new(manager.OidcIssuer);

        return runtime.Text("identity") == "podIdentity" ? new(null)
            : (runtime.Optional<OidcIssuer>("oidcIssuer", OidcIssuer.TryParse) ?? manager?.OidcIssuer) is { } issuer ? new(issuer)
            : Missing<PodIdentitySettings>("iam.runtime.oidcIssuer", IssuerFix);
    }

    private void CheckRoles(ImmutableArray<PackageSettings> packages, IamSettings? iam, AccountId? account)
    {
        var roles = packages.Select(package => package.Role).OfType<Located<IamRole>>().ToList();
        if (roles.Count > 0 && iam?.Runtime is null && merged.Object("iam")?.Object("runtime") is null)
            Missing<IamSettings>("iam.runtime", "Say how pods get roles: 'iam: { runtime: { oidcIssuer: … } }', or 'identity: podIdentity' there.");

        if (account is null && roles.Cast<Located<IamRole>?>().FirstOrDefault(role => role!.Value.Value.Account is null) is { } name)
            Missing<IamSettings>("cluster.account", $"Add the account that the role '{name}' is in, or name the role by its ARN.");
    }

    private PackageManagerSettings? ReadPackageManager(Fields iam)
    {
        if (iam.Object("packageManager") is not { } packageManager)
            return null;

        if (packageManager.Optional<IamRole>("role", IamRole.TryParse) is not { } role)
            return Missing<PackageManagerSettings>("iam.packageManager.role", "Name the role of the Crossplane pod.");

        return packageManager.Text("identity") == "podIdentity" ? new(role, null)
            : packageManager.Optional<OidcIssuer>("oidcIssuer", OidcIssuer.TryParse) is { } issuer ? new(role, issuer)
            : Missing<PackageManagerSettings>("iam.packageManager.oidcIssuer", IssuerFix);
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
            package.Object("runtime") is { } runtime ? RuntimeReader.Read(runtime, bag) : null,
            package.Object("runtime")?.Object("serviceAccount")?.Optional<IamRole>("role", IamRole.TryParse)
        )
        {
            Metadata = ReadMetadata(package),
        };

    private YamlMapping? ReadMetadata(Fields fields)
    {
        var metadata = fields.Mapping("metadata");
        ObjectMetadata.Check(metadata, merged.Object("gitops")?.Text("engine") == "flux", bag);
        return metadata;
    }

    private T? Missing<T>(string key, string fix)
        where T : class
    {
        ReportMissing(name, key, fix, bag);
        return null;
    }

    internal static void ReportMissing(YamlScalar environment, string key, string fix, DiagnosticBag bag) =>
        bag.Add(Rules.MissingSetting, environment.Span, $"The environment '{environment.Text}' has no '{key}'.", fix);
}
