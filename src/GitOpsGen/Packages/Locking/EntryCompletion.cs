using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages.Locking;

/// <summary>
/// Completes entries one by one: the digest from the tag, the rest from the package with that digest, never from anywhere else.
/// A complete entry is not read again unless all are, but its tag is checked: it may have moved. A stale entry is read again.
/// </summary>
internal sealed class EntryCompletion(LookupReader lookups, LockScope scope)
{
    private readonly Dictionary<LockEntry, LockEntry?> completed = [];

    /// <summary>The complete entry; <see langword="null"/> while that is not known. Where there is nothing to add, it is the same object.</summary>
    public LockEntry? Complete(LockEntry entry)
    {
        if (!completed.TryGetValue(entry, out var result))
            completed[entry] = result = DigestOf(entry) is { } digest ? WithContent(entry, digest) : null;

        return result;
    }

    /// <summary>What is known of an entry so far.</summary>
    public LockEntry Known(LockEntry entry) => completed.GetValueOrDefault(entry) ?? entry;

    private Digest? DigestOf(LockEntry entry)
    {
        var tag = TagOf(entry);
        if (entry.Digest is not { Value: var locked } digest)
            return lookups.Of(tag, entry.Package.Span);

        if (!scope.ChecksTags && !scope.ReadsAll && IsComplete(entry))
            return locked;

        if (lookups.IsGone(tag))
        {
            lookups.Bag.Add(
                Rules.LockedTagGone,
                entry.Version.Span,
                $"{entry.Package.Value.Host} no longer has the tag {entry.Version} of {entry.Package.Value.Path}; {locked} is locked.",
                "Keep the copy in your mirror, and move to another version."
            );
            return locked;
        }

        var now = lookups.Of(tag, entry.Package.Span);
        if (now is null || now == locked || scope.AcceptsMovedTags || scope.ReadsAll)
            return now;

        lookups.Bag.Add(
            Rules.TagMoved,
            digest.Span,
            $"The tag {entry.Version} of {entry.Package} now points to {now}, but {locked} is locked.",
            "Find out why it was moved, and accept the new content with --accept-moved-tags."
        );
        return locked;
    }

    // The core is an image without metadata.
    private static bool IsComplete(LockEntry entry) => entry.DependsOn is not null || entry.Kind == PackageKind.Crossplane;

    private static RegistryLookup.TagDigest TagOf(LockEntry entry) => new(entry.Package.Value, entry.Version.Value);

    private LockEntry? WithContent(LockEntry entry, Digest digest)
    {
        var isSame = digest == entry.Digest?.Value;
        if (isSame && IsComplete(entry) && (!scope.ReadsAll || lookups.IsGone(TagOf(entry))))
            return entry;

        if (entry.UnboundDigest is { } unbound && unbound.Value != digest)
        {
            lookups.Bag.Add(
                Rules.UnboundDigestDiffers,
                unbound.Span,
                $"{entry.Package} {entry.Version} had the digest {unbound.Value}, and its tag is {digest} now, which is locked.",
                "Compare the two if the version was not changed by hand: the tag may have been moved."
            );
        }

        var span = entry.Package.Span;
        var beside = lookups.Of(new RegistryLookup.Attached(entry.Package.Value, digest), span); // asked together with the rest
        var pinned = (isSame ? entry : entry with { Locked = new(new(entry.Version.Value.Text, digest), span), UnboundDigest = null }) with
        {
            Attached = beside is { All: [_, ..] all } ? all : null,
        };
        if (entry.Kind == PackageKind.Crossplane)
        {
            // The core is an image without metadata; all that is read of it is its date.
            return lookups.Of(new RegistryLookup.Date(entry.Package.Value, digest), span) is { } image && beside is not null
                ? pinned with
                {
                    Published = Located(image.Day),
                }
                : null;
        }

        if (lookups.Of(new RegistryLookup.Metadata(entry.Package.Value, digest), span) is not { } meta || beside is null)
            return null;

        CheckKind(entry, meta);
        return pinned with
        {
            Kind = entry.Index is null ? meta.Kind : entry.Kind,
            Published = Located(meta.Published),
            RequiresCrossplane = meta.RequiresCrossplane is { } core ? new(core, span) : null,
            DependsOn = [.. meta.DependsOn.Select(d => new Dependency(new(d.Package, span), d.Kind, new(d.Constraint, span)))],
        };

        Located<PublicationDate>? Located(PublicationDate? day) => day is null ? null : new(day, span);
    }

    // The kind of a new entry comes from its dependents, and GOG2110 checks those.
    private void CheckKind(LockEntry entry, PackageMeta meta)
    {
        if (entry.Index is not null && entry.Kind != meta.Kind)
        {
            lookups.Bag.Add(
                Rules.OtherKind,
                entry.Package.Span,
                $"{entry.Package} {entry.Version} is locked as {entry.Kind}, but what is published is a {meta.Kind}.",
                $"Set 'kind: {meta.Kind}', if this is the package that was meant."
            );
        }
    }
}
