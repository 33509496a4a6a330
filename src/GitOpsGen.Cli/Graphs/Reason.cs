using System.Collections.Immutable;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages;

namespace GitOpsGen.Cli.Graphs;

/// <summary>Why a package is in some environments: the paths to it, or, of the core, the packages that ask for a version of it.</summary>
/// <param name="Environments">The environments with this answer, in ordinal order.</param>
/// <param name="Entry">The package there.</param>
/// <param name="Paths">Paths from declared packages; each begins with one, and ends with the package.</param>
/// <param name="Count">How many there are in all.</param>
/// <param name="Requirements">The packages with a constraint on the core.</param>
internal sealed record Reason(
    ImmutableArray<EnvironmentName> Environments,
    LockEntry Entry,
    ImmutableArray<ImmutableArray<LockEntry>> Paths,
    long Count,
    ImmutableArray<LockEntry> Requirements)
{
    private const int PathsShown = 100;

    /// <summary>The answers; environments with the same one stand together.</summary>
    public static ImmutableArray<Reason> Of(string package, ImmutableArray<PackageGraph> graphs) =>
    [
        .. graphs.Select(graph => In(graph, package)).OfType<Reason>()
            .GroupBy(reason => reason.Key)
            .Select(same => same.First() with { Environments = [.. same.SelectMany(reason => reason.Environments).Order()] }),
    ];

    // The same entries by the same ways.
    private string Key => string.Join(' ', Paths.Append([Entry]).Append(Requirements).Select(path => string.Join('>', path.Select(entry => entry.Index)))) + Count;

    private static Reason? In(PackageGraph graph, string package)
    {
        if (graph.Core is { } core && core.Package.ToString() == package)
        {
            return new(graph.Environments, core, [], 0, [.. graph.Packages.Where(entry => entry.RequiresCrossplane is not null).OrderBy(entry => entry.Package.Value)]);
        }

        if (graph.Packages.FirstOrDefault(entry => entry.Package.ToString() == package) is not { } found)
        {
            return null;
        }

        var paths = DependencyPaths.To(graph, found, PathsShown);
        return new(graph.Environments, found, paths.Paths, paths.Count, []);
    }
}
