using GitOpsGen.Importing.Installed;

namespace GitOpsGen.Importing;

/// <summary>What an import made of its sources.</summary>
/// <param name="Environments">The environments, in their order; none where they cannot be told apart, or nothing is there.</param>
/// <param name="Diagnostics">What was found in the sources, by place.</param>
/// <param name="LeftAlone">How many objects of each kind stay where they are.</param>
internal sealed record ImportResult(
    ImmutableArray<ImportedEnvironment> Environments,
    ImmutableArray<Diagnostic> Diagnostics,
    ImmutableSortedDictionary<string, int> LeftAlone
)
{
    /// <summary>The text of <c>packages.lock.yaml</c>; <see langword="null"/> where nothing is to be written.</summary>
    public string? Lockfile { get; init; }

    /// <summary>The text of <c>.config/gitopsgen.yaml</c>.</summary>
    public string? Settings { get; init; }
}
