using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Iam;
using GitOpsGen.Model;
using GitOpsGen.Packages;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>
/// What the locked images of all environments come to in each registry. One account in one region is one registry, whichever of
/// its hosts an environment uses.
/// </summary>
internal sealed class RegistryContents(DiagnosticBag bag)
{
    private readonly Dictionary<string, Content> byRegistry = new(StringComparer.Ordinal);
    private readonly HashSet<(string Host, string Prefixes, PackageGraph Graph)> seen = [];
    private readonly MirrorRules rules = new(bag);

    /// <summary>Adds what an environment pulls. A fleet that shares registry and packages is looked at once.</summary>
    public void Add(RegistrySettings registry, PackageGraph graph)
    {
        if (!seen.Add((registry.Host.Value, registry.PrefixesText, graph)))
        {
            return;
        }

        if (!byRegistry.TryGetValue(Key(registry), out var content))
        {
            byRegistry.Add(Key(registry), content = new(registry.Ecr, [], []));
        }

        foreach (var image in RegistryImage.AllOf(graph, registry))
        {
            rules.Check(image, registry.Ecr);
            content.Locked.Add(image.Repository);
            if (!image.IsOwn)
            {
                content.Mirrored.Add(image.Repository);
            }
        }
    }

    /// <summary>Every repository that the lock knows in a registry.</summary>
    public IReadOnlyCollection<Repository> Locked(RegistrySettings registry) => byRegistry[Key(registry)].Locked;

    /// <summary>The plans of the ECR registries, by folder name.</summary>
    public ImmutableArray<RegistryPlan> Plans() =>
    [
        .. byRegistry.Values
            .Where(content => content.Ecr is not null)
            .Select(content => new RegistryPlan(content.Ecr!, IdentityPolicy.Mirror(content.Ecr!, content.Mirrored)))
            .OrderBy(plan => plan.Ecr.FolderName, StringComparer.Ordinal),
    ];

    private static string Key(RegistrySettings registry) => registry.Ecr?.FolderName ?? registry.Host.Value;

    private sealed record Content(EcrRegistry? Ecr, HashSet<Repository> Locked, HashSet<Repository> Mirrored);
}
