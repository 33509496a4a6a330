using System.Collections.Immutable;

namespace GitOpsGen.Registry.Packages;

/// <summary>What was found in a layer.</summary>
internal sealed record LayerContent
{
    /// <summary>The documents of <c>package.yaml</c> that may be the package object; <see langword="null"/> where the layer has no such file.</summary>
    public ImmutableArray<MetaDocument>? Documents { get; init; }

    /// <summary>What the layer deletes in those below.</summary>
    public required Whiteouts Whiteouts { get; init; }

    /// <summary>Why the layer cannot be read, a clause without a full stop.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the problem is that it is too large.</summary>
    public bool IsTooLarge { get; init; }
}
