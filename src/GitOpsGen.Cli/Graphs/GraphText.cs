using GitOpsGen.Lockfile;
using GitOpsGen.Packages;
using GitOpsGen.Packages.Graphs;

namespace GitOpsGen.Cli.Graphs;

/// <summary>
/// A graph as a tree for a terminal: what nobody asks for at the top, what it asks for below it. A package that several ask for is
/// shown in full once.
/// </summary>
internal sealed class GraphText
{
    // Deeper, a tree is cut and goes on at the left: nobody reads indentation that long.
    private const int DepthLimit = 24;

    private readonly DependencyEdges edges;
    private readonly Dictionary<Repository, string> waves;
    private readonly HashSet<Repository> shown = [];
    private readonly Stack<Branch> open = [];
    private readonly Queue<LockEntry> below = [];
    private readonly StringBuilder text = new();

    private GraphText(PackageGraph graph)
    {
        edges = new(graph);
        waves = graph.Waves.SelectMany((wave, n) => wave.Select(entry => (entry.Package.Value, $"wave {n}"))).ToDictionary();
    }

    public static string Of(IEnumerable<PackageGraph> graphs) => string.Join('\n', graphs.Select(graph => new GraphText(graph).Write()));

    private string Write()
    {
        WriteHead();
        var tops = edges.Packages.OrderBy(entry => entry.ObjectName).ThenBy(entry => entry.Package.Value).ToList();
        foreach (var entry in tops.Where(entry => edges.Into[entry.Package.Value].All(edge => edge.From == entry)))
            WriteTree(entry);

        // What is left is in a cycle, which has no top.
        foreach (var entry in tops.Where(entry => !shown.Contains(entry.Package.Value)))
            WriteTree(entry);

        return text.ToString();
    }

    private void WriteHead()
    {
        var graph = edges.Graph;
        var core = graph.Core is { } locked ? $"Crossplane {locked.Version}" : "no Crossplane";
        string[] required = [.. GraphPicture.CoreRequirements(edges)];
        text.Append(
            CultureInfo.InvariantCulture,
            $"{graph.EnvironmentsText}: {Counts.Of(edges.Packages.Length, "package")} in {Counts.Of(graph.Waves.Length, "wave")}\n"
        );
        text.Append(CultureInfo.InvariantCulture, $"{core}{(required is [] ? "" : $" ({string.Join("; ", required)})")}\n");
    }

    private void WriteTree(LockEntry top)
    {
        below.Enqueue(top);
        while (below.TryDequeue(out var entry))
        {
            if (!shown.Contains(entry.Package.Value))
            {
                open.Push(new("", "", null, entry, 0));
                WriteOpen();
            }
        }
    }

    private void WriteOpen()
    {
        while (open.TryPop(out var branch))
        {
            text.Append(branch.Lead).Append(Label(branch));
            var steps = branch.Entry is { } entry && shown.Add(entry.Package.Value) ? edges.From[entry.Package.Value].ToList() : [];
            if (branch.Entry is { } again && steps.Count == 0 && edges.From[again.Package.Value].Any())
            {
                text.Append(", see above");
            }
            else if (steps.Count > 0 && branch.Depth == DepthLimit)
            {
                text.Append(", see below");
                shown.Remove(branch.Entry!.Package.Value);
                below.Enqueue(branch.Entry);
                steps = [];
            }

            text.Append('\n');
            for (var i = steps.Count - 1; i >= 0; i--)
            {
                var isLast = i == steps.Count - 1;
                open.Push(
                    new(
                        $"{branch.Indent}{(isLast ? "└─ " : "├─ ")}",
                        $"{branch.Indent}{(isLast ? "   " : "│  ")}",
                        steps[i],
                        steps[i].To,
                        branch.Depth + 1
                    )
                );
            }
        }
    }

    private string Label(Branch branch)
    {
        var constraint = branch.Edge is { } edge ? $": {GraphPicture.Label(edge)}" : "";
        if (branch.Entry is not { } entry)
            return $"{branch.Edge!.Target}{constraint}";

        if (entry.Kind == PackageKind.Crossplane)
            return $"Crossplane {entry.Version}{constraint}";

        var wave = waves.GetValueOrDefault(entry.Package.Value, "in a cycle, or behind one");
        return $"{entry.ObjectName} {entry.Version} ({wave}{(entry.IsIndirect ? ", indirect" : "")}{(entry.DependsOn is null ? ", dependencies not known" : "")}){constraint}";
    }

    /// <summary>A line to write, and what comes before the lines below it.</summary>
    private sealed record Branch(string Lead, string Indent, DependencyEdge? Edge, LockEntry? Entry, int Depth);
}
