using GitOpsGen.Diagnostics;
using GitOpsGen.Model;

namespace GitOpsGen.Settings;

/// <summary>One environment, merged with the defaults.</summary>
internal sealed record EnvironmentSettings
{
    public required Located<EnvironmentName> Name { get; init; }

    public required RegistrySettings Registry { get; init; }

    public required PinMode Pin { get; init; }

    public required CrossplaneSettings Crossplane { get; init; }

    /// <summary>Who pulls; <see langword="null"/> where the user named nobody.</summary>
    public IamSettings? Iam { get; init; }

    public required GitOpsSettings GitOps { get; init; }
}
