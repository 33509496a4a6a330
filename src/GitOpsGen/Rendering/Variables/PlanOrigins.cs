using GitOpsGen.Iam;
using GitOpsGen.Lockfile;
using GitOpsGen.Planning;
using GitOpsGen.Settings;

namespace GitOpsGen.Rendering.Variables;

/// <summary>Where values of the plan come from, if several things that the user wrote decide them.</summary>
internal static class PlanOrigins
{
    /// <summary>The account of the environment's registry, given alone or in a host.</summary>
    public static ImmutableArray<Origin> RegistryAccount { get; } = [Origin.OfAny("registry/ecr/account", "registry/host")];

    /// <summary>The region of the environment's registry, given alone or in a host.</summary>
    public static ImmutableArray<Origin> RegistryRegion { get; } = [Origin.OfAny("registry/ecr/region", "registry/host")];

    /// <summary>The host of the environment's registry.</summary>
    public static ImmutableArray<Origin> Registry { get; } = [.. RegistryAccount, .. RegistryRegion];

    /// <summary>What decides about a registry: the routes to it, and of the environment's own a part of its setting.</summary>
    public static ImmutableArray<Origin> Pulled(PulledRegistry registry, ImmutableArray<Origin> own) =>
        [.. registry.Routes.SelectMany(route => route.IsDefault ? own : [Origin.At(route.Span)])];

    /// <summary>Whether the environment has an engine, and which.</summary>
    public static ImmutableArray<Origin> Engine { get; } = [Origin.Of("gitops/engine")];

    public static ImmutableArray<Origin> Cluster { get; } = [Origin.OfAny("cluster/account", "registry/ecr/account", "registry/host")];

    /// <summary>Where the output is in the engine's repository: by default the same folder as here.</summary>
    public static Origin OutputPath { get; } = new Origin.Setting(["gitops/path", "/output"], HasDefault: true);

    public static Origin HelmRelease { get; } = new Origin.Setting(["gitops/flux/helmRelease/name", "gitops/flux/name"], HasDefault: true);

    public static Origin StorageNamespace { get; } =
        new Origin.Setting(["gitops/flux/helmRelease/storageNamespace", "crossplane/namespace"], HasDefault: true);

    /// <summary>What decides the place that an entry is pulled from: its route, or the registry of the environment with its prefix.</summary>
    public static IEnumerable<Origin> Place(LockEntry entry, UpstreamRoute route) => Place(entry, route.IsDefault ? null : Origin.At(route.Span));

    /// <summary>The same of repositories that a policy names.</summary>
    public static IEnumerable<Origin> Place(IEnumerable<RepositoryNeed> needs) =>
        needs.Where(need => need.Chart is null).SelectMany(need => Place(need.Entry, need.Route)).Distinct();

    /// <summary>What decides the paths of repositories inside their registry.</summary>
    public static IEnumerable<Origin> Path(IEnumerable<RepositoryNeed> needs) => needs.Select(need => need.Route ?? Prefix(need.Entry)).Distinct();

    private static IEnumerable<Origin> Place(LockEntry entry, Origin? route) => route is not null ? [route] : [.. Registry, Prefix(entry)];

    private static Origin Prefix(LockEntry entry) =>
        Origin.OfAny($"registry/prefix/{entry.Package.Value.Host}", "registry/prefix/default", "registry/prefix");

    private static IEnumerable<Origin> Place(ImageConfigPlan config) =>
        config
            .Routes.SelectMany(route =>
                config.Entries.Where(entry => config.Routes.Length == 1 || route.Covers(entry.Package.Value)).SelectMany(entry => Place(entry, route))
            )
            .Distinct();

    /// <summary>What names the Secret of pulls.</summary>
    public static ImmutableArray<Origin> PullSecret(ImageConfigPlan config) =>
        [.. config.Routes.Select(route => route.PullSecret?.Span).OfType<SourceSpan>().Select(Origin.At)];

    /// <summary>An ImageConfig exists because of packages; a pin because of one version of one.</summary>
    public static ImmutableArray<Origin> ImageConfig(ImageConfigPlan config) =>
        [.. config.Entries.Select(entry => Origin.At(entry.Package.Span)), .. config.IsPin ? Pin(config.Entries[0]) : []];

    /// <summary>The name of an ImageConfig; of a pin, its package's name and version.</summary>
    public static ImmutableArray<Origin> ImageConfigName(ImageConfigPlan config) =>
        config.IsPin ? [config.Entries[0].FromName, .. Pin(config.Entries[0])] : ImageConfig(config);

    /// <summary>What an ImageConfig redirects to: the place in the mirror, and of a pin the digest.</summary>
    public static ImmutableArray<Origin> Rewrite(ImageConfigPlan config) =>
        [
            .. config.Entries.Select(entry => Origin.At(entry.Package.Span)),
            .. config.IsPin ? [.. Digest(config.Entries[0], config.RewritePrefix!)] : ImmutableArray<Origin>.Empty,
            .. Place(config),
        ];

    private static ImmutableArray<Origin> Pin(LockEntry entry) => [Origin.At(entry.Version.Span), Origin.Of("pin"), Origin.Of("install")];

    /// <summary>The reference that a package is pulled by.</summary>
    public static ImmutableArray<Origin> Reference(PackagePlan package)
    {
        var entry = package.Entry;
        // A route may also say that it is pulled where it was published.
        ImmutableArray<Origin> place = package.Repository == entry.Package.Value && package.Route.IsDefault ? [] : [.. Place(entry, package.Route)];
        return [Origin.At(entry.Package.Span), Origin.At(entry.Version.Span), .. Digest(entry, package.Tag), .. place, Origin.Of("install")];
    }

    /// <summary>A repository in a policy: what needs it, and what decides where that is stored.</summary>
    public static ImmutableArray<Origin> Resource(PolicyStatement statement, int index)
    {
        var needs = index < statement.NeededBy.Length ? statement.NeededBy[index] : [];
        return
        [
            .. needs.Select(need => need.Entry.Need(forChart: need.Chart is not null)),
            .. needs.Select(need => need.Chart).OfType<Origin>(),
            .. Place(needs),
        ];
    }

    /// <summary>The name of a repository in the index of access: of one that nobody copies, its reference in the lock.</summary>
    public static ImmutableArray<Origin> Stored(IndexedRepository repository) =>
        [
            .. repository.Stored.NeededBy.Select(need =>
                need.Chart ?? (repository.Stored.IsCopied ? need.Entry.Need() : Origin.At(need.Entry.Package.Span))
            ),
        ];

    /// <summary>A generated Helm value: what decides it in addition to its own place.</summary>
    public static ImmutableArray<Origin> Value(CorePlan core, string path) =>
        path switch
        {
            "image.repository" => core.Image is { IsPublished: true, Place.Route.IsDefault: true }
                ? []
                : [.. Place(core.Image.Entry, core.Image.Place.Route)],
            "image.tag" when (core.Values["image"] as Yaml.YamlMapping)?["tag"] is Yaml.YamlScalar tag => [.. Digest(core.Image.Entry, tag.Text)],
            _ => [],
        };

    private static IEnumerable<Origin> Digest(LockEntry entry, string reference) =>
        entry.Digest is { } digest && reference.EndsWith(digest.ToString(), StringComparison.Ordinal)
            ? [Origin.At(digest.Span), Origin.Of("pin")]
            : [];
}
