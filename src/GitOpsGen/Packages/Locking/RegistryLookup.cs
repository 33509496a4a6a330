namespace GitOpsGen.Packages.Locking;

/// <summary>Something to look up in a registry. Equal lookups have one result.</summary>
internal abstract record RegistryLookup(Repository Repository)
{
    /// <summary>The digest that the tag of a version points to now.</summary>
    internal sealed record TagDigest(Repository Repository, PackageVersion Version) : RegistryLookup(Repository);

    /// <summary>What the package with a digest says about itself; it never changes.</summary>
    internal sealed record Metadata(Repository Repository, Digest Digest) : RegistryLookup(Repository);

    /// <summary>The date of an image that is no package: the core's.</summary>
    internal sealed record Date(Repository Repository, Digest Digest) : RegistryLookup(Repository);

    /// <summary>What lies beside an image, such as its signature.</summary>
    internal sealed record Attached(Repository Repository, Digest Digest) : RegistryLookup(Repository);

    /// <summary>The published versions.</summary>
    internal sealed record Versions(Repository Repository) : RegistryLookup(Repository);
}

/// <summary>
/// The results of lookups so far: a value, or the findings that say why there is none. The findings have no place yet: it is that of
/// the entry that leads to the lookup.
/// </summary>
internal sealed record LookupResults
{
    public static LookupResults Nothing { get; } = new();

    public ImmutableDictionary<RegistryLookup.TagDigest, Result<Digest>> Digests { get; private init; } =
        ImmutableDictionary<RegistryLookup.TagDigest, Result<Digest>>.Empty;

    public ImmutableDictionary<RegistryLookup.Metadata, Result<PackageMeta>> Metadata { get; private init; } =
        ImmutableDictionary<RegistryLookup.Metadata, Result<PackageMeta>>.Empty;

    public ImmutableDictionary<RegistryLookup.Date, Result<ImageDate>> Dates { get; private init; } =
        ImmutableDictionary<RegistryLookup.Date, Result<ImageDate>>.Empty;

    public ImmutableDictionary<RegistryLookup.Attached, Result<AttachmentList>> Attached { get; private init; } =
        ImmutableDictionary<RegistryLookup.Attached, Result<AttachmentList>>.Empty;

    public ImmutableDictionary<RegistryLookup.Versions, Result<PublishedVersions>> Versions { get; private init; } =
        ImmutableDictionary<RegistryLookup.Versions, Result<PublishedVersions>>.Empty;

    public LookupResults With(RegistryLookup.TagDigest lookup, Result<Digest> result) => this with { Digests = Digests.SetItem(lookup, result) };

    public LookupResults With(RegistryLookup.Metadata lookup, Result<PackageMeta> result) =>
        this with
        {
            Metadata = Metadata.SetItem(lookup, result),
        };

    public LookupResults With(RegistryLookup.Date lookup, Result<ImageDate> result) => this with { Dates = Dates.SetItem(lookup, result) };

    public LookupResults With(RegistryLookup.Attached lookup, Result<AttachmentList> result) =>
        this with
        {
            Attached = Attached.SetItem(lookup, result),
        };

    public LookupResults With(RegistryLookup.Versions lookup, Result<PublishedVersions> result) =>
        this with
        {
            Versions = Versions.SetItem(lookup, result),
        };
}

/// <summary>
/// Reads results, and collects the lookups that have none yet and the findings of those that failed. In both cases the caller gets
/// nothing and cannot go on.
/// </summary>
internal sealed class LookupReader(LookupResults known)
{
    private readonly OrderedDictionary<RegistryLookup, bool> missing = [];
    private readonly HashSet<RegistryLookup> reported = [];
    private readonly DiagnosticBag bag = new(DiagnosticBag.ReadableLimit);

    public ImmutableArray<RegistryLookup> Missing => [.. missing.Keys];

    public ImmutableArray<Diagnostic> Found => bag.ToImmutable();

    /// <summary>Further findings of the callers.</summary>
    public DiagnosticBag Bag => bag;

    /// <summary>The digest of a tag.</summary>
    /// <param name="lookup">The tag.</param>
    /// <param name="span">The entry that leads to the lookup.</param>
    public Digest? Of(RegistryLookup.TagDigest lookup, SourceSpan span) => Take(lookup, known.Digests.GetValueOrDefault(lookup), span);

    /// <inheritdoc cref="Of(RegistryLookup.TagDigest, SourceSpan)"/>
    public PackageMeta? Of(RegistryLookup.Metadata lookup, SourceSpan span) => Take(lookup, known.Metadata.GetValueOrDefault(lookup), span);

    /// <inheritdoc cref="Of(RegistryLookup.TagDigest, SourceSpan)"/>
    public ImageDate? Of(RegistryLookup.Date lookup, SourceSpan span) => Take(lookup, known.Dates.GetValueOrDefault(lookup), span);

    /// <inheritdoc cref="Of(RegistryLookup.TagDigest, SourceSpan)"/>
    public AttachmentList? Of(RegistryLookup.Attached lookup, SourceSpan span) => Take(lookup, known.Attached.GetValueOrDefault(lookup), span);

    /// <inheritdoc cref="Of(RegistryLookup.TagDigest, SourceSpan)"/>
    public PublishedVersions? Of(RegistryLookup.Versions lookup, SourceSpan span) => Take(lookup, known.Versions.GetValueOrDefault(lookup), span);

    /// <summary>Whether a registry says that it has no such tag.</summary>
    public bool IsGone(RegistryLookup.TagDigest lookup) =>
        known.Digests.GetValueOrDefault(lookup) is { Value: null, Diagnostics: var found } && found.All(d => d.Rule == Rules.RegistryHasNot);

    private T? Take<T>(RegistryLookup lookup, Result<T>? result, SourceSpan span)
        where T : class
    {
        if (result is null)
        {
            missing.TryAdd(lookup, true);
            return null;
        }

        if (reported.Add(lookup))
            bag.AddRange(result.Diagnostics.Select(d => d with { Span = span }));

        return result.Value;
    }
}

/// <summary>What lies beside an image.</summary>
internal sealed record AttachmentList(ImmutableArray<Attachment> All);

/// <summary>The versions of a package among its tags, the highest first.</summary>
internal sealed class PublishedVersions
{
    /// <param name="tags">All tags; those that are not a complete version are skipped, as Crossplane does with <c>latest</c> and <c>v1</c>.</param>
    public PublishedVersions(IEnumerable<string> tags) =>
        Descending = [
            .. tags.Select(tag => PackageVersion.TryParse(tag, out var version) ? version : null).OfType<PackageVersion>().OrderDescending(),
        ];

    public ImmutableArray<PackageVersion> Descending { get; }

    /// <summary>The highest in a sentence.</summary>
    public string HighestText => Descending is [var highest, ..] ? highest.Text : "none";
}
