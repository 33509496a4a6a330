namespace GitOpsGen.Settings;

/// <summary>
/// Where the images of one environment are pulled from: the answer for every upstream repository. Everything else asks it, and nobody
/// asks which registry an environment has.
/// </summary>
/// <param name="Default">The route of what no other one covers: the environment's <c>registry</c>, or upstream where it has none.</param>
/// <param name="Own">The routes of <c>upstreams</c>, the longest prefix first.</param>
internal sealed record UpstreamRoutes(UpstreamRoute Default, ImmutableArray<UpstreamRoute> Own)
{
    /// <summary>Equal for environments that pull everything from the same places.</summary>
    public string Identity { get; } = string.Join(' ', Own.Prepend(Default).Select(route => route.Identity));

    /// <summary>
    /// The route to the ECR registry whose account and partition a role has that is given by name, where the cluster's account is not
    /// set: the environment's, else the first one in ordinal order.
    /// </summary>
    public UpstreamRoute? Home { get; } =
        Own.OrderBy(route => route.Prefix, StringComparer.Ordinal).Prepend(Default).FirstOrDefault(route => route.Ecr is not null);

    /// <summary>That registry; <see langword="null"/> where nothing is pulled from ECR.</summary>
    public EcrRegistry? HomeEcr => Home?.Ecr;

    /// <summary>The environment's registry; <see langword="null"/> where it pulls from upstream.</summary>
    public RegistrySettings? Registry => Default.Registry;

    /// <summary>Where a repository is pulled from.</summary>
    public PullPlace PlaceOf(Repository upstream) => (Own.FirstOrDefault(route => route.Covers(upstream)) ?? Default).PlaceOf(upstream);
}

/// <summary>How the packages below a prefix are pulled.</summary>
/// <param name="Prefix">A host, and a path below it where the route is for that alone; empty for the environment's registry.</param>
/// <param name="Span">Where the user wrote it.</param>
internal sealed record UpstreamRoute(string Prefix, SourceSpan Span)
{
    /// <summary>The registry that is pulled from; <see langword="null"/>: packages are pulled where they were published.</summary>
    public RegistrySettings? Registry { get; init; }

    /// <summary>What takes the place of the upstream <c>host/organisation/</c>; <see langword="null"/>: the registry's prefix takes that of the host.</summary>
    public string? Path { get; init; }

    /// <summary>Whether the route itself says where below the registry its packages are, so that none is used as it is.</summary>
    public bool Moves { get; init; }

    /// <summary>The Secret in the Crossplane namespace that these pulls use.</summary>
    public Located<string>? PullSecret { get; init; }

    /// <summary>Whether the registry fetches by itself what it does not have.</summary>
    public bool IsPullThrough { get; init; }

    /// <summary>Whether it is the route of what no route of <c>upstreams</c> covers.</summary>
    public bool IsDefault => Prefix.Length == 0;

    /// <summary>The ECR registry that it pulls from, where there is one.</summary>
    public EcrRegistry? Ecr =>
        Registry is not null ? Registry.Ecr
        : EcrRegistry.TryParseHost(Prefix.Split('/')[0], out var published) ? published
        : null;

    /// <summary>The folder of a pull-through cache, in which ECR makes repositories; empty where that is the whole registry.</summary>
    public string CacheFolderOf(Repository upstream) => Path ?? Registry!.PrefixOf(upstream.Host);

    /// <summary>Equal for routes that pull alike.</summary>
    public string Identity => $"{Prefix}>{Registry?.Host.Value}>{Registry?.PrefixesText}>{Path ?? "-"}>{Moves}>{IsPullThrough}>{PullSecret?.Value}";

    /// <summary>A prefix ends where a segment of the path does: ghcr.io/acme does not cover ghcr.io/acme-labs.</summary>
    public bool Covers(Repository upstream)
    {
        var text = upstream.ToString();
        return text.StartsWith(Prefix, StringComparison.Ordinal) && (text.Length == Prefix.Length || text[Prefix.Length] == '/');
    }

    /// <summary>Where a repository that it covers is pulled from.</summary>
    public PullPlace PlaceOf(Repository upstream)
    {
        if (Registry is null)
            return new(upstream, EcrRegistry.TryParseHost(upstream.Host, out var published) ? published : null, this, Supply.Published);

        var isThere = IsSameRegistry(upstream, Registry);
        if (isThere && !Moves)
            return new(new(Registry.Host.Value, upstream.Path), Registry.Ecr, this, Supply.Published);

        var folder = Path ?? Registry.PrefixOf(upstream.Host);
        var rest = Path is null || upstream.Organisation == upstream.Path ? upstream.Path : upstream.Path[(upstream.Organisation.Length + 1)..];
        var path = folder.Length == 0 ? rest : $"{folder}/{rest}";
        var supply =
            isThere && path == upstream.Path ? Supply.Published
            : IsPullThrough ? Supply.Cached
            : Supply.Copied;
        return new(new(Registry.Host.Value, path), Registry.Ecr, this, supply);
    }

    /// <summary>
    /// What the references of a repository, and of its neighbours on this route, begin with. Crossplane compares the prefix of an
    /// ImageConfig with the whole reference and knows no boundaries, so it ends in <c>/</c>, or in <c>:</c> for one repository alone.
    /// </summary>
    public string ReferencePrefixOf(Repository repository)
    {
        var text = repository.ToString();
        var organisation = $"{repository.Host}/{repository.Organisation}/";
        return !IsDefault && Prefix.Length >= organisation.Length && Covers(repository) && text != Prefix ? $"{Prefix}/"
            : repository.Organisation == repository.Path || text == Prefix ? $"{text}:"
            : organisation;
    }

    public override string ToString() => $"{(IsDefault ? "the environment's 'registry'" : $"the route '{Prefix}'")} (line {Span.Start.Line})";

    // An ECR registry has several hosts.
    private static bool IsSameRegistry(Repository upstream, RegistrySettings registry) =>
        upstream.Host == registry.Host.Value
        || (registry.Ecr is not null && EcrRegistry.TryParseHost(upstream.Host, out var other) && other.FolderName == registry.Ecr.FolderName);
}

/// <summary>Where an environment pulls an image from.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Ecr">The ECR registry that it is in, where it is.</param>
/// <param name="Route">The route that decides it.</param>
/// <param name="Supply">How the image gets there.</param>
internal sealed record PullPlace(Repository Repository, EcrRegistry? Ecr, UpstreamRoute Route, Supply Supply)
{
    /// <summary>The registry: one account in one region of ECR, whichever of its hosts is used, else the host.</summary>
    public string RegistryKey => Ecr?.FolderName ?? Repository.Host;
}

/// <summary>How an image gets to where it is pulled from.</summary>
internal enum Supply
{
    /// <summary>It was published there.</summary>
    Published,

    /// <summary>Somebody copies it, by <c>mirror plan</c>.</summary>
    Copied,

    /// <summary>The registry fetches it at the first pull.</summary>
    Cached,
}
