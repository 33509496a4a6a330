using System.Collections.Immutable;
using GitOpsGen.Yaml;

namespace GitOpsGen.Guards;

/// <summary>What the plan wants of one environment's folders, whoever's templates write them.</summary>
internal sealed record ExpectedEnvironment
{
    /// <summary>The overlay, below the output.</summary>
    public required string Folder { get; init; }

    /// <summary>The folders in which packages, what precedes them, and the engine's objects stand.</summary>
    public required ImmutableArray<ExpectedFolder> Folders { get; init; }

    /// <summary>Folders that have to bring all of the packages together.</summary>
    public required ImmutableArray<string> Wholes { get; init; }

    /// <summary>Every package, by folder and object.</summary>
    public required ImmutableArray<ExpectedFolder> Waves { get; init; }

    /// <summary>The folder of the user's own objects, where there are some.</summary>
    public string? Extras { get; init; }

    /// <summary>The core's Helm values and their file, where there is a core.</summary>
    public (string File, YamlMapping Values)? Values { get; init; }
}
