using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Iam;
using GitOpsGen.Lockfile;
using GitOpsGen.Planning;

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

    /// <summary>Whether the environment has an engine, and which.</summary>
    public static ImmutableArray<Origin> Engine { get; } = [Origin.Of("gitops/engine")];

    /// <summary>The account of the cluster.</summary>
    public static ImmutableArray<Origin> Cluster { get; } = [Origin.OfAny("cluster/account", "registry/ecr/account", "registry/host")];

    /// <summary>Where the output is in the engine's repository: by default the same folder as here.</summary>
    public static Origin Path { get; } = new Origin.Setting(["gitops/path", "/output"], HasDefault: true);

    /// <summary>The prefix of the paths of mirrored packages.</summary>
    public static IEnumerable<Origin> Prefix(IEnumerable<LockEntry> entries) =>
        entries
            .Select(entry => entry.Package.Value.Host)
            .Distinct(StringComparer.Ordinal)
            .Select(host => Origin.OfAny($"registry/prefix/{host}", "registry/prefix/default", "registry/prefix"));

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
            .. Registry,
            .. Prefix(config.Entries),
        ];

    private static ImmutableArray<Origin> Pin(LockEntry entry) => [Origin.At(entry.Version.Span), Origin.Of("pin"), Origin.Of("install")];

    /// <summary>The reference that a package is pulled by.</summary>
    public static ImmutableArray<Origin> Reference(PackagePlan package)
    {
        var entry = package.Entry;
        ImmutableArray<Origin> mirror = package.Repository == entry.Package.Value ? [] : [.. Registry, .. Prefix([entry])];
        return [Origin.At(entry.Package.Span), Origin.At(entry.Version.Span), .. Digest(entry, package.Tag), .. mirror, Origin.Of("install")];
    }

    /// <summary>A repository in a policy: what needs it, and what decides where that is stored.</summary>
    public static ImmutableArray<Origin> Resource(PolicyStatement statement, int index)
    {
        var needs = index < statement.NeededBy.Length ? statement.NeededBy[index] : [];
        var images = needs.Where(need => need.Chart is null).Select(need => need.Entry).ToArray();
        return
        [
            .. needs.Select(need => need.Entry.Need(forChart: need.Chart is not null)),
            .. needs.Select(need => need.Chart).OfType<Origin>(),
            .. images.Length > 0 ? Registry : [],
            .. Prefix(images),
        ];
    }

    /// <summary>A generated Helm value: what decides it in addition to its own place.</summary>
    public static ImmutableArray<Origin> Value(CorePlan core, string path) =>
        path switch
        {
            "image.repository" => core.Image.IsOwn ? [] : [.. Registry, .. Prefix([core.Image.Entry])],
            "image.tag" when (core.Values["image"] as Yaml.YamlMapping)?["tag"] is Yaml.YamlScalar tag => [.. Digest(core.Image.Entry, tag.Text)],
            _ => [],
        };

    private static IEnumerable<Origin> Digest(LockEntry entry, string reference) =>
        entry.Digest is { } digest && reference.EndsWith(digest.ToString(), StringComparison.Ordinal)
            ? [Origin.At(digest.Span), Origin.Of("pin")]
            : [];
}
