using GitOpsGen.Model;

namespace GitOpsGen.Packages.Locking;

/// <summary>Something that only a registry knows. Equal questions have one answer.</summary>
internal abstract record RegistryQuestion(Repository Repository)
{
    /// <summary>Which digest the tag of a version stands for now.</summary>
    internal sealed record TagDigest(Repository Repository, PackageVersion Version) : RegistryQuestion(Repository);

    /// <summary>What the package behind a digest says about itself; it never changes.</summary>
    internal sealed record Metadata(Repository Repository, Digest Digest) : RegistryQuestion(Repository);

    /// <summary>Which versions there are.</summary>
    internal sealed record Versions(Repository Repository) : RegistryQuestion(Repository);
}
