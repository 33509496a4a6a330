using GitOpsGen.Lockfile;
using GitOpsGen.Packages;
using GitOpsGen.Settings;

namespace GitOpsGen.Planning;

/// <summary>
/// Names that differ from the ones Crossplane derives. Where Crossplane resolves dependencies itself and something depends on the
/// package, the next bump makes it create a second package under the derived name, at the newest version that it finds, and two packages
/// of one source make every package of the cluster unhealthy (crossplane#7454, #6779). It cannot find one without listing tags.
/// </summary>
internal static class NameRules
{
    public static void Check(
        ImmutableArray<LockEntry> entries,
        IEnumerable<(EnvironmentSettings Settings, PackageGraph Graph)> environments,
        GraphFindings findings,
        DiagnosticBag bag
    )
    {
        var needed = new HashSet<LockEntry>();
        foreach (
            var (graph, settings) in environments
                .Where(e => e.Settings.Install.Value == InstallStrategy.Rewrite)
                .ToLookup(e => e.Graph, e => e.Settings)
                .Select(g => (g.Key, g.ToList()))
        )
        {
            foreach (var entry in Needed(graph))
            {
                if (OtherName(entry) is { } derived)
                {
                    needed.Add(entry);
                    Report(entry, derived, settings, findings);
                }
            }
        }

        ImmutableArray<LockEntry> others =
        [
            .. entries.Where(e => e.Kind != PackageKind.Crossplane && !needed.Contains(e) && OtherName(e) is not null),
        ];
        if (others is [var first, ..])
        {
            // Nearly every package of a team that began without this tool has such a name, so all are one finding.
            var rest = others.Select(entry => entry.Name!.Value.Value).Distinct().Count() - 1;
            var more = rest == 0 ? "" : $" {rest} more {(rest == 1 ? "package has" : "packages have")} such a name.";
            bag.Add(
                Rules.DerivedName,
                first.Name!.Value.Span,
                $"{first.Package} is named {first.Name}; as a dependency Crossplane would name it {OtherName(first)}.{more}",
                "Remove 'name' unless the object already runs under it."
            );
        }
    }

    private static void Report(LockEntry entry, string derived, List<EnvironmentSettings> settings, GraphFindings findings)
    {
        foreach (var group in settings.GroupBy(environment => CannotListTags(environment, entry)))
        {
            findings.Add(
                [.. group.Select(e => e.Name.Value)],
                new Diagnostic(
                    Rules.DependencyRenamed,
                    $"{entry.Package} is named {entry.Name}, and others depend on it: "
                        + (
                            group.Key
                                ? $"only the role, which cannot list tags, keeps Crossplane from making {derived} beside it at its next version"
                                : $"at its next version Crossplane makes {derived} beside it, and every package becomes unhealthy"
                        ),
                    "Remove 'name' while the package does not run yet, or set 'install: direct'.",
                    entry.Name!.Value.Span
                )
                {
                    Severity = group.Key ? Severity.Warning : Severity.Error,
                }
            );
        }
    }

    // The policy that is rendered for the role withholds ecr:ListImages.
    private static bool CannotListTags(EnvironmentSettings settings, LockEntry entry) =>
        settings.Iam?.PackageManager is not null
        && settings.Routes is { HomeEcr: not null } routes
        && routes.PlaceOf(entry.Package.Value).Ecr is not null;

    private static string? OtherName(LockEntry entry) =>
        entry.Name is { } name && ObjectName.Derive(entry.Package.Value) is { } derived && derived != name.Value ? derived.Value : null;

    private static IEnumerable<LockEntry> Needed(PackageGraph graph)
    {
        var dependencies = graph.Packages.SelectMany(entry => entry.DependsOn ?? []).Select(dependency => dependency.Package.Value).ToHashSet();
        return graph.Packages.Where(entry => dependencies.Contains(entry.Package.Value));
    }
}
