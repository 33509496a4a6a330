using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages;

namespace GitOpsGen.Planning;

/// <summary>
/// Names that differ from the ones Crossplane derives. Where it resolves dependencies itself and something depends on the
/// package, it can create a second one under the derived name while versions move (crossplane#7454, #6779).
/// </summary>
internal static class NameRules
{
    public static void Check(ImmutableArray<LockEntry> entries, IEnumerable<PackageGraph> resolvedByCrossplane, DiagnosticBag bag)
    {
        var needed = resolvedByCrossplane.SelectMany(Needed).ToHashSet();
        foreach (var entry in entries.Where(e => e.Kind != PackageKind.Crossplane))
        {
            if (entry.Name is { } name && ObjectName.Derive(entry.Package.Value) is { } derived && derived != name.Value)
            {
                bag.Add(
                    needed.Contains(entry) ? Rules.DependencyRenamed : Rules.DerivedName,
                    name.Span,
                    $"{entry.Package} is named {name}; as a dependency Crossplane would name it {derived}.",
                    "Remove 'name' unless the object already runs under it."
                );
            }
        }
    }

    private static IEnumerable<LockEntry> Needed(PackageGraph graph)
    {
        var dependencies = graph.Packages.SelectMany(entry => entry.DependsOn ?? []).Select(dependency => dependency.Package.Value).ToHashSet();
        return graph.Packages.Where(entry => dependencies.Contains(entry.Package.Value));
    }
}
