using GitOpsGen.Lockfile;
using GitOpsGen.Packages;
using GitOpsGen.Settings;

namespace GitOpsGen.Iam;

/// <summary>A locked image where an environment pulls it from.</summary>
/// <param name="Entry">The lock entry that it comes from.</param>
/// <param name="Place">Where it is pulled from.</param>
internal sealed record RegistryImage(LockEntry Entry, PullPlace Place)
{
    /// <summary>The images of a graph where they are pulled from: the core first, if there is one, then the packages by wave.</summary>
    public static IEnumerable<RegistryImage> AllOf(PackageGraph graph, UpstreamRoutes routes) =>
        (graph.Core is { } core ? graph.Packages.Prepend(core) : graph.Packages).Select(entry => new RegistryImage(
            entry,
            routes.PlaceOf(entry.Package.Value)
        ));

    public Repository Repository => Place.Repository;

    /// <summary>The ECR registry that it is in, where it is.</summary>
    public EcrRegistry? Ecr => Place.Ecr;

    /// <summary>Whether somebody has to copy it there.</summary>
    public bool IsCopied => Place.Supply == Supply.Copied;

    /// <summary>Whether the registry fetches it at the first pull.</summary>
    public bool IsCached => Place.Supply == Supply.Cached;

    /// <summary>Whether it was published there.</summary>
    public bool IsPublished => Place.Supply == Supply.Published;

    /// <summary>
    /// The repository that a pull names with <c>rewrite</c>. A package that was published there is pulled by the reference in the lock,
    /// which may have another of ECR's hosts.
    /// </summary>
    public Repository Pulled => IsPublished ? Entry.Package.Value : Repository;

    /// <summary>Who pulls it.</summary>
    public ImageClass Class => ImageClasses.Of(Entry.Kind);

    /// <summary>Whether Crossplane's package manager pulls it: every package does, the core does not.</summary>
    public bool IsPackage => Class != ImageClass.Core;

    /// <summary>Whether a pod runs it, so that a kubelet pulls it: everything but a Configuration (crossplane runtime_provider.go).</summary>
    public bool IsRun => Class != ImageClass.Configuration;
}

/// <summary>Images that the same principals pull, so that their repositories have the same policy.</summary>
internal enum ImageClass
{
    /// <summary>The core: kubelets.</summary>
    Core,

    /// <summary>Providers and Functions: the package manager, and kubelets, whose pods run the package image.</summary>
    Runtime,

    /// <summary>Configurations: the package manager.</summary>
    Configuration,
}

/// <summary>The class of a kind, and its spelling in the names of documents.</summary>
internal static class ImageClasses
{
    public static ImageClass Of(PackageKind kind) =>
        kind switch
        {
            PackageKind.Crossplane => ImageClass.Core,
            PackageKind.Configuration => ImageClass.Configuration,
            _ => ImageClass.Runtime,
        };

    public static string Word(this ImageClass imageClass) =>
        imageClass switch
        {
            ImageClass.Core => "core",
            ImageClass.Runtime => "runtime",
            _ => "configuration",
        };
}

/// <summary>Why a policy names a repository.</summary>
/// <param name="Entry">The lock entry whose image or chart is stored there.</param>
/// <param name="Chart">What decides the chart's place; <see langword="null"/> for an image.</param>
/// <param name="Route">What decides an image's place, where a route of <c>upstreams</c> does.</param>
internal readonly record struct RepositoryNeed(LockEntry Entry, Origin? Chart = null, Origin? Route = null)
{
    /// <summary>Why a policy names the repository of an image.</summary>
    public static RepositoryNeed Of(RegistryImage image) =>
        new(image.Entry, Route: image.Place.Route is { IsDefault: false, Span: var span } ? Origin.At(span) : null);
}
