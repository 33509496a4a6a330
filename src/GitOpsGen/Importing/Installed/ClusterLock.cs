using GitOpsGen.Importing.Environments;
using GitOpsGen.Importing.Objects;

namespace GitOpsGen.Importing.Installed;

/// <summary>The Lock of a cluster: what Crossplane itself knows of dependencies.</summary>
internal sealed class ClusterLock
{
    private static readonly string[] Marks =
    [
        "kubectl.kubernetes.io/last-applied-configuration",
        "argocd.argoproj.io/tracking-id",
        "kustomize.toolkit.fluxcd.io/name",
        "app.kubernetes.io/managed-by",
    ];

    private readonly ILookup<(string? Source, string? Version), YamlNode> entries;
    private readonly Dictionary<string, string> upstreams;
    private readonly HashSet<string> needed;

    /// <param name="sources">What may have a Lock.</param>
    /// <param name="packages">The packages that are installed.</param>
    public ClusterLock(EnvironmentSources sources, IReadOnlyCollection<ImportedPackage> packages)
    {
        entries = sources
            .Objects.Where(item => item is { Group: PackageGroup.Name, Kind: "Lock" })
            .SelectMany(item => item.Content.ItemsAt("packages"))
            .ToLookup(entry => (entry.TextAt("source"), entry.TextAt("version")));
        upstreams = packages.DistinctBy(package => package.Repository).ToDictionary(package => package.Repository, package => package.Package);
        needed = packages
            .Select(Of)
            .OfType<YamlNode>()
            .SelectMany(Dependencies)
            .Select(dependency => dependency.Package)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The package with its dependencies, and whether Crossplane installed it by itself.</summary>
    public ImportedPackage Complete(ImportedPackage package) =>
        Of(package) is { } entry
            ? package with
            {
                DependsOn =
                [
                    .. Dependencies(entry)
                        .Select(dependency => dependency with { Package = upstreams.GetValueOrDefault(dependency.Package, dependency.Package) }),
                ],
                IsIndirect =
                    needed.Contains(package.Repository) && package.Name == package.DerivedName && package.Object is { } item && !IsMarked(item),
            }
            : package;

    private YamlNode? Of(ImportedPackage package) => entries[(package.Repository, package.Version)].FirstOrDefault();

    private static IEnumerable<ImportedDependency> Dependencies(YamlNode entry) =>
        entry
            .ItemsAt("dependencies")
            .Select(item =>
                item.TextAt("package") is { } package && Enum.TryParse<PackageKind>(item.TextAt("kind") ?? item.TextAt("type"), out var kind)
                    ? new ImportedDependency(package, kind, item.TextAt("constraints") ?? "")
                    : null
            )
            .OfType<ImportedDependency>();

    private static bool IsMarked(SourceObject item) => Marks.Any(mark => item.Annotation(mark) is not null || item.Label(mark) is not null);
}
