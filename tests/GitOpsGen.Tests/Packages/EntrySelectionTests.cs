using GitOpsGen.Diagnostics;
using GitOpsGen.Packages;
using Xunit;

namespace GitOpsGen.Tests.Packages;

/// <summary>Which entries apply where.</summary>
public class EntrySelectionTests
{
    [Fact]
    public void An_entry_without_environments_applies_wherever_no_other_of_its_package_does()
    {
        var (chosen, found) = Select(["dev", "preview-1", "preview-2", "prod"], Of("v1.0.0"), Of("v2.0.0", "dev"), Of("v3.0.0", "\"preview-*\""));
        Assert.Empty(found);
        Assert.Equal(["dev v2.0.0", "preview-1 v3.0.0", "preview-2 v3.0.0", "prod v1.0.0"], chosen);
    }

    [Fact]
    public void Without_such_an_entry_a_package_is_missing_elsewhere() =>
        Assert.Equal(["dev v2.0.0", "prod "], Select(["dev", "prod"], Of("v2.0.0", "dev")).Chosen);

    [Theory]
    [InlineData("p?", "p1 p2")]
    [InlineData("*", "p1 p2 p10 q")]
    [InlineData("p*", "p1 p2 p10")]
    [InlineData("*1*", "p1 p10")]
    [InlineData("??", "p1 p2")]
    public void A_star_matches_any_characters_and_a_question_mark_one(string glob, string matches)
    {
        var (chosen, _) = Select(["p1", "p2", "p10", "q"], Of("v1.0.0", $"'{glob}'"));
        Assert.Equal(matches.Split(' '), chosen.Where(c => c.EndsWith("v1.0.0", StringComparison.Ordinal)).Select(c => c.Split(' ')[0]));
    }

    [Fact]
    public void A_name_that_no_environment_bears_is_an_error_and_a_glob_a_warning() =>
        Assert.Equal(
            ["GOG2002 Error", "GOG2003 Warning"],
            Select(["dev"], Of("v1.0.0", "dve", "'x*'")).Found.Select(d => $"{d.Rule.Code} {d.Severity}")
        );

    [Fact]
    public void One_name_by_two_patterns_of_an_entry_is_no_overlap() => Assert.Empty(Select(["dev"], Of("v1.0.0", "dev", "'d*'")).Found);

    [Fact]
    public void Two_entries_in_many_environments_overlap_once()
    {
        var (_, found) = Select(Enumerable.Range(0, 1_000).Select(i => $"e{i}"), Of("v1.0.0", "'e*'"), Of("v2.0.0", "'*'"));
        Assert.Equal((Rules.OverlappingEntries, 9), (Assert.Single(found).Rule, found[0].Span!.Value.Start.Line));
        Assert.EndsWith("more.", found[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_overlap_names_its_environments_in_order() =>
        Assert.EndsWith(
            "both apply in environments dev, prod.",
            Assert.Single(Select(["dev", "prod", "test"], Of("v1.0.0", "dev", "prod"), Of("v2.0.0", "prod", "dev")).Found).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Two_entries_without_environments_overlap() =>
        Assert.Equal(Rules.OverlappingEntries, Assert.Single(Select(["dev"], Of("v1.0.0"), Of("v2.0.0")).Found).Rule);

    [Fact]
    public void A_thousand_environments_of_three_sets_have_three_graphs()
    {
        var names = Enumerable.Range(0, 1_000).Select(i => $"{"abc"[i % 3]}-{i}");
        var (graphs, found) = GraphBuilder.Build(
            Locks.Read(Of("v1.0.0"), Of("v2.0.0", "'b-*'"), Of("v3.0.0", "'c-*'")),
            [.. Locks.Names(names).Order()],
            _ => true
        );
        Assert.Empty(found);
        Assert.Equal([334, 333, 333], graphs.Select(g => g.Environments.Length));
    }

    [Fact]
    public void Ten_thousand_entries_and_a_thousand_environments_are_quickly_selected()
    {
        var entries = Enumerable
            .Range(0, 10_000)
            .Select(i => Locks.Entry("Provider", $"a/p{i}", needs: [], more: $"environments: ['e{i % 10}*', x{i % 500}]"));
        var names = Enumerable.Range(0, 500).SelectMany(i => new[] { $"e{i}", $"x{i}" });
        Assert.Equal(1_000, GraphBuilder.Build(Locks.Read(entries), [.. Locks.Names(names)], _ => true).Graphs.Sum(g => g.Environments.Length));
    }

    [Fact]
    public void No_environments_and_no_packages_are_no_graphs_or_empty_ones()
    {
        Assert.Empty(Select([], Of("v1.0.0")).Chosen);
        Assert.Empty(Assert.Single(GraphBuilder.Build(new([]), [.. Locks.Names("dev", "prod")], _ => true).Graphs).Waves);
    }

    private static string Of(string version, params string[] environments) =>
        Locks.Entry(
            "Provider",
            "a/a",
            version,
            [],
            environments.Length == 0 ? "indirect: false" : $"environments: [{string.Join(", ", environments)}]"
        );

    private static (string[] Chosen, Diagnostic[] Found) Select(IEnumerable<string> environments, params string[] entries)
    {
        var (groups, found) = EntrySelection.Select(Locks.Read(entries).Packages, [.. Locks.Names(environments)]);
        return (
            [
                .. groups
                    .SelectMany(g => g.Environments.Select(name => $"{name} {string.Join(' ', g.Entries.Select(e => e.Version))}"))
                    .OrderBy(line => environments.ToList().IndexOf(line.Split(' ')[0])),
            ],
            [.. found]
        );
    }
}
