using System.Collections.Immutable;
using GitOpsGen.Model;
using GitOpsGen.Packages.Locking;

namespace GitOpsGen.Packages.Updating;

/// <summary>What is published of each package that a command asked about.</summary>
internal sealed record VersionCatalogue(ImmutableDictionary<Repository, PublishedVersions> Packages)
{
    public PublishedVersions this[Repository package] => Packages[package];
}
