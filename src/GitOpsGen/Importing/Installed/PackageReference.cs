namespace GitOpsGen.Importing.Installed;

/// <summary>A package reference as people write it: perhaps without a registry, with a tag, a digest, both or neither.</summary>
/// <param name="Host">The registry; <see langword="null"/> where none is written.</param>
/// <param name="Path">The path in it.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Digest">The digest.</param>
internal sealed record PackageReference(string? Host, string Path, string? Tag, string? Digest)
{
    public static PackageReference Parse(string text)
    {
        var (rest, digest) = text.Split('@', 2) is [var before, var behind] ? (before, behind) : (text, null);
        var colon = rest.LastIndexOf(':');
        var hasTag = colon > rest.LastIndexOf('/') && (colon < 0 || !rest[(colon + 1)..].StartsWith('-'));
        var (repository, tag) = hasTag && colon > 0 ? (rest[..colon], rest[(colon + 1)..]) : (rest, null);
        var slash = repository.IndexOf('/', StringComparison.Ordinal);
        var hasHost =
            slash > 0 && (repository.AsSpan(0, slash).ContainsAny('.', ':') || repository.StartsWith("localhost/", StringComparison.Ordinal));
        return new(hasHost ? repository[..slash] : null, hasHost ? repository[(slash + 1)..] : repository, tag, digest);
    }

    /// <summary>The repository, with a registry for one that is not written.</summary>
    public string In(string registry) => $"{Host ?? registry}/{Path}";

    /// <summary>The reference of a repository as Crossplane has it: with the tag that it adds where nothing is written.</summary>
    public string Of(string repository)
    {
        var tag =
            Tag is not null ? $":{Tag}"
            : Digest is null ? ":latest"
            : "";
        return $"{repository}{tag}{(Digest is null ? "" : $"@{Digest}")}";
    }

    /// <summary>What stands for the version, complete or not.</summary>
    public string VersionText => Tag ?? Digest ?? "latest";

    /// <summary>Whether the tag is a complete version.</summary>
    [MemberNotNullWhen(true, nameof(Tag))]
    public bool IsComplete => Tag is not null && PackageVersion.TryParse(Tag, out _);
}
