using GitOpsGen.Planning;

namespace GitOpsGen.Rendering;

/// <summary>What a template without placeholders sees.</summary>
internal sealed record OnceScope(Plan Plan);

/// <summary>What a template with <c>{object}</c> alone sees: one package of the whole lock.</summary>
internal sealed record BaseScope(BasePackage Package);

/// <summary>What a template with <c>{environment}</c> sees; <paramref name="Part"/> counts from 1 where the path has <c>{part}</c>.</summary>
internal sealed record EnvironmentScope(EnvironmentPlan Environment, int Part);

/// <summary>What a template with <c>{environment}</c> and <c>{wave}</c> sees.</summary>
internal sealed record WaveScope(EnvironmentPlan Environment, WavePlan Wave);

/// <summary>What a template with <c>{environment}</c> and <c>{imageconfig}</c> sees.</summary>
internal sealed record ImageConfigScope(EnvironmentPlan Environment, ImageConfigPlan ImageConfig);

/// <summary>What a template with <c>{environment}</c> and <c>{object}</c> sees, with or without <c>{wave}</c>.</summary>
internal sealed record PackageScope(EnvironmentPlan Environment, WavePlan Wave, PackagePlan Package);

/// <summary>What a template with <c>{registry}</c> sees.</summary>
internal sealed record RegistryScope(RegistryPlan Registry, int Part);
