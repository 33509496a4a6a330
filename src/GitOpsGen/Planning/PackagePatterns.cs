using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Packages;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>
/// Names and globs under <c>packages</c> that match nothing. One that stands in the defaults is in use where any environment has
/// such a package.
/// </summary>
internal static class PackagePatterns
{
    public static void Check(
        ImmutableArray<EnvironmentSettings> environments, Func<EnvironmentName, bool> isSelected, Dictionary<EnvironmentName, PackageGraph> graphOf, DiagnosticBag bag)
    {
        var used = environments
            .SelectMany(environment => environment.Packages.Where(package => IsUsed(package, graphOf[environment.Name.Value])))
            .Select(package => package.Pattern.Span)
            .ToHashSet();
        foreach (var pattern in environments
            .Where(environment => isSelected(environment.Name.Value))
            .SelectMany(environment => environment.Packages)
            .Select(package => package.Pattern)
            .Where(pattern => !used.Contains(pattern.Span))
            .DistinctBy(pattern => pattern.Span))
        {
            bag.Add(Rules.PackagePatternUnused, pattern.Span, $"'{pattern}' is the name of no locked package.", "Correct it; object names are folders of base/.");
        }
    }

    private static bool IsUsed(PackageSettings package, PackageGraph graph) => graph.Packages.Any(entry => package.Pattern.Value.Matches(entry.ObjectName.Value));
}
