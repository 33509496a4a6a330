namespace GitOpsGen.Settings;

/// <summary>One environment, merged with the defaults.</summary>
internal sealed record EnvironmentSettings
{
    public required Located<EnvironmentName> Name { get; init; }

    /// <summary>Where everything is pulled from.</summary>
    public required UpstreamRoutes Routes { get; init; }

    /// <summary>The strategy; located at the environment's name if it is the default.</summary>
    public required Located<InstallStrategy> Install { get; init; }

    public required PinMode Pin { get; init; }

    /// <summary>Whether ImageConfigs pin the packages, whose own references have to keep plain tags.</summary>
    public bool PinsByImageConfig => Pin == PinMode.Digest && Install.Value == InstallStrategy.Rewrite;

    /// <summary>The cluster's account, in which roles given by name live; <see langword="null"/>: the registry's.</summary>
    public AccountId? ClusterAccount { get; init; }

    public required CrossplaneSettings Crossplane { get; init; }

    /// <summary>Who pulls; <see langword="null"/> if the user named nobody.</summary>
    public IamSettings? Iam { get; init; }

    public required GitOpsSettings GitOps { get; init; }

    /// <summary>The account of roles that are given by name alone; <see langword="null"/> where nothing says it.</summary>
    public AccountId? RoleAccount => ClusterAccount ?? Routes.HomeEcr?.Account;

    /// <summary>The cluster's partition, as its registry or its OIDC issuer tell it; <see langword="null"/> where neither does.</summary>
    public AwsPartition? KnownPartition => Routes.HomeEcr?.Region.Partition ?? Iam?.Runtime?.OidcIssuer?.Value.Partition;

    /// <summary>The partition of roles that are given by name alone.</summary>
    public AwsPartition Partition => KnownPartition ?? AwsPartition.All[0];

    /// <summary>The labels and annotations of every object, as written; <see langword="null"/> for none.</summary>
    public YamlMapping? WrittenMetadata
    {
        get;
        init
        {
            field = value;
            Metadata = ObjectMetadata.Of(value);
        }
    }

    /// <summary>The labels and annotations of every object.</summary>
    public ObjectMetadata Metadata { get; private init; } = ObjectMetadata.None;

    /// <summary>What the user decides about packages; globs first, then names: the later ones are more specific.</summary>
    public required ImmutableArray<PackageSettings> Packages { get; init; }

    /// <summary>The fields that all matching patterns give to the spec of a package; <see langword="null"/> for none.</summary>
    public YamlMapping? SpecOf(ObjectName package) =>
        Packages
            .Where(settings => settings.Pattern.Value.Matches(package.Value))
            .Aggregate((YamlMapping?)null, (under, said) => DefaultsMerge.Over(under, said.Spec));

    /// <summary>The labels and annotations of a package: its own over those of the environment.</summary>
    public ObjectMetadata MetadataOf(ObjectName package)
    {
        var own = Packages
            .Where(settings => settings.Metadata is not null && settings.Pattern.Value.Matches(package.Value))
            .Aggregate((YamlMapping?)null, (under, said) => DefaultsMerge.Over(under, said.Metadata));
        return own is null ? Metadata : ObjectMetadata.Of(DefaultsMerge.Over(WrittenMetadata, own));
    }

    /// <summary>The role that the most specific matching pattern gives to the pods of a package; <see langword="null"/> for none.</summary>
    public Located<IamRole>? RoleOf(ObjectName package) =>
        Packages.LastOrDefault(settings => settings.Role is not null && settings.Pattern.Value.Matches(package.Value))?.Role;
}

/// <summary>How packages come from the private registry.</summary>
internal enum InstallStrategy
{
    /// <summary>Packages keep their upstream references; ImageConfigs redirect the pulls. Needs Crossplane v1.20.</summary>
    Rewrite,

    /// <summary>
    /// Packages name the private registry itself and skip dependency resolution, all of them: a package that skips it is not in
    /// Crossplane's Lock, where one that does not would look for it.
    /// </summary>
    Direct,
}

/// <summary>What images are pulled by: the tag, or the locked digest.</summary>
internal enum PinMode
{
    Tag,
    Digest,
}

/// <summary>A registry that an environment pulls from.</summary>
/// <param name="Host">The host that references begin with.</param>
/// <param name="Ecr">Account and region, where the host is ECR's; else <see langword="null"/>.</param>
/// <param name="Prefixes">The path before the upstream path, by upstream host; <c>default</c> for every other host.</param>
internal sealed record RegistrySettings(Located<string> Host, EcrRegistry? Ecr, ImmutableDictionary<string, string> Prefixes)
{
    public const string DefaultPrefix = "default";

    /// <summary>The prefixes as text: equal for settings that mirror alike.</summary>
    public string PrefixesText => string.Join(',', Prefixes.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"));

    /// <summary>The path before the upstream path of a package from a host; empty for none.</summary>
    public string PrefixOf(string upstreamHost) => Prefixes.GetValueOrDefault(upstreamHost) ?? Prefixes.GetValueOrDefault(DefaultPrefix) ?? "";
}

/// <summary>The core of an environment.</summary>
/// <param name="Namespace">Where it runs; <c>crossplane-system</c> by default.</param>
/// <param name="Release">The Helm release's name; <c>crossplane</c> by default.</param>
/// <param name="Chart">What is special about the chart.</param>
/// <param name="Values">The user's Helm values.</param>
internal sealed record CrossplaneSettings(string Namespace, string Release, ChartSettings Chart, YamlMapping? Values);

/// <summary>The chart of an environment, where it is not the lock's alone.</summary>
/// <param name="Repository">Another place than the lock names.</param>
/// <param name="Name">Another name, as a fork has.</param>
/// <param name="SecretRef">The Secret with which Flux logs in to the registry that holds it.</param>
/// <param name="Provider">The cloud whose identity logs Flux in.</param>
internal sealed record ChartSettings(
    Located<ChartRepository>? Repository,
    Located<string>? Name,
    Located<string>? SecretRef,
    Located<string>? Provider
);

/// <summary>The principals of an environment.</summary>
/// <param name="PackageManager">The Crossplane pod's role, which pulls packages.</param>
/// <param name="NodeRoles">The kubelets' roles, which pull images for pods.</param>
/// <param name="Resources">How the policies name repositories.</param>
/// <param name="Runtime">How the pods of packages get roles; <see langword="null"/> where nothing says it.</param>
internal sealed record IamSettings(
    PackageManagerSettings? PackageManager,
    ImmutableArray<Located<IamRole>> NodeRoles,
    ResourceForm Resources,
    PodIdentitySettings? Runtime
)
{
    /// <summary>Whether somebody is named who pulls.</summary>
    public bool NamesPullers => PackageManager is not null || !NodeRoles.IsEmpty;
}

/// <summary>How pods of packages get roles.</summary>
/// <param name="OidcIssuer"><inheritdoc cref="PackageManagerSettings" path="/param[@name='OidcIssuer']"/></param>
internal sealed record PodIdentitySettings(Located<OidcIssuer>? OidcIssuer);

/// <summary>The Crossplane pod's role.</summary>
/// <param name="Role">The role.</param>
/// <param name="OidcIssuer">The cluster's OIDC issuer, for IRSA; <see langword="null"/>: the pod gets the role by EKS Pod Identity.</param>
internal sealed record PackageManagerSettings(Located<IamRole> Role, Located<OidcIssuer>? OidcIssuer);

/// <summary>How a policy names repositories.</summary>
internal enum ResourceForm
{
    /// <summary>One ARN a repository.</summary>
    Exact,

    /// <summary>One ARN a folder and kind, <c>…/provider-*</c>, where that grants nothing more among the locked ones.</summary>
    Wildcard,
}

/// <summary>What the user decides about the packages whose object name a pattern matches.</summary>
/// <param name="Pattern">An object name, or a glob over them.</param>
/// <param name="Spec">Optional fields of the package's spec.</param>
/// <param name="Runtime">How its pods run.</param>
/// <param name="Role">The role of those pods.</param>
internal sealed record PackageSettings(Located<NamePattern> Pattern, YamlMapping? Spec, RuntimeSettings? Runtime, Located<IamRole>? Role)
{
    /// <summary>Labels and annotations, as written.</summary>
    public YamlMapping? Metadata { get; init; }
}

/// <summary>A DeploymentRuntimeConfig as the user gives it.</summary>
/// <param name="Name">The object's name; <see langword="null"/>: the package's own.</param>
/// <param name="Spec">Fields of its spec.</param>
internal sealed record RuntimeSettings(Located<string>? Name, YamlMapping Spec);
