using CsCheck;
using GitOpsGen.Diagnostics;
using Xunit;

namespace GitOpsGen.Tests.Packages;

/// <summary>Every package comes after what it depends on.</summary>
public class WaveOrderTests
{
    [Fact]
    public void A_package_is_one_wave_after_the_last_of_its_dependencies() =>
        Assert.Equal(
            "a/a a/e | a/b | a/c a/d",
            Locks.Waves(
                Locks
                    .Build(
                        Locks.Provider("a/d", "a/b"),
                        Locks.Provider("a/c", "a/a", "a/b"),
                        Locks.Provider("a/b", "a/a"),
                        Locks.Provider("a/e"),
                        Locks.Provider("a/a")
                    )
                    .Graph
            )
        );

    [Fact]
    public void Packages_with_unknown_dependencies_come_last_and_their_dependents_after_them() =>
        Assert.Equal(
            "a/a | a/b | a/u a/v | a/w",
            Locks.Waves(
                Locks
                    .Build(
                        Locks.Entry("Provider", "a/u"),
                        Locks.Provider("a/w", "a/u"),
                        Locks.Provider("a/b", "a/a"),
                        Locks.Provider("a/a"),
                        Locks.Entry("Provider", "a/v")
                    )
                    .Graph
            )
        );

    [Fact]
    public void Nothing_but_unknown_dependencies_is_one_wave() =>
        Assert.Equal("a/a a/b", Locks.Waves(Locks.Build(Locks.Entry("Provider", "a/b"), Locks.Entry("Provider", "a/a")).Graph));

    [Theory]
    [InlineData("a/a<-a/a")]
    [InlineData("a/a<-a/b;a/b<-a/a")]
    [InlineData("a/a<-a/b;a/b<-a/c;a/c<-a/a;a/d<-a/a")]
    [InlineData("a/a<-a/b;a/b<-a/a;a/u")]
    [InlineData("a/u;a/a<-a/b,a/u;a/b<-a/a")]
    [InlineData("a/a<-a/b;a/b<-a/a;x/a<-x/b;x/b<-x/a")]
    [InlineData("a/a<-a/b,a/c;a/b<-a/a;a/c<-a/a")]
    public void Each_cycle_is_one_finding(string packages)
    {
        var (_, found) = Locks.Build(
            packages
                .Split(';')
                .Select(text => text.Split("<-") is [var path, var needs] ? Locks.Provider(path, needs.Split(',')) : Locks.Entry("Provider", text))
        );
        Assert.Equal(packages.Contains('x', StringComparison.Ordinal) ? 2 : 1, found.Count(d => d.Rule == Rules.DependencyCycle));
    }

    [Fact]
    public void A_cycle_is_shown_from_where_it_closes()
    {
        var cycle = Assert.Single(Locks.Build(Locks.Provider("a/d", "a/b"), Locks.Provider("a/b", "a/c"), Locks.Provider("a/c", "a/b")).Found);
        Assert.Contains("a-b → a-c → a-b", cycle.Message, StringComparison.Ordinal);
        Assert.Equal(8, cycle.Span!.Value.Start.Line);
    }

    [Theory]
    [InlineData(10, "a-p0 → a-p1 → a-p2 → a-p3 → a-p4 → a-p5 → a-p6 → a-p7 → a-p8 → a-p9 → a-p0 depend")]
    [InlineData(11, "a-p0 → a-p1 → a-p2 → a-p3 → a-p4 → a-p5 → a-p6 → a-p7 → a-p8 → (1 more) → a-p10 → a-p0 depend")]
    public void Of_a_cycle_of_more_than_ten_both_ends_are_shown(int length, string text)
    {
        var (_, found) = Locks.Build(Enumerable.Range(0, length).Select(i => Locks.Provider($"a/p{i}", $"a/p{(i + 1) % length}")));
        Assert.StartsWith(text, Assert.Single(found).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Packages_of_one_name_have_one_order_whatever_that_of_the_entries()
    {
        Assert.Equal("a-b a/b", Locks.Waves(Locks.Build(Locks.Provider("a-b"), Locks.Provider("a/b")).Graph));
        Assert.Equal("a-b a/b", Locks.Waves(Locks.Build(Locks.Provider("a/b"), Locks.Provider("a-b")).Graph));
    }

    [Fact]
    public void A_chain_of_ten_thousand_has_ten_thousand_waves()
    {
        var entries = Enumerable.Range(0, 10_000).Select(i => i == 0 ? Locks.Provider("a/p0") : Locks.Provider($"a/p{i}", $"a/p{i - 1}")).Reverse();
        Assert.Equal(10_000, Locks.Build(entries).Graph.Waves.Length);
    }

    [Fact]
    public void A_cycle_of_ten_thousand_is_one_short_finding()
    {
        var (_, found) = Locks.Build(Enumerable.Range(0, 10_000).Select(i => Locks.Provider($"a/p{i}", $"a/p{(i + 1) % 10_000}")));
        Assert.InRange(Assert.Single(found).Message.Length, 1, 500);
    }

    [Fact]
    public void A_wide_lock_half_of_it_unknown_is_quickly_ordered()
    {
        var known = Enumerable.Range(0, 5_000).Select(i => Locks.Provider($"a/p{i}", "a/root"));
        var unknown = Enumerable.Range(0, 5_000).Select(i => Locks.Entry("Provider", $"a/u{i}"));
        Assert.Equal([1, 5_000, 5_000], Locks.Build([Locks.Provider("a/root"), .. known, .. unknown]).Graph.Waves.Select(w => w.Length));
    }

    [Fact]
    public void In_any_order_of_entries_every_dependency_comes_in_an_earlier_wave() =>
        Gen.Select(Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9]).Array[0, 20], Gen.Int[0, 9].Array[0, 3], Gen.Shuffle(Enumerable.Range(0, 10).ToArray()))
            .Sample(
                (edges, unknown, order) =>
                {
                    var entries = Enumerable
                        .Range(0, 10)
                        .Select(i =>
                            unknown.Contains(i)
                                ? Locks.Entry("Provider", $"a/p{i}")
                                : Locks.Provider(
                                    $"a/p{i}",
                                    [.. edges.Where(e => e.Item1 == i && e.Item2 < i).Select(e => $"a/p{e.Item2}").Distinct()]
                                )
                        )
                        .ToArray();
                    var (graph, _) = Locks.Build(order.Select(i => entries[i]));
                    Assert.Equal(Locks.Waves(Locks.Build(entries).Graph), Locks.Waves(graph));
                    var waveOf = graph.Waves.SelectMany((wave, n) => wave.Select(e => (e.Package.Value, n))).ToDictionary();
                    Assert.Equal(10, waveOf.Count);
                    Assert.All(
                        graph.Packages,
                        e => Assert.All(e.DependsOn ?? [], d => Assert.True(waveOf[d.Package.Value] < waveOf[e.Package.Value]))
                    );
                },
                iter: 500
            );
}
