using GitOpsGen.Diagnostics;
using GitOpsGen.Packages;
using Xunit;

namespace GitOpsGen.Tests.Packages;

/// <summary>Each rule about packages: its code, and the place it points to.</summary>
public class GraphRulesTests
{
    // Line 1 and 2 are the file's head; an entry's lines are package, kind, version, digest, dependsOn, more.
    private const string Chart = "chart: { repository: https://charts.crossplane.io/stable, version: 1.0.0 }";

    [Fact]
    public void A_sound_lock_has_no_findings() =>
        Assert.Empty(
            Locks.Build(Locks.Entry("Crossplane", "c/c", "v2.3.4", more: Chart), Locks.Provider("a/a"), Locks.Provider("a/b", "a/a=>= 0.0.0")).Found
        );

    [Fact]
    public void A_missing_dependency_names_who_needs_it()
    {
        var found = Assert.Single(Locks.Build(Locks.Provider("a/b", "a/a=>=v1.0.0")).Found);
        Assert.Equal((Rules.MissingDependency, new SourcePosition(7, 28)), (found.Rule, found.Span!.Value.Start));
        Assert.All(["a-b", "x.io/a/a", ">=v1.0.0", "dev"], part => Assert.Contains(part, found.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_constraint_that_is_not_met_points_to_the_locked_version() =>
        Expect(Rules.ConstraintNotMet, 5, 14, Locks.Provider("a/a"), Locks.Provider("a/b", "a/a=>=v1.0.1"));

    [Fact]
    public void A_digest_constraint_is_compared_with_the_locked_digest()
    {
        Assert.Empty(Locks.Build(Locks.Provider("a/a"), Locks.Provider("a/b", $"a/a=sha256:{new string('0', 64)}")).Found);
        Expect(Rules.ConstraintNotMet, 5, 14, Locks.Provider("a/a"), Locks.Provider("a/b", $"a/a=sha256:{new string('1', 64)}"));
    }

    [Theory]
    [InlineData(">-v0.1.4")]
    [InlineData("")]
    [InlineData("sha256:12")]
    [InlineData("latest")]
    public void An_unreadable_constraint_points_to_itself(string constraint)
    {
        var found = Assert.Single(Locks.Build(Locks.Provider("a/a"), Locks.Provider("a/b", $"a/a={constraint}")).Found);
        Assert.Equal((Rules.InvalidConstraint, 12), (found.Rule, found.Span!.Value.Start.Line));
    }

    [Theory]
    [InlineData("''")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void A_constraint_on_the_core_that_is_empty_or_a_digest_points_to_itself(string constraint)
    {
        var found = Assert.Single(Locks.Build(Locks.Entry("Provider", "a/a", needs: [], more: $"requiresCrossplane: {constraint}")).Found);
        Assert.Equal((Rules.InvalidConstraint, new SourcePosition(8, 25)), (found.Rule, found.Span!.Value.Start));
    }

    [Fact]
    public void A_dependency_of_another_kind_points_to_the_locked_package() =>
        Expect(Rules.DependencyKind, 3, 14, Locks.Provider("a/a"), Locks.Provider("a/b", "Function:a/a"));

    [Fact]
    public void A_core_outside_requiresCrossplane_points_to_the_constraint() =>
        Expect(
            Rules.CoreNotAccepted,
            13,
            25,
            Locks.Entry("Crossplane", "c/c", "v1.20.0", more: Chart),
            Locks.Entry("Provider", "a/a", needs: [], more: "requiresCrossplane: '>=v2.0.0-0'")
        );

    [Fact]
    public void Without_a_core_no_core_is_refused() =>
        Assert.Empty(Locks.Build(Locks.Entry("Provider", "a/a", needs: [], more: "requiresCrossplane: '>=v2.0.0-0'")).Found);

    [Fact]
    public void A_second_core_points_to_itself_and_says_where_the_first_is()
    {
        var found = Expect(Rules.SeveralCores, 8, 14, Locks.Entry("Crossplane", "c/c", more: Chart), Locks.Entry("Crossplane", "c/d", more: Chart));
        Assert.Contains("x.io/c/d is a second core beside x.io/c/c (line 3)", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_is_not_locked_is_told_because_its_tag_could_move() =>
        Expect(Rules.NoDigest, 3, 16, "  - { package: x.io/a/a, kind: Provider, version: v1.0.0, dependsOn: [] }\n");

    [Fact]
    public void Two_packages_of_one_name_collide_and_the_second_says_where_the_first_is()
    {
        var found = Expect(Rules.ObjectNameCollision, 8, 14, Locks.Provider("a/b"), Locks.Provider("a-b"));
        Assert.Contains("x.io/a-b and x.io/a/b (line 3)", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_core_has_no_object_that_a_package_could_share_its_name_with() =>
        Assert.Empty(Locks.Build(Locks.Entry("Crossplane", "c/c", more: Chart), Locks.Provider("c-c")).Found);

    [Fact]
    public void Two_kinds_of_one_name_share_a_folder() =>
        Expect(Rules.ObjectNameCollision, 8, 14, Locks.Provider("a/b"), Locks.Entry("Function", "a-b", needs: []));

    [Fact]
    public void A_member_of_a_family_at_another_version_points_to_the_member() =>
        Expect(
            Rules.FamilyVersionSkew,
            10,
            14,
            Locks.Provider("a/provider-family-x"),
            Locks.Entry("Provider", "a/provider-x-y", "v1.1.0", ["a/provider-family-x"])
        );

    [Fact]
    public void A_chart_belongs_to_the_core() => Expect(Rules.ChartMisplaced, 8, 12, Locks.Entry("Provider", "a/a", needs: [], more: Chart));

    [Fact]
    public void Unknown_dependencies_point_to_the_package() => Expect(Rules.DependenciesUnknown, 3, 14, Locks.Entry("Provider", "a/a"));

    [Fact]
    public void A_finding_is_told_once_for_all_environments_that_it_concerns()
    {
        string[] names = [.. Enumerable.Range(0, 1_000).Select(i => $"env-{i:d4}")];
        var versions = names.Select((name, i) => Locks.Entry("Provider", "a/own", $"v1.0.{i}", [], $"environments: [{name}]"));
        var (graphs, found) = GraphBuilder.Build(Locks.Read([Locks.Provider("a/b", "a/a"), .. versions]), [.. Locks.Names(names)], _ => true);
        Assert.Equal(1_000, graphs.Length);
        Assert.EndsWith("in environments env-0000, env-0001, env-0002 and 997 more.", Assert.Single(found).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_of_one_finding_are_a_hundred_and_a_count()
    {
        var (_, found) = Locks.Build(Enumerable.Range(0, 10_000).Select(i => Locks.Provider($"a/p{i}", "a/missing")));
        Assert.Equal(DiagnosticBag.ReadableLimit + 1, found.Length);
        Assert.Contains("9899 more", found[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Environments_that_are_not_selected_are_not_judged()
    {
        var (graphs, found) = GraphBuilder.Build(
            Locks.Read(Locks.Entry("Provider", "a/b", needs: ["a/a"], more: "environments: [dev]")),
            [.. Locks.Names("dev", "prod")],
            name => name.Value == "prod"
        );
        Assert.Equal((2, 0), (graphs.Length, found.Length));
    }

    private static Diagnostic Expect(Rule rule, int line, int column, params string[] entries)
    {
        var found = Assert.Single(Locks.Build(entries).Found);
        Assert.Equal((rule, new SourcePosition(line, column)), (found.Rule, found.Span!.Value.Start));
        return found;
    }
}
