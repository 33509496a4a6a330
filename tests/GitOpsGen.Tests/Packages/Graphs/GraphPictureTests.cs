using GitOpsGen.Packages.Graphs;
using Xunit;

namespace GitOpsGen.Tests.Packages.Graphs;

public class GraphPictureTests
{
    private const string Chart = "chart: { repository: https://charts.crossplane.io/stable, version: 1.0.0 }";

    [Fact]
    public void Every_arrow_has_a_box_at_both_ends_and_every_box_is_drawn_once()
    {
        var picture = Picture(
            Locks.Entry("Crossplane", "c/c", "v2.0.0", more: Chart),
            Locks.Entry("Provider", "a/a", needs: ["a/b", "a/gone=>=v1.0.0", "c/c"], more: "requiresCrossplane: '>=v3.0.0'"),
            Locks.Provider("a/b", "a/a"),
            Locks.Provider("a/c", "a/c"),
            Locks.Entry("Provider", "a/u")
        );
        string[] boxes =
        [
            .. picture.Groups.SelectMany(group => group.Loose.Concat(group.Waves.SelectMany(wave => wave.Nodes))).Select(node => node.Id),
        ];
        Assert.Equal(boxes.Length, boxes.Distinct().Count());
        Assert.Equal(6, boxes.Length);
        Assert.All(picture.Edges, edge => Assert.True(boxes.Contains(edge.From) && boxes.Contains(edge.To)));
    }

    [Fact]
    public void What_is_missing_or_not_met_is_broken()
    {
        var picture = Picture(
            Locks.Provider("a/a"),
            Locks.Provider("a/b", "a/a=>=v2.0.0", "a/gone=>=v1.0.0", "a/c"),
            Locks.Provider("a/c", "a/a=>=v1.0.0")
        );
        Assert.Equal(
            [(">=v2.0.0, not met", true), (">=v1.0.0, missing", true), (">=v0.0.0-0", false), (">=v1.0.0", false)],
            picture.Edges.OrderBy(edge => edge.From == "g0n2" ? 0 : 1).Select(edge => (edge.Label, edge.IsBroken))
        );
        Assert.Equal(NodeLook.Missing, Assert.Single(picture.Groups[0].Loose).Look);
    }

    [Fact]
    public void What_several_need_and_is_missing_is_one_box_and_the_boxes_are_in_order()
    {
        var picture = Picture(Locks.Provider("a/a", "a/z", "a/m"), Locks.Provider("a/b", "a/z"));
        Assert.Equal(["x.io/a/m", "x.io/a/z"], picture.Groups[0].Loose.Select(node => node.Lines[0]));
    }

    [Fact]
    public void The_core_says_what_is_asked_of_it_and_only_what_it_does_not_meet_is_an_arrow()
    {
        var picture = Picture(
            Locks.Entry("Crossplane", "c/c", "v2.0.0", more: Chart),
            Locks.Entry("Provider", "a/a", needs: [], more: "requiresCrossplane: '>=v1.0.0'"),
            Locks.Entry("Provider", "a/b", needs: [], more: "requiresCrossplane: '>=v1.0.0'"),
            Locks.Entry("Provider", "a/c", needs: [], more: "requiresCrossplane: '>=v3.0.0'")
        );
        Assert.Equal(["Crossplane v2.0.0", "2 of 3 need >=v1.0.0", "1 of 3 needs >=v3.0.0, not met"], Assert.Single(picture.Groups[0].Loose).Lines);
        Assert.True(Assert.Single(picture.Edges).IsBroken);
    }

    [Fact]
    public void The_order_of_the_entries_does_not_matter()
    {
        string[] entries = [Locks.Provider("a/a"), Locks.Provider("a/b", "a/a"), Locks.Provider("a/c", "a/a", "a/b")];
        Assert.Equal(Nodes(Picture(entries)), Nodes(Picture([.. entries.Reverse()])));
        static string Nodes(GraphPicture picture) =>
            string.Join('\n', picture.Groups[0].Waves.SelectMany(wave => wave.Nodes).Select(node => $"{node.Id} {string.Join(' ', node.Lines)}"));
    }

    private static GraphPicture Picture(params string[] entries) => GraphPicture.Of([Locks.Build(entries).Graph]);
}
