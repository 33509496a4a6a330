using System.Collections.Immutable;
using GitOpsGen.Model;

namespace GitOpsGen.Packages.Locking;

/// <summary>The versions of a package among its tags, the highest first.</summary>
internal sealed class PublishedVersions
{
    /// <param name="tags">All tags; those that are no complete version are passed over, as Crossplane does with <c>latest</c> and <c>v1</c>.</param>
    public PublishedVersions(IEnumerable<string> tags) =>
        Descending = [
            .. tags.Select(tag => PackageVersion.TryParse(tag, out var version) ? version : null).OfType<PackageVersion>().OrderDescending(),
        ];

    public ImmutableArray<PackageVersion> Descending { get; }

    /// <summary>The highest in a sentence.</summary>
    public string HighestText => Descending is [var highest, ..] ? highest.Text : "none";
}
