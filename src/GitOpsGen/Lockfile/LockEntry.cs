using System.Runtime.CompilerServices;

namespace GitOpsGen.Lockfile;

/// <summary>One package at one version, and where it applies. Two entries are the same only if they are one object.</summary>
internal sealed record LockEntry
{
    /// <summary>The entry's place in the file's list, from 0; <see langword="null"/> for one that the file does not have yet.</summary>
    public int? Index { get; init; }

    /// <summary>The upstream repository: the package's identity.</summary>
    public required Located<Repository> Package { get; init; }

    public required PackageKind Kind { get; init; }

    public required Located<PackageVersion> Version { get; init; }

    /// <summary>
    /// The tag that <c>lock</c> read, and the digest behind it: what <see cref="RequiresCrossplane"/> and <see cref="DependsOn"/> belong to.
    /// <see langword="null"/> until <c>lock</c> has filled it.
    /// </summary>
    public Located<LockedTag>? Locked { get; init; }

    /// <summary>The image's own date; <see langword="null"/> where it has no real one, or nobody looked.</summary>
    public Located<PublicationDate>? Published { get; init; }

    /// <summary>A digest under the key of the first format, which does not say which version it belongs to.</summary>
    public Located<Digest>? UnboundDigest { get; init; }

    /// <summary>Whether the entry was read at another version than the one that it has now, or nobody can say at which.</summary>
    public bool IsStale => UnboundDigest is not null || (Locked is { Value.Tag: var tag } && tag != Version.Value.Text);

    /// <summary>The locked digest of <see cref="Version"/>; <see langword="null"/> where it is not known or the entry is stale.</summary>
    public Located<Digest>? Digest => Locked is { } locked && !IsStale ? new(locked.Value.Digest, locked.Span) : null;

    /// <summary>What lies beside the image that was read; <see langword="null"/>: nothing, or nobody looked.</summary>
    public ImmutableArray<Attachment>? Attached { get; init; }

    /// <summary>The chart that installs the core; on an entry of kind <see cref="PackageKind.Crossplane"/> only.</summary>
    public Located<ChartPin>? Chart { get; init; }

    /// <summary>Whether the package is here only because another one depends on it.</summary>
    public bool IsIndirect { get; init; }

    /// <summary>The package's own constraint on the core (<c>spec.crossplane.version</c> of its metadata).</summary>
    public Located<DependencyConstraint>? RequiresCrossplane { get; init; }

    /// <summary>The published dependencies; <see langword="null"/> while they are not known.</summary>
    public ImmutableArray<Dependency>? DependsOn { get; init; }

    /// <summary>Where the entry applies; <see langword="null"/>: wherever no other entry of the package does.</summary>
    public ImmutableArray<Located<NamePattern>>? Environments { get; init; }

    /// <summary>The object name the user chose; <see langword="null"/>: the one Crossplane would derive.</summary>
    public Located<ObjectName>? Name { get; init; }

    /// <summary>The name of the object: chosen or derived.</summary>
    public required ObjectName ObjectName { get; init; }

    /// <summary>Whether this is the provider that a family's members share: its ProviderConfig and its credentials.</summary>
    public bool IsProviderFamily => Package.Value.IsProviderFamily;

    /// <summary>The place of the whole entry; for an entry that the file does not have yet, that of the entry that needs it.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>This entry at a version of which nothing is known yet.</summary>
    public LockEntry At(PackageVersion version) =>
        this with
        {
            Version = new(version, Version.Span),
            Locked = null,
            UnboundDigest = null,
            Published = null,
            Attached = null,
            RequiresCrossplane = null,
            DependsOn = null,
        };

    /// <summary>This entry at the version of another one of its package, with all that <c>lock</c> read there.</summary>
    public LockEntry With(LockEntry content) =>
        this with
        {
            Version = new(content.Version.Value, Version.Span),
            Locked = content.Locked,
            UnboundDigest = content.UnboundDigest,
            Published = content.Published,
            Attached = content.Attached,
            RequiresCrossplane = content.RequiresCrossplane,
            DependsOn = content.DependsOn,
        };

    /// <summary>A key of this entry as the origin of a value; nested keys are separated by <c>/</c>.</summary>
    public Origin From(string key) => new Origin.LockKey(Index ?? -1, key);

    /// <summary>The origin of the object's name.</summary>
    public Origin FromName => From(Name is null ? "package" : "name");

    /// <summary>This entry as the reason for a grant, for its image or for its chart.</summary>
    public Origin Need(bool forChart = false) => new Origin.Need(Index ?? -1, forChart ? "chart" : "package");

    public bool Equals(LockEntry? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
}

/// <summary>One dependency as a package publishes it.</summary>
internal sealed record Dependency(Located<Repository> Package, PackageKind Kind, Located<DependencyConstraint> Constraint);

/// <summary>What <c>packages.lock.yaml</c> says, in the order of the file.</summary>
internal sealed record PackageLock(ImmutableArray<LockEntry> Packages)
{
    /// <summary>The version of the format that this program reads and writes.</summary>
    public const int FormatVersion = 1;
}
