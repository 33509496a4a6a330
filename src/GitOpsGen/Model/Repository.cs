namespace GitOpsGen.Model;

/// <summary>
/// An image repository: host and path, no tag, no digest. For an upstream package this is the identity that Crossplane's
/// dependency graph uses, compared as a string (crossplane internal/dag).
/// </summary>
internal sealed partial record Repository(string Host, string Path) : IComparable<Repository>
{
    // The path follows OCI distribution; Crossplane's CRDs require the dot in the host.
    public static Grammar Grammar { get; } =
        new(Form(), "a repository: a host with a dot and a path, without tag or digest, such as xpkg.upbound.io/upbound/provider-aws-s3");

    /// <summary>The path's first segment, which Crossplane's family RBAC compares (OrgDiffer).</summary>
    public string Organisation => Path.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 ? Path[..slash] : Path;

    /// <summary>The path's last segment.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>Whether its name is that of a provider that the members of a family share.</summary>
    public bool IsProviderFamily => Name.StartsWith("provider-family-", StringComparison.Ordinal);

    public static bool TryParse(string text, [NotNullWhen(true)] out Repository? repository)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        repository = Grammar.Matches(text) ? new(text[..slash], text[(slash + 1)..]) : null;
        return repository is not null;
    }

    public int CompareTo(Repository? other) => string.CompareOrdinal(ToString(), other?.ToString());

    public override string ToString() => $"{Host}/{Path}";

    [GeneratedRegex(
        @"^(?=.{1,255}$)[a-z0-9]+(?:-+[a-z0-9]+)*(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)+(?::[0-9]{1,5})?(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)+$"
    )]
    private static partial Regex Form();
}

/// <summary>
/// A registry's host, with a port where it has one. What has neither a dot nor a port is a folder of Docker Hub to everybody who pulls
/// (go-containerregistry pkg/name, distribution reference); Crossplane's CRDs refuse a package from a host without a dot.
/// </summary>
internal sealed partial record RegistryHost(string Value)
{
    public static Grammar Grammar { get; } =
        new(Form(), "a registry host with a dot or a port, without scheme or path, such as harbor.example.com or kind-registry:5000");

    public override string ToString() => Value;

    /// <summary>Whether a text is a host of the Internet rather than a version or a file: its last label is a word.</summary>
    public static bool IsDomain(string text) =>
        Grammar.Matches(text)
        && text.LastIndexOf('.') is var dot and > 0
        && text[(dot + 1)..] is { Length: > 1 } last
        && last.All(char.IsAsciiLetter);

    [GeneratedRegex(@"^(?=.{1,255}$)[a-z0-9]+(?:-+[a-z0-9]+)*(?:(?:\.[a-z0-9]+(?:-+[a-z0-9]+)*)+(?::[0-9]{1,5})?|:[0-9]{1,5})$")]
    private static partial Regex Form();
}
