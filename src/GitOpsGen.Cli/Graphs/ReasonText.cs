using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages;

namespace GitOpsGen.Cli.Graphs;

/// <summary>Reasons for people: a line for the package in some environments, and one for each path.</summary>
internal static class ReasonText
{
    public static string Of(ImmutableArray<Reason> reasons)
    {
        var text = new StringBuilder();
        foreach (var reason in reasons)
        {
            Append(text, reason);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Reason reason)
    {
        var entry = reason.Entry;
        var at = entry.Package.Span;
        text.Append(CultureInfo.InvariantCulture, $"{Named(entry)} in {PackageGraph.TextOf(reason.Environments)}: {Standing(entry)} in {at.File}({at.Start.Line},{at.Start.Column})\n");
        foreach (var path in reason.Paths)
        {
            text.Append("  ").Append(Named(path[0])).AppendJoin("", path.Zip(path.Skip(1), Step)).Append('\n');
        }

        foreach (var package in reason.Requirements)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Named(package)} requires {Quoted(package.RequiresCrossplane!.Value.Value)}\n");
        }

        if (reason.Count > reason.Paths.Length)
        {
            var more = reason.Count - reason.Paths.Length;
            text.Append(CultureInfo.InvariantCulture, $"  and {(reason.Count == DependencyPaths.Countless ? "at least " : "")}{more} more {(more == 1 ? "path" : "paths")}\n");
        }
        else if (reason.Paths.IsEmpty && reason.Requirements.IsEmpty)
        {
            text.Append(entry.IsIndirect ? "  nothing here needs it: 'gitopsgen lock' drops it\n" : "  nothing else needs it\n");
        }
    }

    private static string Standing(LockEntry entry) => entry.Kind == PackageKind.Crossplane ? "the core" : entry.IsIndirect ? "indirect" : "declared";

    private static string Named(LockEntry entry) => $"{entry.Package} {entry.Version}";

    private static string Step(LockEntry dependent, LockEntry needed) =>
        $" -> {Named(needed)} ({Quoted(dependent.DependsOn!.Value.First(d => d.Package.Value == needed.Package.Value).Constraint.Value)})";

    private static string Quoted(DependencyConstraint constraint) => constraint.Text.Length == 0 ? "any version" : constraint.Text;
}
