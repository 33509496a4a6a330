using System.Globalization;
using GitOpsGen.Packages;
using Xunit;

namespace GitOpsGen.Tests.Packages;

public sealed class DependencyPathsTests
{
    private const string Indirect = "indirect: true";

    [Fact]
    public void Every_path_from_a_declared_package_is_listed()
    {
        var paths = To(
            "a/target",
            Locks.Entry("Provider", "a/target", needs: [], more: Indirect),
            Locks.Entry("Provider", "a/middle", needs: ["a/target"], more: Indirect),
            Locks.Entry("Configuration", "a/top", needs: ["a/middle", "a/target"]),
            Locks.Entry("Configuration", "a/over", needs: ["Configuration:a/top"]));

        Assert.Equal(4, paths.Count);
        Assert.Equal(
            ["a/over a/top a/middle a/target", "a/over a/top a/target", "a/top a/middle a/target", "a/top a/target"],
            Lines(paths).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_way_that_no_declared_package_begins_is_no_reason()
    {
        var paths = To("a/target", Locks.Entry("Provider", "a/target", needs: [], more: Indirect), Locks.Entry("Provider", "a/left-over", needs: ["a/target"], more: Indirect));

        Assert.Equal(0, paths.Count);
        Assert.Empty(paths.Paths);
    }

    [Fact]
    public void A_declared_package_that_nothing_needs_has_no_path()
    {
        var paths = To("a/p", Locks.Provider("a/p"));

        Assert.Equal(0, paths.Count);
        Assert.Empty(paths.Paths);
    }

    [Theory]
    [InlineData(10, 1 << 10)]
    [InlineData(200, DependencyPaths.Countless)]
    public void A_lattice_of_diamonds_is_counted_without_being_walked(int levels, long count)
    {
        var entries = new List<string> { Locks.Entry("Provider", "a/n0", needs: [], more: Indirect) };
        for (var i = 1; i <= levels; i++)
        {
            var below = $"a/n{(i - 1).ToString(CultureInfo.InvariantCulture)}";
            entries.Add(Locks.Entry("Provider", $"a/l{i}", needs: [below], more: Indirect));
            entries.Add(Locks.Entry("Provider", $"a/r{i}", needs: [below], more: Indirect));
            entries.Add(Locks.Entry("Provider", $"a/n{i}", needs: [$"a/l{i}", $"a/r{i}"], more: i == levels ? "" : Indirect));
        }

        var paths = To("a/n0", [.. entries]);

        Assert.Equal(count, paths.Count);
        Assert.Equal(50, paths.Paths.Length);
        Assert.Equal(50, Lines(paths).Distinct().Count());
        Assert.All(Lines(paths), line => Assert.StartsWith($"a/n{levels} ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_chain_of_ten_thousand_is_walked_without_recursion()
    {
        var entries = Enumerable.Range(0, 10_000).Select(i => Locks.Entry(
            "Provider", $"a/p{i}", needs: i == 0 ? [] : [$"a/p{i - 1}"], more: i == 9_999 ? "" : Indirect));

        Assert.Equal(10_000, Assert.Single(To("a/p0", [.. entries]).Paths).Length);
    }

    private static DependencyPaths To(string path, params string[] entries)
    {
        var (graph, _) = Locks.Build(entries);
        return DependencyPaths.To(graph, graph.Packages.Single(entry => entry.Package.Value.Path == path), 50);
    }

    private static IEnumerable<string> Lines(DependencyPaths paths) => paths.Paths.Select(path => string.Join(' ', path.Select(entry => entry.Package.Value.Path)));
}
