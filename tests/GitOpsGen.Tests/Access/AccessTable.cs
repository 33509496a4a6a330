using GitOpsGen.Tests.Scenarios;

namespace GitOpsGen.Tests.Access;

/// <summary>The table of docs/access.md: who may do what, by lock and settings.</summary>
internal sealed class AccessTable(ExpectedPlan plan)
{
    public static readonly string[] Pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

    public static readonly string[] Mirror =
    [
        .. Pull,
        "ecr:BatchCheckLayerAvailability",
        "ecr:CompleteLayerUpload",
        "ecr:CreateRepository",
        "ecr:DescribeRepositories",
        "ecr:InitiateLayerUpload",
        "ecr:ListImages",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
    ];

    /// <summary>For whoever pulls through a cache, in its folder.</summary>
    public static readonly string[] FillCache = ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"];

    /// <summary>For whoever mirrors into a registry that has repository policies.</summary>
    public const string SetPolicy = "ecr:SetRepositoryPolicy";

    /// <summary>Every locked repository in ECR, with the document that its policy is in, where the table gives it one.</summary>
    public IReadOnlyDictionary<string, string?> Repositories { get; } =
        plan
            .All.SelectMany(LockedIn)
            .GroupBy(pair => pair.Arn, pair => pair.Document, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.OfType<string>().Distinct().SingleOrDefault(), StringComparer.Ordinal);

    /// <summary>The roles that a repository policy names, by its document: those of other accounts, over all environments.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> RepositoryPolicies { get; } =
        plan
            .All.SelectMany(environment =>
                environment.Images.SelectMany(image => Pullers(environment, image).Select(role => (Document: DocumentOf(image), role)))
            )
            .GroupBy(pair => pair.Document!, pair => pair.role, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => (IReadOnlyList<string>)[.. group.Distinct().Order(StringComparer.Ordinal)],
                StringComparer.Ordinal
            );

    public IEnumerable<Principal> Principals()
    {
        foreach (var environment in plan.Environments)
        {
            if (environment.PackageManager is { } manager)
                yield return Puller(environment, environment.RoleArn(manager["role"]!.GetValue<string>()), "package-manager", environment.Packages);
            foreach (var node in environment.NodeRoles)
                yield return Puller(environment, node, "node", environment.Images.Where(image => image.Kind != "Configuration"));
            if (environment is { Engine: not "none", ChartRegistry: { } charts, ChartArn: { } chart })
                yield return new(
                    $"arn:{charts.Partition}:iam::{charts.Account}:role/source-controller",
                    $"iam/{environment.Name}/chart-policy.json",
                    charts,
                    false,
                    Pull.ToHashSet(),
                    new HashSet<string> { chart }
                );
        }

        foreach (var registry in Registries().DistinctBy(registry => registry.Folder))
            yield return Whoever(registry);
    }

    /// <summary>Somebody in every account that is known, and in one that is not.</summary>
    public IEnumerable<Principal> Strangers() =>
        from registry in Registries().DistinctBy(registry => registry.Partition)
        from account in plan
            .All.SelectMany(e =>
                new[] { e.ClusterAccount, e.Registry.Account, e.ChartRegistry?.Account }.Concat(e.Images.Select(i => i.Registry.Account))
            )
            .Append("999999999999")
            .OfType<string>()
            .Distinct()
        select new Principal(
            $"arn:{registry.Partition}:iam::{account}:role/stranger",
            Principal.Stranger,
            registry,
            false,
            new HashSet<string>(),
            new HashSet<string>()
        );

    private Principal Whoever(ExpectedRegistry registry)
    {
        var images = plan
            .All.SelectMany(e => e.Images)
            .Where(image => image.Registry.IsEcr && image.Registry.Folder == registry.Folder && image is { IsOwn: false, Registry.IsCache: false })
            .Select(image => registry.ArnOf(image.MirrorPath));
        var charts = plan.All.Where(e => e.ChartRegistry?.Folder == registry.Folder && e.MirrorsChart).Select(e => e.ChartArn!);
        return new(
            $"arn:{registry.Partition}:iam::{registry.Account}:role/mirror",
            $"iam/registries/{registry.Folder}/mirror-policy.json",
            registry,
            false,
            (
                RepositoryPolicies.Keys.Any(document => document.StartsWith($"iam/registries/{registry.Folder}/", StringComparison.Ordinal))
                    ? Mirror.Append(SetPolicy)
                    : Mirror
            ).ToHashSet(),
            images.Concat(charts).ToHashSet()
        );
    }

    private IEnumerable<ExpectedRegistry> Registries() =>
        plan
            .All.SelectMany(e => e.Images.Select(image => image.Registry).Prepend(e.Registry))
            .Where(r => r.IsEcr)
            .Concat(plan.All.Select(e => e.ChartRegistry).OfType<ExpectedRegistry>());

    private static Principal Puller(ExpectedEnvironment environment, string role, string name, IEnumerable<ExpectedPackage> images) =>
        new(
            role,
            $"iam/{environment.Name}/{name}-policy.json",
            environment.Registry,
            environment.FoldsResources,
            Pull.ToHashSet(),
            images.Where(image => image.Registry.IsEcr).Select(ArnOf).ToHashSet()
        )
        {
            Caches = images.Where(image => image.Registry is { IsEcr: true, IsCache: true }).Select(CacheOf).ToHashSet(),
        };

    private static string ArnOf(ExpectedPackage image) => image.Registry.ArnOf(image.MirrorPath);

    // The folder of the cache's rule; without one, the repository alone.
    private static string CacheOf(ExpectedPackage image) =>
        (image.Registry.Path ?? image.Registry.PrefixOf(image.Upstream.Split('/')[0])) is { Length: > 0 } folder
            ? image.Registry.ArnOf($"{folder}/")
            : ArnOf(image);

    private static IEnumerable<(string Arn, string? Document)> LockedIn(ExpectedEnvironment environment)
    {
        var images = environment.Images.Where(image => image.Registry.IsEcr);
        var chart = environment.ChartArn is { } arn ? new[] { (arn, (string?)null) } : [];
        return images.Select(image => (ArnOf(image), image.Registry.IsCache ? null : DocumentOf(image))).Concat(chart);
    }

    private static string? DocumentOf(ExpectedPackage image) =>
        $"iam/registries/{image.Registry.Folder}/repository-policy-{image.Kind switch { "Crossplane" => "core", "Configuration" => "configuration", _ => "runtime" }}.json";

    // core: nodes; Providers and Functions: both; Configurations: package managers.
    private static IEnumerable<string> Pullers(ExpectedEnvironment environment, ExpectedPackage image)
    {
        if (image.Registry is not { IsEcr: true, IsCache: false })
            return [];
        var managers = environment.PackageManager is { } manager ? new[] { environment.RoleArn(manager["role"]!.GetValue<string>()) } : [];
        var pullers = (image.Kind == "Crossplane" ? [] : managers).Concat(image.Kind == "Configuration" ? [] : environment.NodeRoles);
        return pullers.Where(role => role.Split(':')[4] != image.Registry.Account);
    }
}
