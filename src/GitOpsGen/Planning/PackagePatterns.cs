using System.Collections.Immutable;
using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Packages;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>
/// Names and globs under <c>packages</c> that have no effect. One that stands in the defaults has one where any environment has
/// such a package.
/// </summary>
internal static class PackagePatterns
{
    public static void Check(
        ImmutableArray<EnvironmentSettings> environments,
        Func<EnvironmentName, bool> isSelected,
        Dictionary<EnvironmentName, PackageGraph> graphOf,
        DiagnosticBag bag
    )
    {
        var used = new HashSet<SourceSpan>();
        var run = new HashSet<SourceSpan>();
        foreach (var environment in environments)
        {
            foreach (var pattern in environment.Packages.Select(package => package.Pattern))
            {
                foreach (var entry in graphOf[environment.Name.Value].Packages.Where(entry => pattern.Value.Matches(entry.ObjectName.Value)))
                {
                    used.Add(pattern.Span);
                    if (entry.Kind != PackageKind.Configuration)
                    {
                        run.Add(pattern.Span);
                    }
                }
            }
        }

        foreach (
            var package in environments
                .Where(environment => isSelected(environment.Name.Value))
                .SelectMany(environment => environment.Packages)
                .DistinctBy(package => package.Pattern.Span)
        )
        {
            var pattern = package.Pattern;
            if (!used.Contains(pattern.Span))
            {
                bag.Add(
                    Rules.PackagePatternUnused,
                    pattern.Span,
                    $"'{pattern}' is the name of no locked package.",
                    "Correct it; object names are folders of base/."
                );
            }
            else if (package.Runtime is not null && !run.Contains(pattern.Span))
            {
                // A name means this package; a glob may come to mean others.
                bag.Add(
                    pattern.Value.IsGlob ? Rules.PackagePatternUnused : Rules.RuntimeOfConfiguration,
                    pattern.Span,
                    $"'{pattern}' names only Configurations, which no pod runs.",
                    "Remove 'runtime'."
                );
            }
        }
    }
}
