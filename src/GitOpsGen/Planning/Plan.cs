using System.Collections.Immutable;

namespace GitOpsGen.Planning;

/// <summary>Everything that the templates print, decided.</summary>
/// <param name="Environments">The environments that are rendered, by name.</param>
/// <param name="Packages">What <c>base/</c> holds: one object for each package of the lock, by name, without version or registry.</param>
/// <param name="Registries">What belongs to a registry and to no single environment, by folder name.</param>
/// <param name="ArgoCd">What the Argo CD instance needs; <see langword="null"/> where no environment uses Argo CD.</param>
internal sealed record Plan(
    ImmutableArray<EnvironmentPlan> Environments,
    ImmutableArray<BasePackage> Packages,
    ImmutableArray<RegistryPlan> Registries,
    ArgoCdInstance? ArgoCd
);
