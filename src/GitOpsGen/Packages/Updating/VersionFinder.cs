using GitOpsGen.Lockfile;
using GitOpsGen.Packages.Locking;

namespace GitOpsGen.Packages.Updating;

/// <summary>Finds the version that a package moves to: the highest that the user and every dependent accept.</summary>
internal static class VersionFinder
{
    /// <summary>The version to move to; <see langword="null"/> to stay.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="versions">The published versions.</param>
    /// <param name="limits">What the user wants.</param>
    /// <param name="demands">The dependents.</param>
    public static PackageVersion? Find(LockEntry entry, PublishedVersions versions, UpdateLimits limits, ImmutableArray<Demand> demands) =>
        versions.Descending.FirstOrDefault(version =>
            limits.Allow(entry.Version.Value, version) && demands.All(demand => demand.AllowsMoveTo(version))
        );

    /// <summary>Why there is no version to move to although the user named some; <see langword="null"/> where the current one is among them.</summary>
    /// <inheritdoc cref="Find"/>
    public static Diagnostic? Objection(LockEntry entry, PublishedVersions versions, UpdateLimits limits, ImmutableArray<Demand> demands)
    {
        if (limits.To is not { } to || to.Accepts(entry.Version.Value))
            return null;

        var named = versions.Descending.Where(version => to.Accepts(version)).ToList();
        var allowed = named.Where(version => limits.Allow(entry.Version.Value, version)).ToList();
        if (named.Count == 0)
        {
            return new(
                Rules.NoSuchVersion,
                $"No published version of {entry.Package} is {Excerpt.Of(to.Text)}; the highest is {versions.HighestText}.",
                "Ask for a version that exists.",
                entry.Version.Span
            );
        }

        if (allowed.Count == 0)
        {
            return new(
                Rules.NoSuchVersion,
                $"The highest version of {entry.Package} that {Excerpt.Of(to.Text)} names is {named[0]}, and {entry.Version} does not move there.",
                "To go back, name the lower version exactly. Otherwise allow pre-releases with --pre, or leave out --minor and --patch.",
                entry.Version.Span
            );
        }

        var refuses = demands.First(demand => !demand.AllowsMoveTo(allowed[0]));
        return new(
            Rules.VersionRefused,
            $"{refuses.Dependent.ObjectName} {refuses.Dependent.Version} needs {entry.Package} {Excerpt.Of(refuses.Dependency.Constraint.Value.Text)}, which {allowed[0]} is not.",
            "Update the dependent first, or ask for a version that it accepts.",
            refuses.Dependency.Constraint.Span
        );
    }
}

/// <summary>The published versions of each package that a command asks about.</summary>
internal sealed class VersionCatalogue
{
    private readonly ImmutableDictionary<Repository, PublishedVersions> packages;

    private VersionCatalogue(ImmutableDictionary<Repository, PublishedVersions> packages) => this.packages = packages;

    public PublishedVersions this[Repository package] => packages[package];

    /// <summary>The versions of a package; <see langword="null"/> where nobody asked about it.</summary>
    public PublishedVersions? Of(Repository package) => packages.GetValueOrDefault(package);

    /// <summary>The catalogue with the versions that the lockfile has of other packages, about which nobody was asked.</summary>
    public VersionCatalogue With(PackageLock lockfile) =>
        new(
            packages.AddRange(
                lockfile
                    .Packages.GroupBy(entry => entry.Package.Value)
                    .Where(package => !packages.ContainsKey(package.Key))
                    .Select(package =>
                        KeyValuePair.Create(
                            package.Key,
                            new PublishedVersions(package.Where(entry => entry.Digest is not null).Select(entry => entry.Version.Value.Text))
                        )
                    )
            )
        );

    /// <summary>The catalogue, or why there is none: each finding at the entry that led to the lookup.</summary>
    /// <param name="asked">The packages, each with the place of its first entry.</param>
    /// <param name="known">The results.</param>
    public static Result<VersionCatalogue> Of(ImmutableArray<Located<Repository>> asked, LookupResults known)
    {
        var lookups = new LookupReader(known);
        var packages = ImmutableDictionary.CreateBuilder<Repository, PublishedVersions>();
        foreach (var package in asked)
        {
            if (lookups.Of(new RegistryLookup.Versions(package.Value), package.Span) is { } versions)
                packages.Add(package.Value, versions);
        }

        return new(packages.Count == asked.Length ? new(packages.ToImmutable()) : null, lookups.Found);
    }
}
