using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;

namespace GitOpsGen.Settings;

/// <summary>What <c>.config/gitopsgen.yaml</c> says, with every default filled in.</summary>
internal sealed record ProjectSettings
{
    /// <summary>The version of the format that this program reads.</summary>
    public const int FormatVersion = 1;

    public required SeverityPolicy Severities { get; init; }

    /// <summary>The lockfile, below the root.</summary>
    public required RelativePath Lockfile { get; init; }

    /// <summary>The user's own templates, below the root.</summary>
    public required RelativePath Templates { get; init; }

    /// <summary>The folder that is written, below the root.</summary>
    public required RelativePath Output { get; init; }

    /// <summary>How registries are reached, in the order of the file; all others are at their own host.</summary>
    public required ImmutableArray<RegistryRoute> Registries { get; init; }

    /// <summary>Files and folders with CustomResourceDefinitions, below the root.</summary>
    public required ImmutableArray<Located<RelativePath>> Crds { get; init; }

    /// <summary>By name, in ordinal order.</summary>
    public required ImmutableArray<EnvironmentSettings> Environments { get; init; }
}
