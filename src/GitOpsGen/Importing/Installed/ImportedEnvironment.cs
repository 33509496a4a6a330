using GitOpsGen.Importing.Environments;
using GitOpsGen.Importing.Objects;

namespace GitOpsGen.Importing.Installed;

/// <summary>One control plane as the sources have it.</summary>
/// <param name="Sources">What belongs to it.</param>
internal sealed record ImportedEnvironment(EnvironmentSources Sources)
{
    public string Name => Sources.Name;

    /// <summary>The core; <see langword="null"/> where no source installs it.</summary>
    public ImportedCore? Core { get; init; }

    /// <summary>The packages, one for each repository.</summary>
    public ImmutableArray<ImportedPackage> Packages { get; init; } = [];

    /// <summary>The private registry; <see langword="null"/> where packages are pulled from upstream.</summary>
    public ImportedRegistry? Registry { get; init; }

    /// <summary>The packages that are pulled in another way, by the prefix of their upstream references; keys of <c>upstreams</c>.</summary>
    public ImmutableSortedDictionary<string, YamlMapping> Upstreams { get; init; } = ImmutableSortedDictionary<string, YamlMapping>.Empty;

    /// <summary>The labels and annotations that all packages and their runtimes have, where packages share a runtime.</summary>
    public YamlMapping? Metadata { get; init; }

    /// <summary>Whether references are the mirror's own.</summary>
    public bool IsDirect { get; init; }

    /// <summary>Whether all references have digests, and are to keep them.</summary>
    public bool PinsDigests { get; init; }

    /// <summary>Who pulls, for AWS; <see langword="null"/> where it is not known.</summary>
    public YamlMapping? Iam { get; init; }

    /// <summary><c>gitops</c> of the settings.</summary>
    public ImportedEngine Engine { get; init; } = new("none", null);
}

/// <summary>The core as it is installed.</summary>
internal sealed record ImportedCore
{
    /// <summary>The upstream repository.</summary>
    public required string Package { get; init; }

    /// <summary>The version as it is written, complete or not.</summary>
    public required Located<string> Version { get; init; }

    /// <summary>The digest that is written behind the version.</summary>
    public string? Digest { get; init; }

    /// <summary>What installs it, where that is known.</summary>
    public ChartUse? Use { get; init; }

    /// <summary>Where the chart comes from.</summary>
    public required string ChartRepository { get; init; }

    /// <summary>Where the lock says that it comes from: one place for all environments with this version.</summary>
    public required string LockedRepository { get; init; }

    public required string ChartVersion { get; init; }

    public string Namespace { get; init; } = CoreImport.DefaultNamespace;

    public string Release { get; init; } = "crossplane";

    /// <summary>The image as it is pulled, without tag; <see langword="null"/>: the chart's own.</summary>
    public Located<string>? Image { get; init; }

    /// <summary>All Helm values that the sources give it.</summary>
    public YamlMapping? ExistingValues { get; init; }

    /// <summary>Those of them that the settings keep.</summary>
    public YamlMapping? Values { get; init; }

    /// <summary>The version, where it is complete.</summary>
    public PackageVersion? Complete => PackageVersion.TryParse(Version.Value, out var version) ? version : null;
}

/// <summary>A package as it is installed.</summary>
internal sealed record ImportedPackage
{
    /// <summary>The object; <see langword="null"/> for one that the chart's values install.</summary>
    public SourceObject? Object { get; init; }

    public required PackageKind Kind { get; init; }

    /// <summary>The upstream repository, as the lock has it.</summary>
    public required string Package { get; init; }

    /// <summary>The reference as it is written.</summary>
    public required Located<string> Reference { get; init; }

    /// <summary>The reference's repository, with the registry that the core adds.</summary>
    public required string Repository { get; init; }

    /// <summary>The repository that is pulled from, by an ImageConfig or by the reference itself.</summary>
    public required string Pulled { get; init; }

    /// <summary>Whether an ImageConfig leads there.</summary>
    public bool IsRewritten { get; init; }

    /// <summary>Whether the reference is that of a copy.</summary>
    public bool IsCopy { get; init; }

    /// <summary>The version as it is written, complete or not.</summary>
    public required string Version { get; init; }

    /// <summary>The digest of the reference, or the one that an ImageConfig turns its tag into.</summary>
    public string? Digest { get; init; }

    /// <summary>The object's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is here only because another package needs it.</summary>
    public bool IsIndirect { get; init; }

    /// <summary>The dependencies that the cluster's Lock has; <see langword="null"/> where it says nothing.</summary>
    public ImmutableArray<ImportedDependency>? DependsOn { get; init; }

    /// <summary>Whether Crossplane leaves its dependencies alone.</summary>
    public bool SkipsDependencies { get; init; }

    /// <summary>The labels and annotations that are the team's own, but for those of the environment.</summary>
    public YamlMapping? Metadata { get; init; }

    /// <summary>The other fields of its spec that the settings keep.</summary>
    public YamlMapping? Spec { get; init; }

    /// <summary>The DeploymentRuntimeConfig or ControllerConfig that it names; <see langword="null"/> where there is none among the sources.</summary>
    public SourceObject? RuntimeConfig { get; init; }

    /// <summary>The name of its DeploymentRuntimeConfig, where that is not its own.</summary>
    public string? RuntimeName { get; init; }

    /// <summary>The spec of its runtime, as a DeploymentRuntimeConfig has it; <see langword="null"/> where nothing is left of it.</summary>
    public YamlMapping? Runtime { get; init; }

    /// <summary>The name that the object would have by itself.</summary>
    public string? DerivedName => Model.Repository.TryParse(Package, out var repository) ? ObjectName.Derive(repository)?.Value : null;
}

/// <summary>A dependency in the cluster's Lock.</summary>
internal sealed record ImportedDependency(string Package, PackageKind Kind, string Constraint);

/// <summary>The private registry of an environment.</summary>
/// <param name="Host">Its host.</param>
/// <param name="Prefixes">What stands before the upstream path, by upstream host; the empty host is all of them.</param>
/// <param name="PullSecret">The Secret of an ImageConfig for the mirror.</param>
internal sealed record ImportedRegistry(string Host, ImmutableSortedDictionary<string, string> Prefixes, string? PullSecret);

/// <summary>The engine that installs what the sources have.</summary>
/// <param name="Kind"><c>argocd</c>, <c>flux</c> or <c>none</c>.</param>
/// <param name="Settings">What it needs to know, where it is not the default.</param>
internal sealed record ImportedEngine(string Kind, YamlMapping? Settings)
{
    /// <summary>Its objects that are about Crossplane: Applications, Flux Kustomizations, and the HelmRelease of the core.</summary>
    public ImmutableArray<SourceObject> Objects { get; init; } = [];

    /// <summary>Those of <see cref="Objects"/> that apply something else, too, and stay.</summary>
    public ImmutableArray<SourceObject> Shared { get; init; } = [];

    /// <summary>Applications that apply others of <see cref="Objects"/>, and stay.</summary>
    public ImmutableArray<SourceObject> Parents { get; init; } = [];

    /// <summary>Those that install the core and the packages, and say in which cluster.</summary>
    public ImmutableArray<SourceObject> Installing { get; init; } = [];
}
