using System.Collections.Immutable;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Settings;
using GitOpsGen.Yaml;

namespace GitOpsGen.Planning;

/// <summary>One environment, decided.</summary>
internal sealed record EnvironmentPlan
{
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>The packages, dependencies first.</summary>
    public required ImmutableArray<WavePlan> Waves { get; init; }

    /// <summary>The core; <see langword="null"/> where something else installs it.</summary>
    public CorePlan? Core { get; init; }

    /// <summary>Who may pull what; <see langword="null"/> where the registry is not ECR or nobody is named.</summary>
    public AccessPlan? Access { get; init; }
}

/// <summary>Packages that are applied together, after all earlier waves.</summary>
internal sealed record WavePlan(int Number, ImmutableArray<PackagePlan> Packages);

/// <summary>One package in one environment.</summary>
/// <param name="Entry">The lock entry.</param>
/// <param name="Reference">What <c>spec.package</c> says.</param>
internal sealed record PackagePlan(LockEntry Entry, string Reference);

/// <summary>The core in one environment.</summary>
/// <param name="ChartRepository">Where the chart comes from; <see langword="null"/> where the lock pins none.</param>
/// <param name="ChartVersion">The chart's exact version.</param>
/// <param name="Values">The Helm values: generated and the user's, merged, keys in ordinal order.</param>
internal sealed record CorePlan(ChartRepository? ChartRepository, PackageVersion? ChartVersion, YamlMapping Values);
