using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GitOpsGen.Diagnostics;
using GitOpsGen.Iam;
using GitOpsGen.Model;
using GitOpsGen.Packages;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>
/// What each registry holds for the locked images and charts of all environments. One account in one region is one registry,
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

        // A registry without an image and without a role needs nothing.
        if (settings.Registry.Ecr is { } used && ecrs.TryGetValue(used.FolderName, out var content))
        {
            content.AddUser(settings.Name, settings.Registry.Host.Span);
        }
    }

    /// <summary>The images of a graph as they are stored in a registry: one list for all environments that share both.</summary>
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

    /// <summary>Adds an environment whose images are stored here.</summary>
    public void AddUser(Located<EnvironmentName> environment, SourceSpan registry)
    {
        environments.Add(environment.Value);
        origins.Add(Origin.At(registry));
    }

    /// <summary>Adds a repository, and what is stored there.</summary>
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

    /// <summary>Adds the roles of other accounts, each to the classes of images that its environment has.</summary>
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
                $"The policy of the {imageClass.Word()} repositories in {ecr.FolderName} has {policy.Size} characters for {foreign[imageClass].Count} roles of other accounts, more than {PolicyDocument.RepositoryPolicyQuota}.",
                "Let environments share roles, give roles shorter names or paths, or give some environments a registry in their own account."
            );
        }

        return new(ecr, RolePolicies.OfMirror(ecr, mirrored, isShared: !policies.IsEmpty), policies)
        {
            Origins = [.. origins],
            Environments = environments.ToImmutable(),
        };
    }
}

/// <summary>The rules about repositories in a registry, over every environment that uses it.</summary>
internal sealed partial class MirrorRules(DiagnosticBag bag)
{
    private readonly Dictionary<(string Registry, string Path), RegistryImage> upstreams = [];

    /// <summary>
    /// Checks that no other image shares its repository, whichever of its hosts a registry is named by, and, where the registry is
    /// ECR, that ECR accepts the name.
    /// </summary>
    public void Check(RegistryImage image, EcrRegistry? ecr)
    {
        var place = (ecr?.FolderName ?? image.Repository.Host, image.Repository.Path);
        if (!upstreams.TryAdd(place, image))
        {
            var other = upstreams[place].Entry;
            if (other.Package.Value != image.Entry.Package.Value)
            {
                bag.Add(
                    Rules.MirrorCollision,
                    image.Entry.Package.Span,
                    $"{image.Entry.Package} and {other.Package} (line {other.Package.Span.Start.Line}) would both be stored at {image.Repository}.",
                    "Give their hosts different prefixes: 'prefix: { host-a: a, host-b: b }'."
                );
            }
        }
        else if (ecr is not null && !EcrName().IsMatch(image.Repository.Path))
        {
            bag.Add(
                Rules.RepositoryName,
                image.Entry.Package.Span,
                $"ECR refuses the repository name '{image.Repository.Path}': 2 to 256 characters, beginning with a letter.",
                "Choose another 'prefix'."
            );
        }
    }

    // botocore's RepositoryName; the EKS guide adds the letter. Upstream paths and prefixes already use only the allowed separators.
    [GeneratedRegex(@"\A[a-z].{1,255}\z")]
    private static partial Regex EcrName();
}
