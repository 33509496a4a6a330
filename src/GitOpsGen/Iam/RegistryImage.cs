using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages;
using GitOpsGen.Settings;

namespace GitOpsGen.Iam;

/// <summary>A locked image as it is stored in a private registry.</summary>
/// <param name="Entry">The lock entry that it comes from.</param>
/// <param name="Repository">Its repository there.</param>
/// <param name="IsOwn">Whether it was published there and not copied, so that it needs no mirroring.</param>
internal sealed record RegistryImage(LockEntry Entry, Repository Repository, bool IsOwn)
{
    /// <summary>The images of a graph as they are stored in a registry: the core first, if there is one, then the packages by wave.</summary>
    public static IEnumerable<RegistryImage> AllOf(PackageGraph graph, RegistrySettings registry) =>
        (graph.Core is { } core ? graph.Packages.Prepend(core) : graph.Packages).Select(entry => new RegistryImage(
            entry,
            registry.MirrorOf(entry.Package.Value),
            registry.IsOwn(entry.Package.Value)
        ));

    /// <summary>Who pulls it.</summary>
    public ImageClass Class =>
        Entry.Kind switch
        {
            PackageKind.Crossplane => ImageClass.Core,
            PackageKind.Configuration => ImageClass.Configuration,
            _ => ImageClass.Runtime,
        };

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

/// <summary>The spelling of a class in the names of documents.</summary>
internal static class ImageClasses
{
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
/// <param name="Chart">What decides the chart's place; <see langword="null"/> for an image, which is in the environment's registry.</param>
internal readonly record struct RepositoryNeed(LockEntry Entry, Origin? Chart = null);
