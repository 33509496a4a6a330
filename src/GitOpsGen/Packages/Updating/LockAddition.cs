using GitOpsGen.Lockfile;
using GitOpsGen.Packages.Locking;

namespace GitOpsGen.Packages.Updating;

/// <summary>
/// <c>add</c>: declares a package in the selected environments. Where it applies already, it stays at its version and is no longer
/// indirect.
/// </summary>
internal sealed class LockAddition(LockUse use, PackageRequest request)
{
    private const string CorePath = "crossplane/crossplane"; // in every registry that it is published to

    private readonly ImmutableArray<LockEntry> present = [.. use.Lockfile.Packages.Where(entry => entry.Package.Value == request.Package)];
    private readonly EnvironmentSplit patterns = new(use.Scope);

    /// <summary>Whether the package applies in every selected environment, so that it needs no version.</summary>
    public bool IsPresent => Missing().IsEmpty;

    /// <summary>Why a package cannot be added; <see langword="null"/> where it can.</summary>
    public static Diagnostic? Impossible(PackageRequest request, SourceSpan at) =>
        request.Package.Path == CorePath
            ? new(
                Rules.CoreIsNoPackage,
                $"{request.Package} is Crossplane itself, which is not a package and comes with a chart.",
                "Write its entry by hand: 'kind: Crossplane', its version, and 'chart' with the repository and version of the Helm chart.",
                at
            )
        : ObjectName.Derive(request.Package) is null
            ? new(Rules.NoObjectName, $"No object name can be derived from {request.Package}.", "Write its entry by hand, with a 'name'.", at)
        : null;

    /// <summary>The lockfile with the package. Its kind is not known until the package is read.</summary>
    /// <param name="published">The published versions; none are needed where it <see cref="IsPresent"/>.</param>
    /// <param name="allowsPrereleases">Whether the newest may be one.</param>
    /// <param name="at">The span for a new entry.</param>
    public Result<PackageLock> With(PublishedVersions? published, bool allowsPrereleases, SourceSpan at)
    {
        var missing = Missing();
        if (missing.IsEmpty || published is null)
            return Declare();

        var demands = use.DemandsOn(request.Package, missing);
        var version = published.Descending.FirstOrDefault(version =>
            (request.Version?.Accepts(version) ?? true)
            && (!version.IsPrerelease || allowsPrereleases || request.Version is { NamesPrerelease: true })
            && demands.All(demand => demand.AllowsMoveTo(version))
        );
        return version is not null ? new(Declared(New(version, missing, at)), []) : new(null, [Objection(published, at)]);
    }

    private ImmutableHashSet<EnvironmentName> Missing()
    {
        var taken = present.SelectMany(use.Of).ToHashSet();
        return [.. use.Selected.Where(name => !taken.Contains(name))];
    }

    private Result<PackageLock> Declare()
    {
        var other = present.FirstOrDefault(entry => use.IsSelected(entry) && request.Version is { } wanted && !wanted.Accepts(entry.Version.Value));
        if (other is not null)
        {
            return new(
                null,
                [
                    new(
                        Rules.LockedAtAnother,
                        $"{request.Package} is locked at {other.Version}, not at {request.Version}.",
                        $"Use 'gitopsgen update {request.Package} --to {ShellWord.InMessage(request.Version!.ToString()!)}' to move it.",
                        other.Version.Span
                    ),
                ]
            );
        }

        return present.Any(entry => entry.IsIndirect && use.IsSelected(entry))
            ? new(Declared(), [])
            : new(
                use.Lockfile,
                [
                    new(
                        Rules.LockedAlready,
                        $"{request.Package} is already in the lockfile at {present.First(use.IsSelected).Version}.",
                        $"Use 'gitopsgen update {request.Package}' to move it.",
                        present.First(use.IsSelected).Package.Span
                    ),
                ]
            );
    }

    // What is declared now may be at the version of another declared entry; then one entry says it.
    private PackageLock Declared(params IEnumerable<LockEntry> added)
    {
        var indirect = present.Where(entry => entry.IsIndirect && use.IsSelected(entry)).ToHashSet();
        var entries = use
            .Lockfile.Packages.Select(entry => indirect.Contains(entry) ? entry with { IsIndirect = false } : entry)
            .Concat(added)
            .ToList();
        foreach (var declared in indirect.Concat(added))
        {
            ImmutableArray<LockEntry> same =
            [
                .. entries.Where(entry => entry.Package.Value == request.Package && !entry.IsIndirect && PackageMoves.IsLike(entry, declared)),
            ];
            var (stays, joined) = PackageMoves.Join(same);
            entries[entries.IndexOf(same[stays])] = joined;
            entries.RemoveAll(entry => same.Contains(entry));
        }

        return new([.. entries]);
    }

    private LockEntry New(PackageVersion version, ImmutableHashSet<EnvironmentName> where, SourceSpan at)
    {
        // Elsewhere it may have a name that a person chose.
        var like = present.FirstOrDefault(entry => entry.Name is not null) ?? present.FirstOrDefault();
        var entry = new LockEntry
        {
            Package = new(request.Package, at),
            Kind = like?.Kind ?? PackageKind.Provider,
            Version = new(version, at),
            Name = like?.Name,
            ObjectName = like?.ObjectName ?? ObjectName.Derive(request.Package)!,
            Span = at,
        };
        var known = present.FirstOrDefault(other => PackageMoves.IsLike(other, entry));
        return (known is null ? entry : entry.With(known)) with
        {
            Environments = use.Scope.Patterns.IsEmpty && present.IsEmpty ? null : patterns.Leaving(entry, where),
        };
    }

    private Diagnostic Objection(PublishedVersions published, SourceSpan at) =>
        new(
            Rules.NoSuchVersion,
            request.Version is { } wanted
                ? $"No published version of {request.Package} that others here accept is {Excerpt.Of(wanted.Text)}; the highest is {published.HighestText}."
                : $"{request.Package} has no released version that others here accept; the highest is {published.HighestText}.",
            request.Version is null ? "Name a version after '@', or allow pre-releases with --pre." : "Ask for a version that exists.",
            at
        );
}

/// <summary>A package that a person asks for: <c>host/path</c>, with <c>:tag</c> or <c>@version</c>, or neither for the newest.</summary>
internal sealed record PackageRequest(Repository Package, VersionSelection? Version)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out PackageRequest? request, [NotNullWhen(false)] out string? problem)
    {
        (request, problem) = (null, null);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var reference = at < 0 ? text : text[..at];
        var colon = reference.IndexOf(':', reference.LastIndexOf('/') + 1);
        var (name, version) = (
            colon < 0 ? reference : reference[..colon],
            at >= 0 ? text[(at + 1)..]
            : colon >= 0 ? reference[(colon + 1)..]
            : null
        );
        VersionSelection? selection = null;
        if (!Repository.TryParse(name, out var repository))
            problem = $"'{name}' is not {Repository.Grammar.Expectation}";
        else if (at >= 0 && colon >= 0)
            problem = "it has a tag and a version; one is enough";
        else if (colon >= 0 && !PackageVersion.TryParse(version!, out _))
            problem = $"the tag '{version}' is not {PackageVersion.Grammar.Expectation}";
        else if (version is "")
            problem = "it ends where its version should begin";
        else if (version is null || VersionSelection.TryParse(version, out selection, out problem))
            request = new(repository, selection);

        return request is not null;
    }
}
