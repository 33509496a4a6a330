namespace GitOpsGen.Importing.Sources;

/// <summary>What an import was asked for, beside its sources.</summary>
internal sealed record ImportRequest
{
    /// <summary>The paths that belong to every environment, as keys of <see cref="SourceTree"/>; the empty key is everything.</summary>
    public ImmutableArray<string> Common { get; init; } = [];

    /// <summary>The environments that were named; none where they are to be found out.</summary>
    public ImmutableArray<GivenEnvironment> Environments { get; init; } = [];

    /// <summary>Where the copies of a mirror were published: the mirror's prefix, and that of the upstream.</summary>
    public ImmutableArray<(string Mirror, string Upstream)> Upstreams { get; init; } = [];

    /// <summary>The values of placeholders, by name.</summary>
    public ImmutableDictionary<string, string> Variables { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The complete versions behind tags and digests of upstream repositories, as registries say.</summary>
    public ImmutableDictionary<(string Package, string Text), string> Resolved { get; init; } =
        ImmutableDictionary<(string Package, string Text), string>.Empty;

    /// <summary>The core's version where no file says it; as the other texts below, of all environments or of one.</summary>
    public PerEnvironment Core { get; init; } = PerEnvironment.None;

    public PerEnvironment OidcIssuer { get; init; } = PerEnvironment.None;

    /// <summary>The role of the Crossplane pod.</summary>
    public PerEnvironment PullRole { get; init; } = PerEnvironment.None;

    public PerEnvironment NodeRole { get; init; } = PerEnvironment.None;
}

/// <summary>An environment that was named, and what belongs to it alone.</summary>
/// <param name="Name">As it was typed.</param>
/// <param name="Paths">Keys of <see cref="SourceTree"/>.</param>
internal sealed record GivenEnvironment(string Name, ImmutableArray<string> Paths);

/// <summary>A text that is the same for all environments, or differs.</summary>
/// <param name="Values">By environment; the empty name is every other one.</param>
internal sealed record PerEnvironment(ImmutableDictionary<string, string> Values)
{
    public static PerEnvironment None { get; } = new(ImmutableDictionary<string, string>.Empty);

    public string? Of(string environment) => Values.GetValueOrDefault(environment) ?? Values.GetValueOrDefault("");
}
