using GitOpsGen.Review;
using GitOpsGen.Tests.Packages;
using Xunit;

namespace GitOpsGen.Tests.Review;

/// <summary>The picture of the packages that move.</summary>
public sealed class ChangedGraphTests
{
    private static readonly string[] Before =
    [
        Locks.Provider("a/user", "a/moves"),
        Locks.Provider("a/moves", "a/need"),
        Locks.Provider("a/need"),
        Locks.Provider("a/far", "a/need"),
        Locks.Provider("a/alone"),
    ];

    [Fact]
    public void Neighbours_of_what_moves_are_in_it_and_what_is_further_is_not() =>
        Assert.Equal(
            [
                "0 a-need v1.0.0 stays, needs , for a-moves",
                "1 a-moves v1.0.0 to v1.1.0 Minor, needs a-need, for a-user",
                "2 a-user v1.0.0 stays, needs a-moves, for ",
            ],
            Nodes([Before[0], Locks.Entry("Provider", "a/moves", "v1.1.0", ["a/need"]), .. Before[2..]])
        );

    [Fact]
    public void A_need_that_is_written_twice_is_one_line() =>
        Assert.Equal(
            ["0 a-need v1.0.0 stays, needs , for a-moves", "1 a-moves v1.0.0 to v1.1.0 Minor, needs a-need, for "],
            Nodes(
                [Locks.Provider("a/moves", "a/need"), Locks.Provider("a/need")],
                [Locks.Entry("Provider", "a/moves", "v1.1.0", ["a/need", "a/need"]), Locks.Provider("a/need")]
            )
        );

    [Fact]
    public void A_package_without_neighbours_is_alone_in_it() =>
        Assert.Equal(["0 a-alone v1.0.0 to v2.0.0 Major, needs , for "], Nodes([.. Before[..4], Locks.Entry("Provider", "a/alone", "v2.0.0", [])]));

    [Fact]
    public void What_leaves_is_at_its_old_place_beside_what_comes() =>
        Assert.Equal(
            [
                "0 a-need v1.0.0 stays, needs , for a-other",
                "0 a-user v1.0.0 to  Removed, needs , for ",
                "1 a-other  to v1.0.0 New, needs a-need, for ",
            ],
            Nodes([Locks.Provider("a/user"), Locks.Provider("a/need")], [Locks.Provider("a/need"), Locks.Provider("a/other", "a/need")])
        );

    [Fact]
    public void Packages_that_move_alike_between_the_same_neighbours_are_one() =>
        Assert.Equal(
            ["0 a-family v1.0.0 stays, needs , for a-m,a-n", "1 a-m,a-n v1.0.0 to v1.0.1 Patch, needs a-family, for "],
            Nodes(
                [Locks.Provider("a/family"), Locks.Provider("a/n", "a/family"), Locks.Provider("a/m", "a/family")],
                [
                    Locks.Provider("a/family"),
                    Locks.Entry("Provider", "a/n", "v1.0.1", ["a/family"]),
                    Locks.Entry("Provider", "a/m", "v1.0.1", ["a/family"]),
                ]
            )
        );

    [Fact]
    public void Environments_with_one_picture_share_it_and_most_come_first()
    {
        var bump = Plans.Pair(Before, [.. Before[..4], Locks.Entry("Provider", "a/alone", "v1.0.1", [])]);
        var other = Plans.Pair(Before, [.. Before[..4]]);
        EnvironmentPair[] pairs =
        [
            other with
            {
                Name = "one",
            },
            Plans.Pair(Before, Before) with
            {
                Name = "same",
            },
            bump with
            {
                Name = "two",
            },
            bump with
            {
                Name = "three",
            },
        ];

        Assert.Equal(["two three", "one"], ChangedGraph.Of(pairs).Select(graph => string.Join(' ', graph.Environments)));
    }

    private static IEnumerable<string> Nodes(string[] after) => Nodes(Before, after);

    private static IEnumerable<string> Nodes(string[] before, string[] after) =>
        Assert
            .Single(ChangedGraph.Of([Plans.Pair(before, after)]))
            .Nodes.Select(node =>
                $"{node.Wave} {string.Join(',', node.Names)} {node.From} {(node.Step is { } step ? $"to {node.To} {step}" : "stays")}, needs {string.Join(',', node.Needs)}, for {string.Join(',', node.NeededBy)}"
            );
}
