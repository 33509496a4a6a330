using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Iam;
using GitOpsGen.Model;
using GitOpsGen.Packages;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>
/// What the locked images and charts of all environments come to in each registry. One account in one region is one registry,
/// whichever of its hosts an environment uses.
/// </summary>
internal sealed class RegistryContents(DiagnosticBag bag)
{
    private readonly Dictionary<string, RegistryContent> ecrs = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Host, string Prefixes, PackageGraph Graph), ImmutableArray<RegistryImage>> images = [];
    private readonly MirrorRules rules = new(bag);

    /// <summary>Adds what an environment pulls, and who does.</summary>
    public void Add(EnvironmentSettings settings, PackageGraph graph)
    {
        var there = ImagesOf(settings.Registry, graph);
        if (settings is { Registry.Ecr: { } ecr, Iam: { } iam })
        {
            ContentOf(ecr).AddForeign(settings.Registry.Host.Span, settings.ForeignRoles(iam, ecr), there);
        }

        if (graph.Core is { } core && ChartPlan.Of(core, settings) is { Ecr: { } charts, Image: { } chart } plan)
        {
            ContentOf(charts).Add(chart, plan.Need, isMirrored: plan.Repository != core.Chart!.Value.Value.Repository);
        }

        // Without an image and without a role there is nothing to say about a registry.
        if (settings.Registry.Ecr is { } used && ecrs.TryGetValue(used.FolderName, out var content))
        {
            content.AddUser(settings.Name, settings.Registry.Host.Span);
        }
    }

    /// <summary>The images of a graph as they lie in a registry: one list for a fleet that shares both.</summary>
    public ImmutableArray<RegistryImage> ImagesOf(RegistrySettings registry, PackageGraph graph)
    {
        var key = (registry.Host.Value, registry.PrefixesText, graph);
        if (!images.TryGetValue(key, out var there))
        {
            images.Add(key, there = [.. RegistryImage.AllOf(graph, registry)]);
            foreach (var image in there)
            {
                rules.Check(image, registry.Ecr);
                if (registry.Ecr is { } ecr)
                {
                    ContentOf(ecr).Add(image.Repository, new(image.Entry), isMirrored: !image.IsOwn);
                }
            }
        }

        return there;
    }

    /// <summary>Every repository that the lock knows in a registry.</summary>
    public IReadOnlyCollection<Repository> Locked(EcrRegistry ecr) => ContentOf(ecr).Locked;

    /// <summary>The plans of the ECR registries, by folder name.</summary>
    public ImmutableArray<RegistryPlan> Plans() => [.. ecrs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.Plan(bag))];

    private RegistryContent ContentOf(EcrRegistry ecr)
    {
        if (!ecrs.TryGetValue(ecr.FolderName, out var content))
        {
            ecrs.Add(ecr.FolderName, content = new(ecr));
        }

        return content;
    }
}
