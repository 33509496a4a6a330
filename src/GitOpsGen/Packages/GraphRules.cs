using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages;

/// <summary>The rules about one set of packages that run together.</summary>
/// <param name="entries">What runs.</param>
/// <param name="ignoresCore">Where the settings let a package run on a core that it does not accept.</param>
/// <param name="findings">What is found.</param>
internal sealed class GraphRules(ImmutableArray<LockEntry> entries, Func<EnvironmentName, ObjectName, bool> ignoresCore, EnvironmentFindings findings)
{
    private const int LongestCycle = 10;

    private readonly Dictionary<Repository, LockEntry> byPackage = entries.ToDictionary(e => e.Package.Value);

    public void Check()
    {
        CheckCores();
        CheckObjectNames();
        var core = entries.FirstOrDefault(e => e.Kind == PackageKind.Crossplane);
        // What a stale entry says about others is what another version of it said.
        foreach (var entry in entries.Where(e => e.Kind != PackageKind.Crossplane && !e.IsStale))
        {
            foreach (var dependency in entry.DependsOn ?? [])
                CheckDependency(entry, dependency);

            CheckCore(entry, core);
        }
    }

    /// <summary>Reports one cycle for each group of packages that could not be ordered.</summary>
    public void ReportCycles(ImmutableArray<LockEntry> left)
    {
        var unordered = left.Select(e => e.Package.Value).ToHashSet();
        var seen = new HashSet<Repository>();
        foreach (var start in left.Where(e => !seen.Contains(e.Package.Value)))
        {
            var path = new List<LockEntry>();
            var entry = start;
            while (seen.Add(entry.Package.Value))
            {
                path.Add(entry);
                entry = byPackage[entry.DependsOn!.Value.First(d => unordered.Contains(d.Package.Value)).Package.Value];
            }

            if (path.IndexOf(entry) is var first and >= 0)
            {
                findings.Add(
                    Rules.DependencyCycle,
                    entry.Package.Span,
                    $"{TextOf([.. path.Skip(first)])} depend on each other",
                    "No order installs them, and Crossplane's Lock would stay unresolved (detected cycle): lock versions that do not form a cycle."
                );
            }
        }
    }

    private void CheckCores()
    {
        var cores = entries.Where(e => e.Kind == PackageKind.Crossplane).ToList();
        foreach (var core in cores)
        {
            if (KnownBadCore.Of(core.Version.Value) is { } bad)
            {
                findings.Add(
                    Rules.BadCore,
                    core.Version.Span,
                    $"Crossplane {core.Version}, with which {bad.Reason} ({bad.Source}, {bad.Reported:O}), runs",
                    $"Take {bad.Take}."
                );
            }
        }

        foreach (var second in cores.Skip(1))
        {
            findings.Add(
                Rules.SeveralCores,
                second.Package.Span,
                $"{second.Package} is a second core beside {cores[0].Package} (line {cores[0].Package.Span.Start.Line})",
                "Keep one entry of kind Crossplane for each environment."
            );
        }
    }

    private void CheckObjectNames()
    {
        foreach (var named in entries.Where(e => e.Kind != PackageKind.Crossplane).GroupBy(e => (e.Kind, e.ObjectName)))
        {
            var first = named.First();
            foreach (var entry in named.Skip(1))
            {
                findings.Add(
                    Rules.ObjectNameCollision,
                    entry.Name?.Span ?? entry.Package.Span,
                    $"{entry.Package} and {first.Package} (line {first.Package.Span.Start.Line}) would both be {entry.Kind} {entry.ObjectName}",
                    "Give one of them another 'name'."
                );
            }
        }
    }

    private void CheckDependency(LockEntry entry, Dependency dependency)
    {
        var wanted = dependency.Constraint.Value;
        if (wanted is DependencyConstraint.Invalid invalid)
        {
            findings.Add(
                Rules.InvalidConstraint,
                dependency.Constraint.Span,
                $"Crossplane cannot read the constraint '{Excerpt.Of(invalid.Text)}' on {dependency.Package}, with which {entry.ObjectName} {entry.Version} was published ({Excerpt.Of(invalid.Reason, 200)}),",
                "Lock another version of the package, or ask its maintainers to publish a valid constraint."
            );
        }

        if (!byPackage.TryGetValue(dependency.Package.Value, out var target))
        {
            findings.Add(
                Rules.MissingDependency,
                dependency.Package.Span,
                $"{entry.ObjectName} {entry.Version} needs {dependency.Package} ({wanted.Shown()}), which is missing",
                $"Run 'gitopsgen lock', or add an entry for it with 'kind: {dependency.Kind}' and 'indirect: true'."
            );
            return;
        }

        if (target.Kind != dependency.Kind)
        {
            findings.Add(
                Rules.DependencyKind,
                target.Package.Span,
                $"{target.Package} is locked as {target.Kind}, but {entry.ObjectName} {entry.Version} needs it as {dependency.Kind}",
                $"Set 'kind: {dependency.Kind}', if that is what the package is."
            );
        }

        CheckVersion(entry, dependency, target);
        CheckFamily(entry, target);
    }

    private void CheckVersion(LockEntry entry, Dependency dependency, LockEntry target)
    {
        if (dependency.Constraint.Value.Excludes(target.Version.Value, target.Digest?.Value))
        {
            findings.Add(
                Rules.ConstraintNotMet,
                target.Version.Span,
                $"{target.ObjectName} is locked at {target.Version}, but {entry.ObjectName} {entry.Version} needs {Excerpt.Of(dependency.Constraint.Value.Text)}",
                "Lock a version that meets it, or another version of the dependent."
            );
        }
    }

    private void CheckFamily(LockEntry member, LockEntry family)
    {
        if (family.IsProviderFamily && member.Kind == PackageKind.Provider && member.Version.Value.ComparePrecedence(family.Version.Value) != 0)
        {
            findings.Add(
                Rules.FamilyVersionSkew,
                member.Version.Span,
                $"{member.ObjectName} is at {member.Version}, its family {family.ObjectName} at {family.Version}",
                "Lock all members of a family and the family itself at one version; they are released together."
            );
        }
    }

    private void CheckCore(LockEntry entry, LockEntry? core)
    {
        if (entry.RequiresCrossplane is not { } requires)
            return;

        if (requires.Value is DependencyConstraint.Invalid invalid)
        {
            findings.Add(
                Rules.InvalidConstraint,
                requires.Span,
                $"Crossplane cannot read the constraint '{Excerpt.Of(invalid.Text)}' on itself, with which {entry.ObjectName} {entry.Version} was published ({Excerpt.Of(invalid.Reason, 200)}),",
                "Lock another version of the package, or ask its maintainers to publish a valid constraint."
            );
        }
        else if (core is not null && requires.Value.Excludes(core.Version.Value))
        {
            findings
                .Except(environment => ignoresCore(environment, entry.ObjectName))
                .Add(
                    Rules.CoreNotAccepted,
                    requires.Span,
                    $"{entry.ObjectName} {entry.Version} needs Crossplane {Excerpt.Of(requires.Value.Text)}, but it is {core.Version}",
                    "Lock a version of the package that accepts this core, move the core, or set 'ignoreCrossplaneConstraints: true' in the package's spec."
                );
        }
    }

    // Both ends of a long cycle: a reader looks for where it closes.
    private static string TextOf(ImmutableArray<LockEntry> cycle) =>
        cycle.Length <= LongestCycle
            ? string.Join(" → ", cycle.Append(cycle[0]).Select(e => e.ObjectName))
            : $"{string.Join(" → ", cycle.Take(LongestCycle - 1).Select(e => e.ObjectName))} → ({cycle.Length - LongestCycle} more) → {cycle[^1].ObjectName} → {cycle[0].ObjectName}";
}

internal static class ConstraintText
{
    /// <summary>The constraint as a message or a picture shows it: quotes make an empty one visible.</summary>
    public static string Shown(this DependencyConstraint constraint) => constraint.Text.Length == 0 ? "\"\"" : Excerpt.Of(constraint.Text);
}
