using GitOpsGen.Lockfile;

namespace GitOpsGen.Packages.Graphs;

/// <summary>
/// Graphs as boxes, frames and arrows, for every drawing language. Every package has a constraint on the core: the core's box
/// lists them, and only those that are not met are arrows.
/// </summary>
internal sealed record GraphPicture(ImmutableArray<PictureGroup> Groups, ImmutableArray<PictureEdge> Edges)
{
    private const int RequirementsShown = 3;

    public static GraphPicture Of(ImmutableArray<PackageGraph> graphs)
    {
        var groups = ImmutableArray.CreateBuilder<PictureGroup>();
        var arrows = ImmutableArray.CreateBuilder<PictureEdge>();
        foreach (var edges in graphs.Select(graph => new DependencyEdges(graph)))
        {
            var id = $"g{groups.Count}";
            var ids = edges.Packages.Select((entry, n) => (entry.Package.Value, Id: $"{id}n{n}")).ToDictionary();
            var missing = edges
                .Missing.Select((package, n) => new PictureNode($"{id}m{n}", [package.ToString(), "missing"], NodeLook.Missing))
                .ToImmutableArray();
            foreach (var (package, node) in edges.Missing.Zip(missing))
                ids.Add(package, node.Id);

            var core = Core($"{id}c", edges);
            if (core is not null)
                ids.TryAdd(edges.Graph.Core!.Package.Value, core.Id);

            groups.Add(new(id, edges.Graph.EnvironmentsText, core is null ? missing : [core, .. missing], [.. Clusters(id, edges.Graph, ids)]));
            arrows.AddRange(
                edges
                    .All.Concat(edges.ToCore.Where(edge => edge.State != EdgeState.Met))
                    .Select(edge => new PictureEdge(ids[edge.From.Package.Value], ids[edge.Target], Label(edge), edge.State != EdgeState.Met))
            );
        }

        return new(groups.ToImmutable(), arrows.ToImmutable());
    }

    /// <summary>A constraint, and what is wrong with it.</summary>
    public static string Label(DependencyEdge edge)
    {
        var constraint = edge.Constraint.Value.Shown();
        return edge.State switch
        {
            EdgeState.Met => constraint,
            EdgeState.NotMet => $"{constraint}, not met",
            EdgeState.Unreadable => $"{constraint}, unreadable",
            _ => $"{constraint}, missing",
        };
    }

    /// <summary>The constraints on the core, each once, with the number of packages that have it; a long list is cut.</summary>
    public static IEnumerable<string> CoreRequirements(DependencyEdges edges)
    {
        var asked = edges.ToCore.CountBy(Label).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        return asked
            .Take(RequirementsShown)
            .Select(pair => $"{pair.Value} of {edges.Packages.Length} {(pair.Value == 1 ? "needs" : "need")} {pair.Key}")
            .Concat(asked.Count > RequirementsShown ? [$"and {asked.Count - RequirementsShown} more constraints"] : []);
    }

    private static PictureNode? Core(string id, DependencyEdges edges) =>
        edges.Graph.Core is { } core ? new(id, [$"Crossplane {core.Version}", .. CoreRequirements(edges)], NodeLook.Core) : null;

    private static IEnumerable<PictureCluster> Clusters(string id, PackageGraph graph, Dictionary<Repository, string> ids)
    {
        if (!graph.Unordered.IsEmpty)
            yield return new($"{id}x", "in a cycle, or behind one", Nodes(graph.Unordered));

        for (var wave = graph.Waves.Length - 1; wave >= 0; wave--)
            yield return new($"{id}w{wave}", $"wave {wave}", Nodes(graph.Waves[wave]));

        ImmutableArray<PictureNode> Nodes(ImmutableArray<LockEntry> entries) =>
            [
                .. entries.Select(entry => new PictureNode(
                    ids[entry.Package.Value],
                    [entry.ObjectName.Value, entry.DependsOn is null ? $"{entry.Version}, dependencies not known" : entry.Version.ToString()],
                    entry.IsIndirect ? NodeLook.Indirect : NodeLook.Declared
                )),
            ];
    }
}

/// <summary>The part of a picture for environments with the same packages.</summary>
/// <param name="Id">Letters and digits, unique in the picture.</param>
/// <param name="Title">The environments.</param>
/// <param name="Loose">The boxes outside of waves: the core, and what is missing.</param>
/// <param name="Waves">The waves, the last one first, as the arrows go.</param>
internal sealed record PictureGroup(string Id, string Title, ImmutableArray<PictureNode> Loose, ImmutableArray<PictureCluster> Waves);

/// <summary>Boxes of a picture with a frame around them: a wave.</summary>
internal sealed record PictureCluster(string Id, string Title, ImmutableArray<PictureNode> Nodes);

/// <summary>A box of a picture.</summary>
/// <param name="Id">Letters and digits, unique in the picture.</param>
/// <param name="Lines">What is written in it.</param>
/// <param name="Look">What it means.</param>
internal sealed record PictureNode(string Id, ImmutableArray<string> Lines, NodeLook Look);

/// <summary>What a box of a picture means.</summary>
internal enum NodeLook
{
    Core,
    Declared,
    Indirect,
    Missing,
}

/// <summary>An arrow of a picture, from a dependent to what it needs.</summary>
/// <param name="From">The box where it begins.</param>
/// <param name="To">The box where it ends.</param>
/// <param name="Label">The constraint, and what is wrong with it.</param>
/// <param name="IsBroken">Whether what is needed is not there.</param>
internal sealed record PictureEdge(string From, string To, string Label, bool IsBroken);
