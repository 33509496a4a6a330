using GitOpsGen.Lockfile;
using GitOpsGen.Packages;

namespace GitOpsGen.Inputs;

/// <summary>What is locked, as far as it can be read.</summary>
/// <param name="Lockfile">The lockfile; <see langword="null"/> where it or the settings cannot be read.</param>
/// <param name="Graphs">One for each set of packages that run together, with the chosen environments alone.</param>
/// <param name="Diagnostics">
/// The errors. Packages in a cycle, or with a missing dependency, are in the graphs too. Warnings are left to lint.
/// </param>
internal sealed record PackageSurvey(PackageLock? Lockfile, ImmutableArray<PackageGraph> Graphs, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Reads what is locked and puts it in order; renders nothing and asks no registry.</summary>
    public static PackageSurvey Of(InputTree inputs, ImmutableArray<string> environments, CancellationToken cancellation)
    {
        var project = Project.Open(inputs, environments, cancellation);
        if (project.Lockfile is not { } lockfile || project.HasFixedErrors)
            return new(null, [], project.ErrorsWith([]));
        var (graphs, found) = GraphBuilder.Build(lockfile, project.Environments, project.IsSelected, project.Settings!.IgnoresCore);
        var chosen = graphs
            .Select(graph => graph with { Environments = [.. graph.Environments.Where(project.IsSelected)] })
            .Where(graph => !graph.Environments.IsEmpty);
        return new(lockfile, [.. chosen], project.ErrorsWith(found));
    }
}
