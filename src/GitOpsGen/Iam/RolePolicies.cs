using System.Collections.Immutable;
using GitOpsGen.Model;
using GitOpsGen.Settings;

namespace GitOpsGen.Iam;

/// <summary>
/// The policies that are attached to roles: the node policy, the package manager's, the chart policy and the mirror policy. Each is
/// for one ECR registry and takes as few documents as the quota allows.
/// </summary>
/// <param name="locked">Every repository that the lock knows in a registry: a wildcard must not reach one that is not allowed.</param>
internal sealed class RolePolicies(Func<EcrRegistry, IReadOnlyCollection<Repository>> locked)
{
    private static readonly PolicyStatement Authorization = new("EcrAuthorization", [EcrActions.Authorize]) { Resources = ["*"] };

    // Most environments of a fleet pull the same images.
    private readonly Dictionary<(ImmutableArray<RegistryImage>, ResourceForm, bool), ImmutableArray<PolicyDocument>> known = [];

    /// <summary>The node policy: pull of everything that a pod runs; nothing where that is empty.</summary>
    /// <param name="ecr">The registry.</param>
    /// <param name="images">The images of an environment.</param>
    /// <param name="form">Whether repositories are listed or folded into patterns.</param>
    public ImmutableArray<PolicyDocument> OfNodes(EcrRegistry ecr, ImmutableArray<RegistryImage> images, ResourceForm form) =>
        Known(ecr, images, form, isNodes: true);

    /// <summary>The package manager's policy: pull of every package; nothing where there is none.</summary>
    /// <inheritdoc cref="OfNodes"/>
    public ImmutableArray<PolicyDocument> OfPackageManager(EcrRegistry ecr, ImmutableArray<RegistryImage> images, ResourceForm form) =>
        Known(ecr, images, form, isNodes: false);

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
            ecr,
            "MirrorImages",
            isShared ? EcrActions.MirrorAndShare : EcrActions.Mirror,
            repositories.Select(repository => (repository.Key, repository.Value.AsEnumerable()))
        );

    private ImmutableArray<PolicyDocument> Known(EcrRegistry ecr, ImmutableArray<RegistryImage> images, ResourceForm form, bool isNodes)
    {
        if (!known.TryGetValue((images, form, isNodes), out var policy))
        {
            policy = Pull(ecr, images.Where(image => isNodes ? image.IsRun : image.IsPackage), form);
            known.Add((images, form, isNodes), policy);
        }

        return policy;
    }

    private ImmutableArray<PolicyDocument> Pull(EcrRegistry ecr, IEnumerable<RegistryImage> allowed, ResourceForm form)
    {
        var needs = allowed.ToLookup(image => image.Repository.Path, image => new RepositoryNeed(image.Entry), StringComparer.Ordinal);
        var repositories = needs.Select(need => need.Key).ToImmutableSortedSet(StringComparer.Ordinal);
        return form == ResourceForm.Exact
            ? Split(ecr, "PullImages", EcrActions.Pull, repositories.Select(path => (path, needs[path])))
            : Split(
                ecr,
                "PullImages",
                EcrActions.Pull,
                RepositoryPatterns.Fold(repositories, locked(ecr).Select(r => r.Path)).Select(pattern => (pattern, Within(pattern)))
            );

        IEnumerable<RepositoryNeed> Within(string pattern) =>
            repositories.Where(path => RepositoryPatterns.Matches(pattern, path)).SelectMany(path => needs[path]);
    }

    // Documents are filled in order, so that a new repository changes as few of them as possible.
    private static ImmutableArray<PolicyDocument> Split(
        EcrRegistry ecr,
        string sid,
        ImmutableArray<string> actions,
        IEnumerable<(string Path, IEnumerable<RepositoryNeed> NeededBy)> repositories
    )
    {
        var documents = ImmutableArray.CreateBuilder<PolicyDocument>();
        var resources = ImmutableArray.CreateBuilder<string>();
        var needs = ImmutableArray.CreateBuilder<ImmutableArray<RepositoryNeed>>();
        foreach (var (path, neededBy) in repositories)
        {
            var arn = ecr.ArnOf(path);
            if (Document([.. resources, arn], []).Size > PolicyDocument.ManagedPolicyQuota)
            {
                documents.Add(Document(resources.ToImmutable(), needs.ToImmutable()));
                resources.Clear();
                needs.Clear();
            }

            resources.Add(arn);
            needs.Add([.. neededBy]);
        }

        if (resources.Count > 0)
        {
            documents.Add(Document(resources.ToImmutable(), needs.ToImmutable()));
        }

        return documents.ToImmutable();

        PolicyDocument Document(ImmutableArray<string> arns, ImmutableArray<ImmutableArray<RepositoryNeed>> neededBy) =>
            new([Authorization, new(sid, actions) { Resources = arns, NeededBy = neededBy }]);
    }
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
    public static bool Matches(string pattern, string path) =>
        pattern.EndsWith('*') ? path.AsSpan().StartsWith(pattern.AsSpan(..^1)) : path == pattern;

    private static string? PatternOf(string path)
    {
        var name = path.LastIndexOf('/') + 1;
        return Prefixes.FirstOrDefault(prefix => path.AsSpan(name).StartsWith(prefix)) is { } prefix ? path[..name] + prefix : null;
    }
}
