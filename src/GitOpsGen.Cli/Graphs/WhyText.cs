using GitOpsGen.Lockfile;
using GitOpsGen.Packages.Graphs;

namespace GitOpsGen.Cli.Graphs;

/// <summary>Why a package is there, for people: one line for each way to it.</summary>
internal static class WhyText
{
    private const int NamesShown = 5;

    // The ends of a longer way: where it starts and who asks in the end.
    private const int StepsShown = 12;

    public static string Of(Repository package, ImmutableArray<PackageReasons> answers)
    {
        var text = new StringBuilder($"{package}\n");
        foreach (var reasons in answers)
        {
            text.Append('\n').Append(Head(package, reasons)).Append('\n');
            AppendPaths(text, reasons);
            AppendUnknown(text, reasons);
        }

        return text.ToString();
    }

    private static string Head(Repository package, PackageReasons reasons)
    {
        var where = EnvironmentName.TextOf(reasons.Environments);
        return reasons switch
        {
            { Entry: { } entry } => $"{entry.Package.Span.Place}: {entry.Version}, {Manner(entry)}, in {where}",
            { IsAbsent: true } => $"not in {where}, and nothing there needs it",
            _ => $"missing from {where}; 'gitopsgen lock' adds {package}",
        };
    }

    private static string Manner(LockEntry entry) =>
        entry.Kind == PackageKind.Crossplane ? "the core"
        : entry.IsIndirect ? "indirect"
        : "declared";

    private static void AppendPaths(StringBuilder text, PackageReasons reasons)
    {
        foreach (var path in reasons.Paths)
            text.Append("  ").Append(Path(path)).Append('\n');

        var left = reasons.PathCount - reasons.Paths.Length;
        if (left > 0)
        {
            var more = reasons.PathCount == DependencyPaths.CountLimit ? $"more than {left}" : $"{left}";
            text.Append(CultureInfo.InvariantCulture, $"  … and {more} more; --limit shows more of them\n");
        }

        if (reasons is { Entry: { IsIndirect: true }, PathCount: 0 })
            text.Append("  no declared package needs it: 'gitopsgen lock' removes it\n");
        else if (reasons is { Entry: { }, PathCount: 0 })
            text.Append("  no other package needs it\n");
    }

    private static string Path(ImmutableArray<DependencyEdge> path)
    {
        var first = $"{path[0].From.ObjectName} {path[0].From.Version}";
        if (path is [{ To.Kind: PackageKind.Crossplane } core])
            return $"{first} needs {GraphPicture.Label(core)}";

        var steps = path.Select(edge => $"{edge.TargetName}{(edge.To is { } to ? $" {to.Version}" : "")} ({GraphPicture.Label(edge)})").ToList();
        if (steps.Count > StepsShown)
            steps = [.. steps.Take(StepsShown / 2), $"({steps.Count - StepsShown} more)", .. steps.TakeLast(StepsShown / 2)];

        return $"{first} → {string.Join(" → ", steps)}";
    }

    private static void AppendUnknown(StringBuilder text, PackageReasons reasons)
    {
        if (!reasons.Unknown.IsEmpty)
        {
            var names = Excerpt.Names([.. reasons.Unknown.Select(entry => entry.ObjectName.Value)], NamesShown);
            text.Append(CultureInfo.InvariantCulture, $"  the dependencies of {names} are not known: more may need it\n");
        }
    }
}
