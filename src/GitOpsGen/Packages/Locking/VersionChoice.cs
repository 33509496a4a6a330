using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages.Locking;

/// <summary>
/// Chooses the version of a package that is needed where no entry has it: the highest that all dependents there accept, as Crossplane
/// would. Two things come first: a provider family follows its members, because they are released together; and the entry of another
/// environment is used if it fits, because a second version would have no reason.
/// </summary>
internal sealed class VersionChoice(PackageLock lockfile, LookupReader lookups)
{
    // A dependency by digest means that tags must be looked up; the newest come first.
    private const int DigestsAtOnce = 16;

    private readonly ILookup<Repository, LockEntry> elsewhere = lockfile
        .Packages.Where(e => e.IsIndirect)
        .OrderByDescending(e => e.Version.Value)
        .ToLookup(e => e.Package.Value);

    private readonly Dictionary<(Repository, PackageVersion), LockEntry> added = [];

    /// <summary>Chooses; <see langword="false"/> while a lookup is missing.</summary>
    /// <param name="package">The package.</param>
    /// <param name="demands">Who needs it; at least one.</param>
    /// <param name="choice">An entry that exists, or a new one without a digest; <see langword="null"/> where nothing meets all demands.</param>
    public bool TryChoose(Repository package, IReadOnlyList<Demand> demands, out LockEntry? choice)
    {
        choice = null;
        if (ObjectName.Derive(package) is not { } name)
        {
            lookups.Bag.Add(
                Rules.NoObjectName,
                demands[0].Dependent.Package.Span,
                $"{demands[0].Dependent.ObjectName} needs {package}, from which no object name can be derived.",
                "Add an entry for it with a 'name', and 'indirect: true'."
            );
            return false;
        }

        if (!package.IsProviderFamily && (!TryPick(elsewhere[package], demands, out choice) || choice is not null))
            return choice is not null;

        if (lookups.Of(new RegistryLookup.Versions(package), demands[0].Dependent.Package.Span) is not { Descending: var versions })
            return false;

        var members = package.IsProviderFamily ? demands.Select(d => d.Dependent).Where(e => e.Kind == PackageKind.Provider).ToList() : [];
        var candidates = versions
            .Where(version => members.Exists(m => m.Version.Value.ComparePrecedence(version) == 0))
            .Select(Entry)
            .Concat(elsewhere[package])
            .Concat(versions.Select(Entry));
        return TryPick(candidates, demands, out choice);

        LockEntry Entry(PackageVersion version) =>
            elsewhere[package].FirstOrDefault(e => e.Version.Value == version) ?? New(package, version, name, demands[0]);
    }

    // The kind comes from the first dependent until the package itself is read.
    private LockEntry New(Repository package, PackageVersion version, ObjectName name, Demand first)
    {
        if (!added.TryGetValue((package, version), out var entry))
        {
            var (dependent, span) = (first.Dependent, first.Dependent.Package.Span);
            added[(package, version)] = entry = new()
            {
                Package = new(package, span),
                Kind = first.Dependency.Kind,
                Version = new(version, span),
                IsIndirect = true,
                ObjectName = name,
                Span = dependent.Span,
            };
        }

        return entry;
    }

    private bool TryPick(IEnumerable<LockEntry> candidates, IReadOnlyList<Demand> demands, out LockEntry? choice)
    {
        choice = null;
        var digests = demands.Select(d => d.Dependency.Constraint.Value).OfType<DependencyConstraint.Exact>().ToList();
        var unknown = 0;
        foreach (var candidate in candidates.Where(c => demands.All(d => d.MayBeMetBy(c.Version.Value))))
        {
            var digest = digests.Count == 0 ? null : DigestOf(candidate, demands[0]);
            if (digests.Count > 0 && digest is null)
            {
                if (++unknown == DigestsAtOnce)
                    return false;
            }
            else if (digests.TrueForAll(exact => exact.Digest == digest))
            {
                choice = unknown == 0 ? candidate : null; // a higher one may be the same image
                return unknown == 0;
            }
        }

        return unknown == 0;
    }

    private Digest? DigestOf(LockEntry candidate, Demand demand) =>
        candidate.Digest?.Value
        ?? lookups.Of(new RegistryLookup.TagDigest(candidate.Package.Value, candidate.Version.Value), demand.Dependent.Package.Span);
}

/// <summary>One package needs another.</summary>
internal sealed record Demand(LockEntry Dependent, Dependency Dependency)
{
    /// <summary>
    /// Whether a version may be what is needed. A constraint that cannot be read excludes nothing here (GOG2103 reports it), nor does a
    /// digest, whose tag has to be looked up.
    /// </summary>
    public bool MayBeMetBy(PackageVersion version) =>
        Dependency.Constraint.Value is not DependencyConstraint.Range range || range.Constraint.Accepts(version);

    /// <summary>Whether the locked package may move to a version. Where a digest is needed, it may not move.</summary>
    public bool AllowsMoveTo(PackageVersion version) => Dependency.Constraint.Value is not DependencyConstraint.Exact && MayBeMetBy(version);
}
