using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;

namespace GitOpsGen.Packages.Locking;

/// <summary>Something that only a registry knows. Equal questions have one answer.</summary>
internal abstract record RegistryLookup(Repository Repository)
{
    /// <summary>Which digest the tag of a version stands for now.</summary>
    internal sealed record TagDigest(Repository Repository, PackageVersion Version) : RegistryLookup(Repository);

    /// <summary>What the package behind a digest says about itself; it never changes.</summary>
    internal sealed record Metadata(Repository Repository, Digest Digest) : RegistryLookup(Repository);

    /// <summary>Which versions there are.</summary>
    internal sealed record Versions(Repository Repository) : RegistryLookup(Repository);
}

/// <summary>
/// What registries have answered so far: a value, or the findings that say why there is none. The findings have no place yet; it is
/// where the question comes from.
/// </summary>
internal sealed record LookupResults
{
    public static LookupResults Nothing { get; } = new();

    public ImmutableDictionary<RegistryLookup.TagDigest, Result<Digest>> Digests { get; private init; } =
        ImmutableDictionary<RegistryLookup.TagDigest, Result<Digest>>.Empty;

    public ImmutableDictionary<RegistryLookup.Metadata, Result<PackageMeta>> Metadata { get; private init; } =
        ImmutableDictionary<RegistryLookup.Metadata, Result<PackageMeta>>.Empty;

    public ImmutableDictionary<RegistryLookup.Versions, Result<PublishedVersions>> Versions { get; private init; } =
        ImmutableDictionary<RegistryLookup.Versions, Result<PublishedVersions>>.Empty;

    public LookupResults With(RegistryLookup.TagDigest question, Result<Digest> answer) => this with { Digests = Digests.SetItem(question, answer) };

    public LookupResults With(RegistryLookup.Metadata question, Result<PackageMeta> answer) =>
        this with
        {
            Metadata = Metadata.SetItem(question, answer),
        };

    public LookupResults With(RegistryLookup.Versions question, Result<PublishedVersions> answer) =>
        this with
        {
            Versions = Versions.SetItem(question, answer),
        };
}

/// <summary>
/// Looks up what is known, and notes what is asked in vain: questions without an answer, and the findings of those whose answer is a
/// failure. Either way the caller gets nothing and cannot go on.
/// </summary>
internal sealed class LookupReader(LookupResults known)
{
    private readonly OrderedDictionary<RegistryLookup, bool> missing = [];
    private readonly HashSet<RegistryLookup> told = [];
    private readonly DiagnosticBag bag = new(DiagnosticBag.ReadableLimit);

    public ImmutableArray<RegistryLookup> Missing => [.. missing.Keys];

    public ImmutableArray<Diagnostic> Found => bag.ToImmutable();

    /// <summary>Further findings of whoever looks things up here.</summary>
    public DiagnosticBag Bag => bag;

    /// <summary>The digest of a tag.</summary>
    /// <param name="question">The tag.</param>
    /// <param name="span">The entry that leads to the question.</param>
    public Digest? Of(RegistryLookup.TagDigest question, SourceSpan span) => Take(question, known.Digests.GetValueOrDefault(question), span);

    /// <inheritdoc cref="Of(RegistryLookup.TagDigest, SourceSpan)"/>
    public PackageMeta? Of(RegistryLookup.Metadata question, SourceSpan span) => Take(question, known.Metadata.GetValueOrDefault(question), span);

    /// <inheritdoc cref="Of(RegistryLookup.TagDigest, SourceSpan)"/>
    public PublishedVersions? Of(RegistryLookup.Versions question, SourceSpan span) =>
        Take(question, known.Versions.GetValueOrDefault(question), span);

    /// <summary>Whether a registry says that it has no such tag.</summary>
    public bool IsGone(RegistryLookup.TagDigest question) =>
        known.Digests.GetValueOrDefault(question) is { Value: null, Diagnostics: var found } && found.All(d => d.Rule == Rules.RegistryHasNot);

    private T? Take<T>(RegistryLookup question, Result<T>? answer, SourceSpan span)
        where T : class
    {
        if (answer is null)
        {
            missing.TryAdd(question, true);
            return null;
        }

        if (told.Add(question))
        {
            bag.AddRange(answer.Diagnostics.Select(d => d with { Span = span }));
        }

        return answer.Value;
    }
}

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
