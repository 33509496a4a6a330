using GitOpsGen.Iam;
using GitOpsGen.Iam.Access;

namespace GitOpsGen.Planning;

/// <summary>What the plan grants in each document below <c>iam/</c>, no matter which template writes it.</summary>
internal sealed partial class PlannedDocuments(Plan plan)
{
    private const string TrustSuffix = "-trust-policy";
    private static readonly string[] EnvironmentNames = ["package-manager-policy", "package-manager-trust-policy", "node-policy", "chart-policy"];
    private static readonly string[] RegistryNames =
    [
        "mirror-policy",
        "repository-policy-core",
        "repository-policy-runtime",
        "repository-policy-configuration",
    ];

    private readonly Dictionary<string, EnvironmentPlan> environments = plan.Environments.ToDictionary(
        e => e.Settings.Name.Value.Value,
        StringComparer.Ordinal
    );
    private readonly Dictionary<string, RegistryPlan> registries = plan.Registries.ToDictionary(r => r.Ecr.FolderName, StringComparer.Ordinal);

    /// <summary>The planned documents that a path belongs to; <see langword="null"/> for a path that is the user's own.</summary>
    public PlannedDocument? Find(RelativePath path)
    {
        var match = Form().Match(path.Value);
        return match.Groups["environment"] is { Success: true, Value: var environment } && environments.TryGetValue(environment, out var there)
                ? OfEnvironment(match.Groups["stem"].Value, match.Groups["name"].Value, there.Access)
            : match.Groups["registry"] is { Success: true, Value: var registry } && registries.TryGetValue(registry, out var kept)
                ? OfRegistry(match.Groups["stem"].Value, match.Groups["name"].Value, kept)
            : null;
    }

    /// <summary>Every document of the plan, without its continuations.</summary>
    public IEnumerable<PlannedDocument> All() =>
        environments
            .SelectMany(environment => NamesIn(environment.Value).Select(document => $"iam/{environment.Key}/{document}"))
            .Concat(registries.Keys.SelectMany(name => RegistryNames.Select(document => $"iam/registries/{name}/{document}")))
            .Select(stem => Find(RelativePath.Parse($"{stem}.json"))!)
            .Where(document => !document.Documents.IsEmpty);

    private static IEnumerable<string> NamesIn(EnvironmentPlan environment) =>
        EnvironmentNames.Concat((environment.Access?.Pods ?? []).Select(role => role.Document + TrustSuffix));

    /// <summary>The role of pods whose trust policy has this name; <see langword="null"/> for any other document.</summary>
    public static PodRole? PodRoleOf(string name, AccessPlan? access) =>
        name.EndsWith(TrustSuffix, StringComparison.Ordinal)
            ? (access?.Pods ?? []).FirstOrDefault(role => role.Document == name[..^TrustSuffix.Length])
            : null;

    private static PlannedDocument? OfEnvironment(string stem, string name, AccessPlan? access) =>
        name switch
        {
            "package-manager-policy" => new(stem, PolicyKind.Identity, access?.Registry?.PackageManager?.Policy ?? []),
            "package-manager-trust-policy" => new(stem, PolicyKind.Trust, access?.Registry?.PackageManager is { } manager ? [manager.Trust] : []),
            "node-policy" => new(stem, PolicyKind.Identity, access?.Registry?.Nodes?.Policy ?? []),
            "chart-policy" => new(stem, PolicyKind.Identity, access?.Chart is { } chart ? [chart.Policy] : []),
            _ when PodRoleOf(name, access) is { } role => new(stem, PolicyKind.Trust, [role.Trust]),
            _ => null,
        };

    private static PlannedDocument? OfRegistry(string stem, string name, RegistryPlan registry) =>
        name switch
        {
            "mirror-policy" => new(stem, PolicyKind.Identity, registry.MirrorPolicy),
            "repository-policy-core" => OfClass(stem, registry, ImageClass.Core),
            "repository-policy-runtime" => OfClass(stem, registry, ImageClass.Runtime),
            "repository-policy-configuration" => OfClass(stem, registry, ImageClass.Configuration),
            _ => null,
        };

    private static PlannedDocument OfClass(string stem, RegistryPlan registry, ImageClass imageClass) =>
        new(stem, PolicyKind.Repository, registry.RepositoryPolicies.TryGetValue(imageClass, out var policy) ? [policy] : []);

    // A document continues in -2, -3, …
    [GeneratedRegex(@"\A(?<stem>iam/(?:registries/(?<registry>[^/]+)|(?<environment>[^/]+))/(?<name>[a-z0-9.-]+?))(?:-[0-9]+)?\.json\z")]
    private static partial Regex Form();
}

/// <summary>A document and its continuations, as planned.</summary>
/// <param name="Stem">Their path without number and <c>.json</c>.</param>
/// <param name="Kind">What they are attached to.</param>
/// <param name="Documents">What they grant together; empty where the plan has no such document.</param>
internal sealed record PlannedDocument(string Stem, PolicyKind Kind, ImmutableArray<PolicyDocument> Documents);
