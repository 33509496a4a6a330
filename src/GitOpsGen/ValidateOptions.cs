using System.Collections.Immutable;

namespace GitOpsGen;

/// <summary>What <c>validate</c> is told beside the settings.</summary>
public sealed record ValidateOptions
{
    /// <summary>Further files and folders with CustomResourceDefinitions, relative to the current folder.</summary>
    public ImmutableArray<string> Crds { get; init; } = [];

    /// <summary>Whether what could not be checked is an error.</summary>
    public bool IsStrict { get; init; }
}
