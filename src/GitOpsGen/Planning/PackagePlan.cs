using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Yaml;

namespace GitOpsGen.Planning;

/// <summary>One package in one environment.</summary>
internal sealed record PackagePlan
{
    /// <summary>The lock entry.</summary>
    public required LockEntry Entry { get; init; }

    /// <summary>The repository that <c>spec.package</c> names: upstream or mirror.</summary>
    public required Repository Repository { get; init; }

    /// <summary>What stands behind the repository: the tag, and the digest where the environment pins it.</summary>
    public required string Tag { get; init; }

    /// <summary>Whether Crossplane must not resolve its dependencies.</summary>
    public required bool SkipsDependencyResolution { get; init; }

    /// <summary>Further fields of its spec that the user set.</summary>
    public YamlMapping? Spec { get; init; }

    /// <summary>How its pods run, where the user said so.</summary>
    public RuntimeConfigPlan? Runtime { get; init; }

    /// <summary>What <c>spec.package</c> says.</summary>
    public string Reference => $"{Repository}:{Tag}";
}
