using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;

namespace GitOpsGen.Settings;

/// <summary>One environment, merged with the defaults.</summary>
internal sealed record EnvironmentSettings
{
    public required Located<EnvironmentName> Name { get; init; }

    public required RegistrySettings Registry { get; init; }

    /// <summary>The strategy; where it was left to the default, at the environment's name.</summary>
    public required Located<InstallStrategy> Install { get; init; }

    public required PinMode Pin { get; init; }

    /// <summary>The cluster's account, in which roles given by name live; <see langword="null"/>: the registry's.</summary>
    public AccountId? ClusterAccount { get; init; }

    public required CrossplaneSettings Crossplane { get; init; }

    /// <summary>Who pulls; <see langword="null"/> where the user named nobody.</summary>
    public IamSettings? Iam { get; init; }

    public required GitOpsSettings GitOps { get; init; }

    /// <summary>What the user decides about packages; globs first, then names, so that what is said later is said about fewer.</summary>
    public required ImmutableArray<PackageSettings> Packages { get; init; }
}
