using CsCheck;
using GitOpsGen.Model;
using GitOpsGen.Packages.Graphs;
using Xunit;

namespace GitOpsGen.Tests.Packages.Graphs;

/// <summary>The paths to a package, against a walk of all of them.</summary>
public class DependencyPathsTests
{
    [Fact]
    public void The_shortest_paths_come_first_and_end_at_the_package() =>
        Assert.Equal(
            ["a/b a/a", "a/c a/a", "a/d a/b a/a", "a/d a/c a/a"],
            Ways("a/a", 10, Locks.Provider("a/d", "a/c", "a/b"), Locks.Provider("a/c", "a/a"), Locks.Provider("a/b", "a/a"), Indirect("a/a"))
        );

    [Fact]
    public void A_path_starts_at_a_declared_package_alone() =>
        Assert.Equal(
            ["a/c a/b a/a"],
            Ways("a/a", 10, Locks.Provider("a/c", "a/b"), Indirect("a/b", "a/a"), Indirect("a/a"), Indirect("a/unused", "a/a"))
        );

    [Fact]
    public void A_package_that_is_not_locked_has_paths_too() => Assert.Equal(["a/b a/gone"], Ways("a/gone", 10, Locks.Provider("a/b", "a/gone")));

    [Fact]
    public void A_lattice_of_more_paths_than_anybody_can_count_is_cut()
    {
        var entries = Enumerable
            .Range(0, 100)
            .SelectMany(level =>
                ((string[])["l", "r"]).Select(side =>
                    level == 0 ? Locks.Provider($"a/{side}0", "a/a") : Locks.Provider($"a/{side}{level}", $"a/l{level - 1}", $"a/r{level - 1}")
                )
            );
        var paths = Paths("a/a", [Locks.Provider("a/a"), .. entries]);
        Assert.Equal(DependencyPaths.CountLimit, paths.Count());
        Assert.Equal([1, 1, 2, 2, 2, 2, 3], paths.Shortest(7).Select(path => path.Length));
    }

    [Fact]
    public void A_chain_of_ten_thousand_has_one_path_from_each_package()
    {
        var paths = Paths("a/p0", [Locks.Provider("a/p0"), .. Enumerable.Range(1, 9_999).Select(i => Locks.Provider($"a/p{i}", $"a/p{i - 1}"))]);
        Assert.Equal(9_999, paths.Count());
        Assert.Equal([1, 2, 3], paths.Shortest(3).Select(path => path.Length));
    }

    [Fact]
    public void In_any_graph_the_paths_are_counted_and_found_as_a_walk_finds_them() =>
        RandomLocks(cyclic: false)
            .Sample(
                entries =>
                {
                    var paths = Paths("a/p0", entries);
                    var walked = Walk(new(Locks.Build(entries).Graph), "x.io/a/p0").OrderBy(path => path.Length).ToList();
                    var found = paths.Shortest(int.MaxValue);
                    Assert.Equal(walked.Count, paths.Count());
                    Assert.Equal(walked.Select(path => path.Length), found.Select(path => path.Length));
                    Assert.Equal(
                        walked.Select(Text).Order(StringComparer.Ordinal),
                        found.Select(path => Text([.. path])).Order(StringComparer.Ordinal)
                    );
                    Assert.Equal(found.Take(3).Select(path => Text([.. path])), paths.Shortest(3).Select(path => Text([.. path])));
                },
                iter: 300
            );

    [Fact]
    public void Cycles_end_and_no_package_that_has_a_path_is_lost() =>
        RandomLocks(cyclic: true)
            .Sample(
                entries =>
                {
                    var paths = Paths("a/p0", entries);
                    var found = paths.Shortest(100_000);
                    Assert.Equal(found.Length, paths.Count());
                    var edges = new DependencyEdges(Locks.Build(entries).Graph);
                    Assert.Equal(
                        Walk(edges, "x.io/a/p0").Select(path => path[0].From.Package.ToString()).Distinct().Order(StringComparer.Ordinal),
                        found.Select(path => path[0].From.Package.ToString()).Distinct().Order(StringComparer.Ordinal)
                    );
                    Assert.All(found, way => Assert.Equal(way.Length, way.Select(edge => edge.From).Distinct().Count()));
                },
                iter: 300
            );

    private static Gen<string[]> RandomLocks(bool cyclic) =>
        Gen.Select(Gen.Select(Gen.Int[0, 8], Gen.Int[0, 8]).Array[0, 16], Gen.Int[1, 8].Array[0, 3])
            .Select(
                (edges, indirect) =>
                    Enumerable
                        .Range(0, 9)
                        .Select(i =>
                        {
                            string[] needs = [.. edges.Where(e => e.Item1 == i && (cyclic || e.Item2 < i)).Select(e => $"a/p{e.Item2}").Distinct()];
                            return indirect.Contains(i) ? Indirect($"a/p{i}", needs) : Locks.Provider($"a/p{i}", needs);
                        })
                        .ToArray()
            );

    private static string Indirect(string path, params string[] needs) => Locks.Entry("Provider", path, needs: needs, more: "indirect: true");

    private static DependencyPaths Paths(string target, params IEnumerable<string> entries) =>
        new(new(Locks.Build(entries).Graph), Repository.TryParse($"x.io/{target}", out var package) ? package : throw new ArgumentException(target));

    private static IEnumerable<string> Ways(string target, int limit, params string[] entries) =>
        Paths(target, entries).Shortest(limit).Select(path => Text([.. path]));

    private static string Text(DependencyEdge[] way) => string.Join(' ', [way[0].From.Package.Value.Path, .. way.Select(edge => edge.Target.Path)]);

    /// <summary>Every simple way, without a thought of how many there are.</summary>
    private static IEnumerable<DependencyEdge[]> Walk(DependencyEdges edges, string target)
    {
        return edges
            .Packages.Where(entry => !entry.IsIndirect && entry.Package.ToString() != target)
            .SelectMany(entry => From([entry.Package.Value], []));

        IEnumerable<DependencyEdge[]> From(Repository[] seen, DependencyEdge[] way) =>
            seen[^1].ToString() == target
                ? [way]
                : edges.From[seen[^1]].Where(edge => !seen.Contains(edge.Target)).SelectMany(edge => From([.. seen, edge.Target], [.. way, edge]));
    }
}
