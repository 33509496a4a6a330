using GitOpsGen.Settings;

namespace GitOpsGen.Iam;

/// <summary>
/// The policies that are attached to roles: the node policy, the package manager's, the chart policy and the mirror policy. Each takes
/// as few documents as the quota allows.
/// </summary>
/// <param name="locked">Every repository that the lock knows in a registry: a wildcard must not reach one that is not allowed.</param>
internal sealed class RolePolicies(Func<EcrRegistry, IReadOnlyCollection<Repository>> locked)
{
    private static readonly PolicyStatement Authorization = new("EcrAuthorization", [EcrActions.Authorize]) { Resources = ["*"] };

    // Most environments of a fleet pull the same images.
    private readonly Dictionary<(ImmutableArray<RegistryImage>, ResourceForm, bool), ImmutableArray<PolicyDocument>> known = [];

    /// <summary>The node policy: pull of everything that a pod runs; nothing where that is empty.</summary>
    /// <param name="images">The images of an environment.</param>
    /// <param name="form">Whether repositories are listed or folded into patterns.</param>
    public ImmutableArray<PolicyDocument> OfNodes(ImmutableArray<RegistryImage> images, ResourceForm form) => Known(images, form, isNodes: true);

    /// <summary>The package manager's policy: pull of every package; nothing where there is none.</summary>
    /// <inheritdoc cref="OfNodes"/>
    public ImmutableArray<PolicyDocument> OfPackageManager(ImmutableArray<RegistryImage> images, ResourceForm form) =>
        Known(images, form, isNodes: false);

    /// <summary>The chart policy: pull of a chart from one repository.</summary>
    public static PolicyDocument OfChart(EcrRegistry ecr, Repository repository, RepositoryNeed chart) =>
        new([
            Authorization,
            new("PullChart", EcrActions.Pull)
            {
                Resources = [ecr.ArnOf(repository.Path)],
                NeededBy =
                [
                    [chart],
                ],
            },
        ]);

    /// <summary>The mirror policy: what the script of <c>mirror plan</c> does, for whoever runs it.</summary>
    /// <param name="ecr">The registry.</param>
    /// <param name="repositories">The paths of what is copied, in ordinal order, with what is stored there.</param>
    /// <param name="isShared">Whether repositories get a policy of their own.</param>
    public static ImmutableArray<PolicyDocument> OfMirror(
        EcrRegistry ecr,
        SortedDictionary<string, HashSet<RepositoryNeed>> repositories,
        bool isShared
    ) =>
        Split(
            repositories.Select(repository => new Grant(
                "MirrorImages",
                isShared ? EcrActions.MirrorAndShare : EcrActions.Mirror,
                ecr.ArnOf(repository.Key),
                [.. repository.Value]
            ))
        );

    private ImmutableArray<PolicyDocument> Known(ImmutableArray<RegistryImage> images, ResourceForm form, bool isNodes)
    {
        if (!known.TryGetValue((images, form, isNodes), out var policy))
        {
            var allowed = images.Where(image => image.Ecr is not null && (isNodes ? image.IsRun : image.IsPackage)).ToList();
            policy = Split([.. Pulls(allowed, form), .. CacheFills(allowed)]);
            known.Add((images, form, isNodes), policy);
        }

        return policy;
    }

    private IEnumerable<Grant> Pulls(IEnumerable<RegistryImage> allowed, ResourceForm form)
    {
        foreach (var registry in allowed.GroupBy(image => image.Place.RegistryKey).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var ecr = registry.First().Ecr!;
            var needs = registry.ToLookup(image => image.Repository.Path, RepositoryNeed.Of, StringComparer.Ordinal);
            var repositories = needs.Select(need => need.Key).ToImmutableSortedSet(StringComparer.Ordinal);
            var resources =
                form == ResourceForm.Exact ? repositories : RepositoryPatterns.Fold(repositories, locked(ecr).Select(repository => repository.Path));
            foreach (var resource in resources)
            {
                // There are few patterns, but as many exact resources as repositories.
                IEnumerable<string> covered = RepositoryPatterns.IsPattern(resource)
                    ? repositories.Where(path => RepositoryPatterns.Matches(resource, path))
                    : [resource];
                yield return new("PullImages", EcrActions.Pull, ecr.ArnOf(resource), [.. covered.SelectMany(path => needs[path])]);
            }
        }
    }

    // The rule of a cache is for a folder. One without a folder is the whole registry, of which only the locked repositories are meant.
    private static IEnumerable<Grant> CacheFills(IEnumerable<RegistryImage> allowed) =>
        allowed
            .Where(image => image.IsCached)
            .GroupBy(image =>
                image.Ecr!.ArnOf(
                    image.Place.Route.CacheFolderOf(image.Entry.Package.Value) is { Length: > 0 } folder ? $"{folder}/*" : image.Repository.Path
                )
            )
            .OrderBy(cache => cache.Key, StringComparer.Ordinal)
            .Select(cache => new Grant("FillCache", EcrActions.FillCache, cache.Key, [.. cache.Select(RepositoryNeed.Of)]));

    // Documents are filled in order, so that a new repository changes as few of them as possible.
    private static ImmutableArray<PolicyDocument> Split(IEnumerable<Grant> grants)
    {
        var documents = ImmutableArray.CreateBuilder<PolicyDocument>();
        var filled = new List<Grant>();
        foreach (var grant in grants)
        {
            filled.Add(grant);
            if (filled.Count > 1 && Document(filled).Size > PolicyDocument.ManagedPolicyQuota)
            {
                filled.RemoveAt(filled.Count - 1);
                documents.Add(Document(filled));
                filled = [grant];
            }
        }

        if (filled.Count > 0)
            documents.Add(Document(filled));

        return documents.ToImmutable();
    }

    private static PolicyDocument Document(IEnumerable<Grant> grants) =>
        new([
            Authorization,
            .. grants
                .GroupBy(grant => grant.Sid)
                .Select(statement => new PolicyStatement(statement.Key, statement.First().Actions)
                {
                    Resources = [.. statement.Select(grant => grant.Resource)],
                    NeededBy = [.. statement.Select(grant => grant.NeededBy)],
                }),
        ]);

    private sealed record Grant(string Sid, ImmutableArray<string> Actions, string Resource, ImmutableArray<RepositoryNeed> NeededBy);
}

/// <summary>Folds repositories into patterns by folder and kind, such as <c>upbound/provider-*</c>, as people write them by hand.</summary>
internal static class RepositoryPatterns
{
    private static readonly ImmutableArray<string> Prefixes = ["configuration-", "function-", "provider-"];

    /// <summary>
    /// The allowed repositories, folded where the pattern reaches no locked repository that is not allowed. In an IAM resource
    /// <c>*</c> crosses <c>/</c> and matches any suffix.
    /// </summary>
    public static ImmutableSortedSet<string> Fold(ImmutableSortedSet<string> allowed, IEnumerable<string> locked)
    {
        var forbidden = locked.Where(path => !allowed.Contains(path)).ToList();
        return allowed
            .GroupBy(PatternOf)
            .SelectMany(group =>
                group.Key is { } stem && !forbidden.Exists(path => path.StartsWith(stem, StringComparison.Ordinal))
                    ? [stem + "*"]
                    : group.AsEnumerable()
            )
            .ToImmutableSortedSet(StringComparer.Ordinal);
    }

    /// <summary>Whether a pattern, or the path of one repository, covers a path.</summary>
    public static bool Matches(string pattern, string path) => IsPattern(pattern) ? path.AsSpan().StartsWith(pattern.AsSpan(..^1)) : path == pattern;

    public static bool IsPattern(string resource) => resource.EndsWith('*');

    private static string? PatternOf(string path)
    {
        var name = path.LastIndexOf('/') + 1;
        return Prefixes.FirstOrDefault(prefix => path.AsSpan(name).StartsWith(prefix)) is { } prefix ? path[..name] + prefix : null;
    }
}
