using System.Collections.Immutable;
using System.Globalization;
using GitOpsGen.Lockfile;
using GitOpsGen.Model;
using GitOpsGen.Packages;

namespace GitOpsGen.Cli.Graphs;

/// <summary>One graph, ready to be drawn: boxes in clusters, and arrows between them.</summary>
/// <param name="Title">The environments.</param>
/// <param name="Clusters">The waves in their order; behind them what stands in a circle.</param>
/// <param name="Loose">What stands in no wave: the core, and packages that are needed and not locked.</param>
/// <param name="Arrows">From who needs something to what is needed.</param>
internal sealed record Picture(string Title, ImmutableArray<PictureCluster> Clusters, ImmutableArray<PictureBox> Loose, ImmutableArray<PictureArrow> Arrows)
{
    /// <summary>The picture of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="number">Its number among the graphs of one drawing: names of boxes are unique in all of it.</param>
    public static Picture Of(PackageGraph graph, int number)
    {
        var boxes = new Dictionary<Repository, PictureBox>();
        var clusters = graph.Waves.Select((wave, i) => new PictureCluster(string.Create(CultureInfo.InvariantCulture, $"wave {i}"), [.. wave.Select(entry => Box(entry.Package.Value, entry))])).ToList();
        if (!graph.Unordered.IsEmpty)
        {
            clusters.Add(new("in a circle, or behind one", [.. graph.Unordered.Select(entry => Box(entry.Package.Value, entry))]));
        }

        var loose = graph.Core is { } core ? new List<PictureBox> { Box(core.Package.Value, core) } : [];
        var arrows = new List<PictureArrow>();
        foreach (var entry in graph.Packages.Concat(graph.Unordered))
        {
            var from = boxes[entry.Package.Value];
            foreach (var dependency in entry.DependsOn ?? [])
            {
                if (!boxes.TryGetValue(dependency.Package.Value, out var to))
                {
                    loose.Add(to = Box(dependency.Package.Value, null));
                }

                arrows.Add(new(from, to, dependency.Constraint.Value));
            }

            if (graph.Core is { } required && entry.RequiresCrossplane is { } constraint)
            {
                arrows.Add(new(from, boxes[required.Package.Value], constraint.Value));
            }
        }

        return new(PackageGraph.TextOf(graph.Environments), [.. clusters], [.. loose], [.. arrows]);

        PictureBox Box(Repository package, LockEntry? entry) =>
            boxes[package] = new(string.Create(CultureInfo.InvariantCulture, $"g{number}p{boxes.Count}"), package, entry);
    }
}

/// <summary>Boxes that are drawn together.</summary>
internal sealed record PictureCluster(string Title, ImmutableArray<PictureBox> Boxes);

/// <summary>A package.</summary>
/// <param name="Id">Its name in the drawing.</param>
/// <param name="Package">Its repository.</param>
/// <param name="Entry">Its lock entry; <see langword="null"/> where it is needed and not locked.</param>
internal sealed record PictureBox(string Id, Repository Package, LockEntry? Entry)
{
    public bool IsCore => Entry?.Kind == PackageKind.Crossplane;

    /// <summary>What stands in the box besides the repository.</summary>
    public string Detail => Entry is null ? "missing" : Entry.IsIndirect ? $"{Entry.Version}, indirect" : Entry.Version.ToString();
}

/// <summary>One package needs another, or a version of the core.</summary>
internal sealed record PictureArrow(PictureBox From, PictureBox To, DependencyConstraint Constraint);
