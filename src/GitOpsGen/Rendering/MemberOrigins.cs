using System.Collections.Immutable;
using GitOpsGen.Diagnostics;

namespace GitOpsGen.Rendering;

/// <summary>Where the value of a member comes from, and its parts; each is worked out when somebody asks.</summary>
internal sealed record MemberOrigins
{
    /// <summary>Of what the user decides nothing.</summary>
    public static MemberOrigins None { get; } = new();

    /// <summary>Of the value as a whole.</summary>
    public ImmutableArray<Origin> Whole { get; init; } = [];

    /// <summary>Of an item, where the value is a list.</summary>
    public Func<int, ImmutableArray<Origin>> Item { get; init; } = _ => [];

    /// <summary>Of a node besides its own place, where the value is free-form data: by its keys with dots between them.</summary>
    public Func<string, ImmutableArray<Origin>> Node { get; init; } = _ => [];
}
