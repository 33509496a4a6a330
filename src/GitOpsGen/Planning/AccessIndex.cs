using GitOpsGen.Iam;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>
/// All documents below <c>iam/</c>, for programs that apply them: which role has which, of every environment, whether it is rendered or
/// not. Paths are relative to <c>iam/</c>.
/// </summary>
/// <param name="Roles">The roles that the settings name, by ARN.</param>
/// <param name="Associations">What EKS Pod Identity has to associate.</param>
/// <param name="Repositories">What is stored in ECR and does not make itself, by registry and name.</param>
/// <param name="Unassigned">The policies of those whom the settings do not name.</param>
internal sealed record AccessIndex(
    ImmutableArray<IndexedRole> Roles,
    ImmutableArray<PodAssociation> Associations,
    ImmutableArray<IndexedRepository> Repositories,
    ImmutableArray<UnassignedPolicies> Unassigned
)
{
    /// <summary>Where it is in the output.</summary>
    public const string Path = "iam/access.json";

    /// <summary>The index; <see langword="null"/> where there is no document and no repository.</summary>
    public static AccessIndex? Of(
        IEnumerable<(EnvironmentSettings Settings, AccessPlan? Access)> environments,
        ImmutableArray<RegistryPlan> registries
    )
    {
        var uses = new List<RoleUse>();
        var associations = ImmutableArray.CreateBuilder<PodAssociation>();
        var unassigned = ImmutableArray.CreateBuilder<UnassignedPolicies>();
        foreach (var (settings, access) in environments)
        {
            var name = settings.Name;
            uses.AddRange(UsesOf(name, access));
            associations.AddRange(AssociationsOf(settings, access));
            if (access?.Chart is { } chart)
                unassigned.Add(new("chart", chart.Ecr, [$"{name}/chart-policy.json"]));
        }

        foreach (var registry in registries.Where(registry => !registry.MirrorPolicy.IsEmpty))
            unassigned.Add(new("mirror", registry.Ecr, Parts($"registries/{registry.Ecr.FolderName}/mirror-policy", registry.MirrorPolicy.Length)));

        var index = new AccessIndex(
            [.. uses.GroupBy(use => use.Role.Arn).Select(IndexedRole.Of).OrderBy(role => role.Role.ToString(), StringComparer.Ordinal)],
            associations.ToImmutable(),
            [.. registries.SelectMany(registry => registry.Repositories.Select(stored => new IndexedRepository(registry, stored)))],
            unassigned.ToImmutable()
        );
        return index is { Roles: [], Repositories: [], Unassigned: [] } ? null : index;
    }

    private static IEnumerable<RoleUse> UsesOf(Located<EnvironmentName> name, AccessPlan? access)
    {
        if (access?.Registry?.PackageManager is { } manager)
        {
            yield return new(
                manager.Role,
                name,
                $"{name}/package-manager-trust-policy.json",
                Parts($"{name}/package-manager-policy", manager.Policy.Length)
            );
        }

        foreach (var role in access?.Registry?.Nodes?.Roles ?? [])
            yield return new(role, name, null, Parts($"{name}/node-policy", access!.Registry!.Nodes!.Policy.Length));

        foreach (var role in access?.Pods ?? [])
            yield return new(role.Role, name, $"{name}/{role.Document}-trust-policy.json", []) { Document = role.Pods[0].Entry.FromName };
    }

    private static IEnumerable<PodAssociation> AssociationsOf(EnvironmentSettings settings, AccessPlan? access)
    {
        if (access?.Registry?.PackageManager is { Issuer: null } manager)
            yield return new(settings.Name, settings.Crossplane.Namespace, manager.ServiceAccount, manager.Role);

        foreach (var role in (access?.Pods ?? []).Where(role => role.Issuer is null))
        {
            foreach (var pod in role.Pods)
                yield return new(settings.Name, settings.Crossplane.Namespace, pod.Role!.Account, pod.Role.Role);
        }
    }

    private static ImmutableArray<string> Parts(string stem, int count) =>
        [.. Enumerable.Range(1, count).Select(part => part == 1 ? $"{stem}.json" : $"{stem}-{part}.json")];
}

/// <summary>A role in one environment, and its documents there.</summary>
internal sealed record RoleUse(RoleInUse Role, Located<EnvironmentName> Environment, string? Trust, ImmutableArray<string> Policies)
{
    /// <summary>What decides the name of its trust policy, besides the environment.</summary>
    public Origin? Document { get; init; }
}

/// <summary>A role, with its documents. Environments that share a role have equal documents for it, and the first one's are named.</summary>
/// <param name="Role">The role.</param>
/// <param name="Environments">The environments that name it.</param>
/// <param name="Trust">Its trust policy; <see langword="null"/> for a role that somebody else makes, such as that of nodes.</param>
/// <param name="Policies">The policies to attach.</param>
internal sealed record IndexedRole(
    RoleInUse Role,
    ImmutableArray<Located<EnvironmentName>> Environments,
    string? Trust,
    ImmutableArray<string> Policies
)
{
    /// <summary>What decides the paths of the documents.</summary>
    public required ImmutableArray<Origin> Origins { get; init; }

    public static IndexedRole Of(IEnumerable<RoleUse> uses)
    {
        var all = uses.ToList();
        var trusted = all.Find(use => use.Trust is not null);
        var policies = all.Where(use => !use.Policies.IsEmpty).DistinctBy(use => use.Policies[0].Split('/')[^1]).ToList();
        return new(
            all[0].Role,
            [.. all.Select(use => use.Environment).DistinctBy(name => name.Value)],
            trusted?.Trust,
            [.. policies.SelectMany(use => use.Policies)]
        )
        {
            Origins = [.. all.Select(use => Origin.At(use.Environment.Span)), .. all.Select(use => use.Document).OfType<Origin>()],
        };
    }
}

/// <summary>What EKS Pod Identity associates: a role with a service account of a cluster.</summary>
internal sealed record PodAssociation(Located<EnvironmentName> Environment, string Namespace, ServiceAccount Account, RoleInUse Role);

/// <summary>A repository in ECR.</summary>
internal sealed record IndexedRepository(RegistryPlan Registry, StoredRepository Stored)
{
    /// <summary>The policy that it needs, because roles of other accounts pull from it.</summary>
    public string? Policy =>
        Stored.Class is { } imageClass && Registry.RepositoryPolicies.ContainsKey(imageClass)
            ? $"registries/{Registry.Ecr.FolderName}/repository-policy-{imageClass.Word()}.json"
            : null;
}

/// <summary>Policies for somebody whom the settings do not name.</summary>
/// <param name="Use"><c>mirror</c> for whoever copies images into a registry, <c>chart</c> for whoever pulls the chart.</param>
/// <param name="Ecr">The registry that they are about.</param>
/// <param name="Policies">The documents.</param>
internal sealed record UnassignedPolicies(string Use, EcrRegistry Ecr, ImmutableArray<string> Policies);
