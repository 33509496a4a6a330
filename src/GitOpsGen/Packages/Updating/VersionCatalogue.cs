using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Packages.Locking;

namespace GitOpsGen.Packages.Updating;

/// <summary>What is published of each package that a command asked about.</summary>
internal sealed class VersionCatalogue
{
    private readonly ImmutableDictionary<Repository, PublishedVersions> packages;

    private VersionCatalogue(ImmutableDictionary<Repository, PublishedVersions> packages) => this.packages = packages;

    public PublishedVersions this[Repository package] => packages[package];

    /// <summary>The catalogue, or why there is none: each finding at the entry that led to the question.</summary>
    /// <param name="asked">The packages, each with the place of its first entry.</param>
    /// <param name="known">The answers.</param>
    public static Result<VersionCatalogue> Of(ImmutableArray<Located<Repository>> asked, Known known)
    {
        var facts = new Facts(known);
        var packages = ImmutableDictionary.CreateBuilder<Repository, PublishedVersions>();
        foreach (var package in asked)
        {
            if (facts.Of(new RegistryQuestion.Versions(package.Value), package.Span) is { } versions)
            {
                packages.Add(package.Value, versions);
            }
        }

        return new(packages.Count == asked.Length ? new(packages.ToImmutable()) : null, facts.Found);
    }
}
