using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Iam;
using GitOpsGen.Model;

namespace GitOpsGen.Planning;

/// <summary>What one ECR registry holds, and who pulls from it across accounts, over all environments.</summary>
internal sealed class RegistryContent(EcrRegistry ecr)
{
    private readonly HashSet<Repository> locked = [];
    private readonly SortedDictionary<string, HashSet<RepositoryNeed>> mirrored = new(StringComparer.Ordinal);
    private readonly SortedDictionary<ImageClass, SortedDictionary<string, HashSet<Origin>>> foreign = [];
    private readonly HashSet<Origin> origins = [];
    private readonly ImmutableArray<EnvironmentName>.Builder environments = ImmutableArray.CreateBuilder<EnvironmentName>();
    private SourceSpan? firstForeign;

    /// <summary>Every repository that the lock knows here.</summary>
    public IReadOnlyCollection<Repository> Locked => locked;

    /// <summary>Adds an environment whose images lie here.</summary>
    public void AddUser(Located<EnvironmentName> environment, SourceSpan registry)
    {
        environments.Add(environment.Value);
        origins.Add(Origin.At(registry));
    }

    /// <summary>Adds a repository, and what lies there.</summary>
    public void Add(Repository repository, RepositoryNeed need, bool isMirrored)
    {
        locked.Add(repository);
        if (need.Chart is { } chart)
        {
            origins.Add(chart);
        }

        if (!isMirrored)
        {
            return;
        }

        if (!mirrored.TryGetValue(repository.Path, out var needs))
        {
            mirrored.Add(repository.Path, needs = []);
        }

        needs.Add(need);
    }

    /// <summary>Adds the roles of other accounts, each to the classes of which its environment has images.</summary>
    public void AddForeign(SourceSpan span, IEnumerable<(ImageClass Class, RoleInUse Role)> roles, ImmutableArray<RegistryImage> images)
    {
        foreach (var (imageClass, role) in roles.Where(role => images.Any(image => image.Class == role.Class)))
        {
            firstForeign ??= span;
            if (!foreign.TryGetValue(imageClass, out var arns))
            {
                foreign.Add(imageClass, arns = new(StringComparer.Ordinal));
            }

            if (!arns.TryGetValue(role.ToString(), out var places))
            {
                arns.Add(role.ToString(), places = []);
            }

            places.Add(Origin.At(role.Place));
        }
    }

    public RegistryPlan Plan(DiagnosticBag bag)
    {
        var policies = foreign.ToImmutableSortedDictionary(pair => pair.Key, pair => RepositoryPolicy.Pull(pair.Value));
        foreach (var (imageClass, policy) in policies.Where(pair => pair.Value.Size > PolicyDocument.RepositoryPolicyQuota))
        {
            bag.Add(
                Rules.PolicyOverQuota,
                firstForeign,
                $"The policy of the {NameOf(imageClass)} repositories in {ecr.FolderName} has {policy.Size} characters for {foreign[imageClass].Count} roles of other accounts, more than {PolicyDocument.RepositoryPolicyQuota}.",
                "Let environments share roles, give roles shorter names or paths, or give some environments a registry in their own account."
            );
        }

        return new(ecr, IdentityPolicy.Mirror(ecr, mirrored), policies) { Origins = [.. origins], Environments = environments.ToImmutable() };
    }

    private static string NameOf(ImageClass imageClass) =>
        imageClass switch
        {
            ImageClass.Core => "core",
            ImageClass.Runtime => "runtime",
            _ => "configuration",
        };
}
