using GitOpsGen.Iam;
using GitOpsGen.Lockfile;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>Everything that the templates print, decided.</summary>
/// <param name="Environments">The environments that are rendered, by name.</param>
/// <param name="Packages">What <c>base/</c> holds: one object for each package of the lock, by name, without version or registry.</param>
/// <param name="Registries">What belongs to a registry and to no single environment, by folder name.</param>
/// <param name="ArgoCd">What the Argo CD instance needs; <see langword="null"/> where no environment uses Argo CD.</param>
/// <param name="Access">All IAM documents, for programs; <see langword="null"/> where there is none.</param>
internal sealed record Plan(
    ImmutableArray<EnvironmentPlan> Environments,
    ImmutableArray<BasePackage> Packages,
    ImmutableArray<RegistryPlan> Registries,
    ArgoCdInstance? ArgoCd,
    AccessIndex? Access
);

/// <summary>One environment, decided.</summary>
internal sealed record EnvironmentPlan
{
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>What runs there, and where it is pulled from: the core first, where there is one, then the packages by wave.</summary>
    public required ImmutableArray<RegistryImage> Images { get; init; }

    /// <summary>What Crossplane does with references before it pulls; applied before every package.</summary>
    public required ImmutableArray<ImageConfigPlan> ImageConfigs { get; init; }

    /// <summary>The packages, dependencies first.</summary>
    public required ImmutableArray<WavePlan> Waves { get; init; }

    /// <summary>The core; <see langword="null"/> where the lock has none for this environment.</summary>
    public CorePlan? Core { get; init; }

    /// <summary>How the pods of packages run, by name; applied before every package.</summary>
    public required ImmutableArray<RuntimeConfigPlan> RuntimeConfigs { get; init; }

    /// <summary>Who may pull what; <see langword="null"/> where there is nothing to pull from ECR, or the settings name no role.</summary>
    public AccessPlan? Access { get; init; }
}

/// <summary>Packages that are applied together, after all earlier waves.</summary>
internal sealed record WavePlan(int Number, ImmutableArray<PackagePlan> Packages);

/// <summary>One package in one environment.</summary>
internal sealed record PackagePlan
{
    public required LockEntry Entry { get; init; }

    /// <summary>The repository that <c>spec.package</c> names: upstream or mirror.</summary>
    public required Repository Repository { get; init; }

    /// <summary>What follows the repository: the tag, and the digest where the reference itself pins it.</summary>
    public required string Tag { get; init; }

    /// <summary>Whether Crossplane must not resolve its dependencies.</summary>
    public required bool SkipsDependencyResolution { get; init; }

    /// <summary>Further fields of its spec that the user set.</summary>
    public YamlMapping? Spec { get; init; }

    /// <summary>How its pods run, where the user said so.</summary>
    public RuntimeConfigPlan? Runtime { get; init; }

    /// <summary>Its labels and annotations of the user's.</summary>
    public required ObjectMetadata Metadata { get; init; }

    /// <summary>What decides where it is pulled from.</summary>
    public required UpstreamRoute Route { get; init; }

    /// <summary>What <c>spec.package</c> says.</summary>
    public string Reference => $"{Repository}:{Tag}";
}

/// <summary>One ImageConfig: what Crossplane does with references that begin with a prefix.</summary>
/// <param name="Name">The object's name.</param>
/// <param name="Prefixes">The prefixes that it matches.</param>
/// <param name="RewritePrefix">What replaces the prefix in a pull, for an ImageConfig that redirects.</param>
/// <param name="PullSecret">The Secret that pulls use, for an ImageConfig that authenticates.</param>
internal sealed record ImageConfigPlan(string Name, ImmutableArray<string> Prefixes, string? RewritePrefix, string? PullSecret)
{
    /// <summary>The packages that it applies to.</summary>
    public ImmutableArray<LockEntry> Entries { get; init; } = [];

    /// <summary>The routes of those packages.</summary>
    public ImmutableArray<UpstreamRoute> Routes { get; init; } = [];

    /// <summary>Whether it turns the tag of one package into its locked digest.</summary>
    public bool IsPin { get; init; }
}

/// <summary>One DeploymentRuntimeConfig: how the pods of a package run, or of several that share it.</summary>
/// <param name="Entry">The lock entry of its package; of the first one where several share it.</param>
/// <param name="OwnName">The name that the settings give it; <see langword="null"/>: the package's.</param>
/// <param name="Spec">The object's spec, keys in ordinal order.</param>
internal sealed record RuntimeConfigPlan(LockEntry Entry, Located<string>? OwnName, YamlMapping Spec)
{
    /// <summary>Labels and annotations of the user's: those of its package, or of the environment where several packages share it.</summary>
    public ObjectMetadata Metadata { get; init; } = ObjectMetadata.None;

    /// <summary>The role of the pods, where the settings give one.</summary>
    public PodRoleUse? Role { get; init; }

    /// <summary>The one that Crossplane makes for every package without <c>runtimeConfigRef</c>.</summary>
    public const string Default = "default";

    /// <summary>The object's name.</summary>
    public string Name => OwnName?.Value ?? Entry.ObjectName.Value;

    /// <summary>What decides the name: several settings where several packages share it.</summary>
    public ImmutableArray<Origin> NameOrigins { get; init; } = [OwnName is { } own ? Origin.At(own.Span) : Entry.FromName];

    /// <summary>A fixed name for the pods' service account; without it, the name changes with every revision.</summary>
    public Located<string>? ServiceAccount =>
        AccountMetadata?["name"] is YamlScalar { Kind: ScalarKind.String } name ? new(name.Text, name.Span) : null;

    /// <summary>Annotations of the service account.</summary>
    public YamlMapping? Annotations => AccountMetadata?["annotations"] as YamlMapping;

    /// <summary>How many pods there are.</summary>
    public YamlScalar? Replicas => Spec.At("deploymentTemplate", "spec", "replicas") as YamlScalar;

    private YamlMapping? AccountMetadata => Spec.At("serviceAccountTemplate", "metadata") as YamlMapping;
}

/// <summary>The core in one environment.</summary>
/// <param name="Image">Its image.</param>
/// <param name="Chart">The chart that installs it; <see langword="null"/> where the lock pins none.</param>
/// <param name="Values">The Helm values: generated and the user's, merged, keys in ordinal order.</param>
internal sealed record CorePlan(RegistryImage Image, ChartPlan? Chart, YamlMapping Values);

/// <summary>The crossplane chart.</summary>
/// <param name="Core">The lock entry of the core.</param>
/// <param name="Repository">The chart repository, or the parent of the chart in an OCI registry.</param>
/// <param name="Version">Its exact version.</param>
/// <param name="Name">The chart's name, in every repository.</param>
internal sealed partial record ChartPlan(LockEntry Core, ChartRepository Repository, ChartVersion Version, string Name)
{
    /// <summary>The name of upstream's chart, and of every copy of it.</summary>
    public const string UpstreamName = "crossplane";

    /// <summary>The chart of a core in an environment, at its mirror where the settings name one; <see langword="null"/> where the lock pins none.</summary>
    public static ChartPlan? Of(LockEntry core, EnvironmentSettings settings) =>
        core.Chart?.Value is not { } pinned ? null : new(core, pinned, settings.Crossplane.Chart);

    private ChartPlan(LockEntry core, ChartPin pinned, ChartSettings own)
        : this(core, own.Repository?.Value ?? pinned.Repository, pinned.Version, own.Name?.Value ?? UpstreamName) =>
        (OwnPlace, Login) = (own.Repository?.Span, own);

    /// <summary>Where the settings name its repository; <see langword="null"/> where the lock decides it.</summary>
    public SourceSpan? OwnPlace { get; private init; }

    /// <summary>What the settings say about the login; <see langword="null"/> for a place that charts are only copied from.</summary>
    private ChartSettings? Login { get; init; }

    /// <summary>The Secret with which Flux logs in to the registry.</summary>
    public Located<string>? SecretRef => Login?.SecretRef;

    /// <summary>Whether the settings name that cloud.</summary>
    public bool HasProvider => Login?.Provider is not null;

    /// <summary>The cloud whose identity logs Flux in: the one that is set, else the one whose registry it is.</summary>
    public string? Provider =>
        Login?.Provider?.Value
        ?? (
            Image is null || SecretRef is not null ? null
            : Ecr is not null ? "aws"
            : AzureHost().IsMatch(Image.Host) ? "azure"
            : GoogleHost().IsMatch(Image.Host) ? "gcp"
            : null
        );

    /// <summary>What decides the repository.</summary>
    public Origin RepositoryOrigin => OwnPlace is { } place ? Origin.At(place) : Core.From("chart/repository");

    /// <summary>The chart, as the content of its repository.</summary>
    public RepositoryNeed Need => new(Core, RepositoryOrigin);

    /// <summary>The chart's repository in an OCI registry; <see langword="null"/> for an HTTPS chart repository.</summary>
    public Repository? Image { get; } =
        Repository.IsOci && Model.Repository.TryParse($"{Repository.HostAndPath}/{Name}", out var image) ? image : null;

    /// <summary>The ECR registry that holds the chart, where one does.</summary>
    public EcrRegistry? Ecr => Image is not null && EcrRegistry.TryParseHost(Image.Host, out var ecr) ? ecr : null;

    // https://github.com/fluxcd/pkg/tree/main/auth
    [GeneratedRegex(@"\.azurecr\.(?:io|cn|us|de)$")]
    private static partial Regex AzureHost();

    [GeneratedRegex(@"(?:^|\.)(?:gcr\.io|pkg\.dev)$")]
    private static partial Regex GoogleHost();
}

/// <summary>A package object in <c>base/</c>: kind and name.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">The object's name.</param>
/// <param name="Entries">The lock entries of such a package.</param>
internal sealed record BasePackage(PackageKind Kind, ObjectName Name, ImmutableArray<LockEntry> Entries);

/// <summary>What one ECR registry needs, over all environments that use it.</summary>
/// <param name="Ecr">The registry.</param>
/// <param name="MirrorPolicy">For whoever copies packages into it; several documents where one would be over quota.</param>
/// <param name="RepositoryPolicies">For repositories of these classes, because roles of other accounts pull from them.</param>
internal sealed record RegistryPlan(
    EcrRegistry Ecr,
    ImmutableArray<PolicyDocument> MirrorPolicy,
    ImmutableSortedDictionary<ImageClass, PolicyDocument> RepositoryPolicies
)
{
    /// <summary>What is stored there, by name; nothing of what a cache of it fetches by itself.</summary>
    public required ImmutableArray<StoredRepository> Repositories { get; init; }

    /// <summary>Why the plan has this registry.</summary>
    public required ImmutableArray<Origin> Origins { get; init; }

    /// <summary>The environments whose images are stored there.</summary>
    public required ImmutableArray<EnvironmentName> Environments { get; init; }
}

/// <summary>A repository of a registry.</summary>
/// <param name="Path">Its name.</param>
/// <param name="Class">What it holds; <see langword="null"/> for the chart.</param>
/// <param name="IsCopied">Whether it is filled by <c>mirror plan</c>; otherwise somebody publishes there.</param>
/// <param name="NeededBy">The images or charts that are stored there.</param>
internal sealed record StoredRepository(string Path, ImageClass? Class, bool IsCopied, ImmutableArray<RepositoryNeed> NeededBy);

/// <summary>The Argo CD that reads the output.</summary>
/// <param name="Namespace">Its namespace; <see langword="null"/> where the environments name several.</param>
internal sealed record ArgoCdInstance(string? Namespace);
