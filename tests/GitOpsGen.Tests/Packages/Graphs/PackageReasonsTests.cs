using GitOpsGen.Packages;
using GitOpsGen.Packages.Graphs;
using Xunit;

namespace GitOpsGen.Tests.Packages.Graphs;

public class PackageReasonsTests
{
    private const string Chart = "chart: { repository: https://charts.crossplane.io/stable, version: 1.0.0 }";

    [Fact]
    public void Environments_with_one_answer_are_together_even_where_other_packages_differ()
    {
        var answers = Answers(
            "a/a",
            Locks.Provider("a/a"),
            Locks.Provider("a/b", "a/a"),
            Locks.Entry("Provider", "a/other", "v1.0.0", needs: []),
            Locks.Entry("Provider", "a/other", "v2.0.0", needs: [], more: "environments: [dev]")
        );
        Assert.Equal(["dev", "prod", "test"], Assert.Single(answers).Environments.Select(name => name.Value));
    }

    [Fact]
    public void Another_version_or_another_way_is_another_answer()
    {
        var answers = Answers(
            "a/a",
            Locks.Entry("Provider", "a/a", "v1.0.0", needs: []),
            Locks.Entry("Provider", "a/a", "v2.0.0", needs: [], more: "environments: [dev]"),
            Locks.Entry("Provider", "a/b", "v1.0.0", needs: ["a/a"], more: "environments: [prod]")
        );
        Assert.Equal(
            ["dev: v2.0.0 0", "prod: v1.0.0 1", "test: v1.0.0 0"],
            answers.Select(a => $"{a.EnvironmentsText()}: {a.Entry!.Version} {a.PathCount}")
        );
    }

    [Fact]
    public void As_many_ways_through_other_packages_are_another_answer()
    {
        var answers = Answers(
            "a/a",
            Locks.Provider("a/a"),
            Locks.Entry("Provider", "a/b", needs: ["a/a"], more: "environments: [dev]"),
            Locks.Entry("Provider", "a/c", needs: ["a/a"], more: "environments: [prod, test]")
        );
        Assert.Equal(["dev: a-b", "prod,test: a-c"], answers.Select(a => $"{a.EnvironmentsText()}: {a.Paths[0][0].From.ObjectName}"));
    }

    [Fact]
    public void Of_many_constraints_on_the_core_as_many_are_shown_as_were_asked_for_and_all_are_counted()
    {
        string[] asking = [.. "ab".Select(name => Locks.Entry("Provider", $"a/{name}", needs: [], more: "requiresCrossplane: '>=v1.0.0-0'"))];
        var answer = Assert.Single(AnswersUpTo(1, "c/c", [Locks.Entry("Crossplane", "c/c", "v2.0.0", more: Chart), .. asking]));
        Assert.Equal(("a-a", 2), (Assert.Single(answer.Paths)[0].From.ObjectName.Value, answer.PathCount));
    }

    [Fact]
    public void Where_nothing_is_locked_it_is_missing_or_has_nothing_to_do_with_the_environment()
    {
        var answers = Answers("a/a", Locks.Entry("Provider", "a/b", needs: ["a/a"], more: "environments: [dev]"));
        Assert.Equal(["dev: False", "prod,test: True"], answers.Select(a => $"{a.EnvironmentsText()}: {a.IsAbsent}"));
    }

    [Fact]
    public void The_core_is_asked_for_by_constraints_in_steps_of_one()
    {
        var answer = Assert.Single(
            Answers(
                "c/c",
                Locks.Entry("Crossplane", "c/c", "v2.0.0", more: Chart),
                Locks.Entry("Provider", "a/b", needs: [], more: "requiresCrossplane: '>=v2.1.0-0'"),
                Locks.Entry("Provider", "a/a", needs: ["a/b"], more: "requiresCrossplane: '>=v1.0.0-0'"),
                Locks.Provider("a/c")
            )
        );
        Assert.Equal(
            ["a-a >=v1.0.0-0 Met", "a-b >=v2.1.0-0 NotMet"],
            answer.Paths.Select(path => $"{path[0].From.ObjectName} {path[0].Constraint} {path[0].State}")
        );
        Assert.Equal(2, answer.PathCount);
    }

    [Fact]
    public void Packages_whose_dependencies_are_not_known_are_named_in_order()
    {
        var answer = Assert.Single(
            Answers("a/a", Locks.Provider("a/a"), Locks.Entry("Provider", "a/v"), Locks.Provider("a/w", "a/u"), Locks.Entry("Provider", "a/u"))
        );
        Assert.Equal(["a-u", "a-v"], answer.Unknown.Select(entry => entry.ObjectName.Value));
    }

    private static PackageReasons[] Answers(string target, params string[] entries) => AnswersUpTo(10, target, entries);

    private static PackageReasons[] AnswersUpTo(int limit, string target, params string[] entries)
    {
        var lockfile = Locks.Read(entries);
        var (graphs, _) = GraphBuilder.Build(lockfile, [.. Locks.Names("dev", "prod", "test")], _ => true);
        return [.. PackageReasons.Of(PackageNaming.One(lockfile, $"x.io/{target}").Package!, graphs, limit)];
    }
}

file static class Shown
{
    public static string EnvironmentsText(this PackageReasons reasons) => string.Join(',', reasons.Environments.Select(name => name.Value));
}
