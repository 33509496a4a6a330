using System.Collections.Immutable;
using GitOpsGen.Iam;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>One environment, decided.</summary>
internal sealed record EnvironmentPlan
{
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>What runs there, as it lies in the registry: the core first, where there is one, then the packages by wave.</summary>
    public required ImmutableArray<RegistryImage> Images { get; init; }

    /// <summary>What Crossplane does with references before it pulls; applied before every package.</summary>
    public required ImmutableArray<ImageConfigPlan> ImageConfigs { get; init; }

    /// <summary>The packages, dependencies first.</summary>
    public required ImmutableArray<WavePlan> Waves { get; init; }

    /// <summary>The core; <see langword="null"/> where something else installs it.</summary>
    public CorePlan? Core { get; init; }

    /// <summary>How the pods of packages run, by name; applied before every package.</summary>
    public required ImmutableArray<RuntimeConfigPlan> RuntimeConfigs { get; init; }

    /// <summary>Who may pull what; <see langword="null"/> where there is nothing in ECR to pull, or nobody who is named.</summary>
    public AccessPlan? Access { get; init; }

    /// <summary>
    /// What the user's templates wrote below <c>packages/extras/</c>, applied after every package: paths as its kustomization lists
    /// them. Planning leaves it empty; it is known when these templates have been rendered.
    /// </summary>
    public ImmutableArray<string> Extras { get; init; } = [];
}

/// <summary>Packages that are applied together, after all earlier waves.</summary>
internal sealed record WavePlan(int Number, ImmutableArray<PackagePlan> Packages);
