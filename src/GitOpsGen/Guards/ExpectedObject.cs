using System.Collections.Immutable;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Guards;

/// <summary>An object that has to be in a folder of the output, once.</summary>
/// <param name="ApiVersion">Its API version.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
internal sealed record ExpectedObject(string ApiVersion, string Kind, string Name)
{
    /// <summary>What its fields have to say; others are free.</summary>
    public ImmutableArray<ExpectedField> Fields { get; init; } = [];

    /// <summary>The files that make it, below the output, the likeliest to be wrong first; beside its folder's kustomization.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];
}

/// <summary>What Kustomize has to build of a folder.</summary>
/// <param name="Folder">The folder, below the output.</param>
/// <param name="Objects">What has to be among its objects.</param>
/// <param name="Rule">The rule that is broken where it is not.</param>
internal sealed record ExpectedFolder(string Folder, ImmutableArray<ExpectedObject> Objects, Rule Rule);
