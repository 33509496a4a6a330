using System.Collections.Immutable;
using GitOpsGen.Model;
using GitOpsGen.Settings;

namespace GitOpsGen.Iam;

/// <summary>Policies over the repositories of one ECR registry, in as few documents as the quota allows.</summary>
internal static class IdentityPolicy
{
    private static readonly PolicyStatement Authorization = new("EcrAuthorization", [EcrActions.Authorize]) { Resources = ["*"] };

    /// <summary>Pull of <paramref name="allowed"/>; nothing where that is empty.</summary>
    /// <param name="ecr">The registry.</param>
    /// <param name="allowed">The images that the principal pulls.</param>
    /// <param name="locked">Every image that the lock knows on this registry; a wildcard must not reach one that is not allowed.</param>
    /// <param name="form">Whether repositories are listed or folded.</param>
    public static ImmutableArray<PolicyDocument> Pull(
        EcrRegistry ecr,
        IEnumerable<RegistryImage> allowed,
        IEnumerable<Repository> locked,
        ResourceForm form
    )
    {
        var needs = allowed.ToLookup(image => image.Repository.Path, image => new RepositoryNeed(image.Entry), StringComparer.Ordinal);
        var repositories = needs.Select(need => need.Key).ToImmutableSortedSet(StringComparer.Ordinal);
        return form == ResourceForm.Exact
            ? Split(ecr, "PullImages", EcrActions.Pull, repositories.Select(path => (path, needs[path])))
            : Split(
                ecr,
                "PullImages",
                EcrActions.Pull,
                RepositoryPatterns.Fold(repositories, locked.Select(r => r.Path)).Select(pattern => (pattern, Within(pattern)))
            );

        IEnumerable<RepositoryNeed> Within(string pattern) =>
            repositories.Where(path => RepositoryPatterns.Matches(pattern, path)).SelectMany(path => needs[path]);
    }

    /// <summary>Pull of a chart from one repository.</summary>
    public static PolicyDocument PullChart(EcrRegistry ecr, Repository repository, RepositoryNeed chart) =>
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

    /// <summary>Push, read and list, for whoever copies packages into the mirror.</summary>
    /// <param name="ecr">The registry.</param>
    /// <param name="repositories">The paths of what is copied, in ordinal order, with what lies there.</param>
    public static ImmutableArray<PolicyDocument> Mirror(EcrRegistry ecr, SortedDictionary<string, HashSet<RepositoryNeed>> repositories) =>
        Split(ecr, "MirrorImages", EcrActions.Mirror, repositories.Select(repository => (repository.Key, repository.Value.AsEnumerable())));

    // Filled in order, so that a new repository changes as few documents as it can.
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
