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
        EcrRegistry ecr, IEnumerable<RegistryImage> allowed, IEnumerable<Repository> locked, ResourceForm form)
    {
        var repositories = allowed.Select(image => image.Repository.Path).ToImmutableSortedSet(StringComparer.Ordinal);
        return Split(ecr, "PullImages", EcrActions.Pull, form == ResourceForm.Exact ? repositories : RepositoryPatterns.Fold(repositories, locked.Select(r => r.Path)));
    }

    /// <summary>Pull of one repository.</summary>
    public static PolicyDocument Pull(EcrRegistry ecr, Repository repository, string sid) =>
        new([Authorization, new(sid, EcrActions.Pull) { Resources = [ecr.ArnOf(repository.Path)] }]);

    /// <summary>Push, read and list of <paramref name="repositories"/>: for whoever copies packages into the mirror.</summary>
    public static ImmutableArray<PolicyDocument> Mirror(EcrRegistry ecr, IEnumerable<Repository> repositories) =>
        Split(ecr, "MirrorImages", EcrActions.Mirror, repositories.Select(r => r.Path).ToImmutableSortedSet(StringComparer.Ordinal));

    // Filled in order, so that a new repository changes as few documents as it can.
    private static ImmutableArray<PolicyDocument> Split(EcrRegistry ecr, string sid, ImmutableArray<string> actions, IReadOnlyCollection<string> repositories)
    {
        var documents = ImmutableArray.CreateBuilder<PolicyDocument>();
        var resources = ImmutableArray.CreateBuilder<string>();
        foreach (var arn in repositories.Select(ecr.ArnOf))
        {
            if (Document([.. resources, arn]).Size > PolicyDocument.ManagedPolicyQuota)
            {
                documents.Add(Document(resources.ToImmutable()));
                resources.Clear();
            }

            resources.Add(arn);
        }

        if (resources.Count > 0)
        {
            documents.Add(Document(resources.ToImmutable()));
        }

        return documents.ToImmutable();

        PolicyDocument Document(ImmutableArray<string> arns) => new([Authorization, new(sid, actions) { Resources = arns }]);
    }
}
