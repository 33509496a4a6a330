using GitOpsGen.Iam;
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
    private readonly Dictionary<(string Routes, PackageGraph Graph), ImmutableArray<RegistryImage>> images = [];
    private readonly MirrorRules rules = new(bag);

    /// <summary>Adds what an environment pulls, and who does.</summary>
    public void Add(EnvironmentSettings settings, PackageGraph graph)
    {
        var used = Used(settings.Routes, ImagesOf(settings.Routes, graph));
        if (settings.Iam is { } iam)
        {
            foreach (var (ecr, there) in used)
            {
                // The repositories of a cache are made by ECR.
                ContentOf(ecr).AddForeign(settings.Routes.Default.Span, settings.ForeignRoles(iam, ecr), [.. there.Where(image => !image.IsCached)]);
            }
        }

        if (graph.Core is { } core && ChartPlan.Of(core, settings) is { Ecr: { } charts, Image: { } chart } plan)
            ContentOf(charts).Add(chart, plan.Need, plan.Repository == core.Chart!.Value.Value.Repository ? Supply.Published : Supply.Copied);

        // A registry without an image and without a role needs nothing.
        foreach (var (ecr, there) in used)
        {
            if (ecrs.TryGetValue(ecr.FolderName, out var content))
                content.AddUser(settings.Name, [.. there.Select(image => image.Place.Route).Append(settings.Routes.Default).Where(Reaches)]);

            bool Reaches(UpstreamRoute route) => route.Ecr?.FolderName == ecr.FolderName;
        }
    }

    /// <summary>The images of a graph where they are pulled from: one list for all environments that share graph and routes.</summary>
    public ImmutableArray<RegistryImage> ImagesOf(UpstreamRoutes routes, PackageGraph graph)
    {
        var key = (routes.Identity, graph);
        if (!images.TryGetValue(key, out var there))
        {
            images.Add(key, there = [.. RegistryImage.AllOf(graph, routes)]);
            foreach (var image in there)
            {
                rules.Check(image);
                if (image.Ecr is { } ecr)
                    ContentOf(ecr).Add(image.Repository, RepositoryNeed.Of(image), image.Place.Supply);
            }
        }

        return there;
    }

    /// <summary>Every repository that the lock knows in a registry.</summary>
    public IReadOnlyCollection<Repository> Locked(EcrRegistry ecr) => ContentOf(ecr).Locked;

    /// <summary>The plans of the ECR registries, by folder name.</summary>
    public ImmutableArray<RegistryPlan> Plans() => [.. ecrs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.Plan(bag))];

    // The environment's registry first, and also where no image is pulled from it.
    private static IEnumerable<(EcrRegistry Ecr, List<RegistryImage> Images)> Used(UpstreamRoutes routes, ImmutableArray<RegistryImage> images) =>
        images
            .Select(image => image.Ecr)
            .Prepend(routes.Default.Ecr)
            .OfType<EcrRegistry>()
            .DistinctBy(ecr => ecr.FolderName)
            .Select(ecr => (ecr, images.Where(image => image.Ecr?.FolderName == ecr.FolderName).ToList()));

    private RegistryContent ContentOf(EcrRegistry ecr)
    {
        if (!ecrs.TryGetValue(ecr.FolderName, out var content))
            ecrs.Add(ecr.FolderName, content = new(ecr));

        return content;
    }
}

/// <summary>What one ECR registry holds, and who pulls from it across accounts, over all environments.</summary>
internal sealed class RegistryContent(EcrRegistry ecr)
{
    private readonly HashSet<Repository> locked = [];
    private readonly SortedDictionary<string, HashSet<RepositoryNeed>> mirrored = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, HashSet<RepositoryNeed>> published = new(StringComparer.Ordinal);
    private readonly SortedDictionary<ImageClass, SortedDictionary<string, HashSet<Origin>>> foreign = [];
    private readonly HashSet<Origin> origins = [];
    private readonly ImmutableArray<EnvironmentName>.Builder environments = ImmutableArray.CreateBuilder<EnvironmentName>();
    private SourceSpan? firstForeign;

    /// <summary>Every repository that the lock knows here.</summary>
    public IReadOnlyCollection<Repository> Locked => locked;

    /// <summary>Adds an environment whose images are stored here.</summary>
    public void AddUser(Located<EnvironmentName> environment, IEnumerable<UpstreamRoute> routes)
    {
        environments.Add(environment.Value);
        origins.UnionWith(routes.Select(route => Origin.At(route.Span)));
    }

    /// <summary>Adds a repository, and what is stored there.</summary>
    public void Add(Repository repository, RepositoryNeed need, Supply supply)
    {
        locked.Add(repository);
        if (need.Chart is { } chart)
            origins.Add(chart);

        if (supply == Supply.Cached)
            return;

        var stored = supply == Supply.Copied ? mirrored : published;
        if (!stored.TryGetValue(repository.Path, out var needs))
            stored.Add(repository.Path, needs = []);

        needs.Add(need);
    }

    /// <summary>Adds the roles of other accounts, each to the classes of images that its environment has.</summary>
    public void AddForeign(SourceSpan span, IEnumerable<(ImageClass Class, RoleInUse Role)> roles, ImmutableArray<RegistryImage> images)
    {
        foreach (var (imageClass, role) in roles.Where(role => images.Any(image => image.Class == role.Class)))
        {
            firstForeign ??= span;
            if (!foreign.TryGetValue(imageClass, out var arns))
                foreign.Add(imageClass, arns = new(StringComparer.Ordinal));

            if (!arns.TryGetValue(role.ToString(), out var places))
                arns.Add(role.ToString(), places = []);

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
            Repositories =
            [
                .. mirrored
                    .Select(Stored)
                    .Concat(published.Where(there => !mirrored.ContainsKey(there.Key)).Select(Stored))
                    .OrderBy(there => there.Path, StringComparer.Ordinal),
            ],
            Origins = [.. origins],
            Environments = environments.ToImmutable(),
        };
    }

    private StoredRepository Stored(KeyValuePair<string, HashSet<RepositoryNeed>> there)
    {
        var need = there.Value.First();
        return new(there.Key, need.Chart is null ? ImageClasses.Of(need.Entry.Kind) : null, mirrored.ContainsKey(there.Key), [.. there.Value]);
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
    public void Check(RegistryImage image)
    {
        var place = (image.Place.RegistryKey, image.Repository.Path);
        if (!upstreams.TryAdd(place, image))
        {
            var (other, otherPlace) = upstreams[place];
            if (other.Package.Value != image.Entry.Package.Value)
            {
                var isByRoutes = !image.Place.Route.IsDefault || !otherPlace.Route.IsDefault;
                bag.Add(
                    Rules.MirrorCollision,
                    image.Entry.Package.Span,
                    $"{image.Entry.Package} and {other.Package} (line {other.Package.Span.Start.Line}) would both be stored at {image.Repository}"
                        + (isByRoutes ? $", by {image.Place.Route} and {otherPlace.Route}." : "."),
                    isByRoutes
                        ? "Give the routes different paths or prefixes."
                        : "Give their hosts different prefixes: 'prefix: { host-a: a, host-b: b }'."
                );
            }
        }
        else if (image is { Ecr: not null, IsPublished: false } && !EcrName().IsMatch(image.Repository.Path))
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
