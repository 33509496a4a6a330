using System.Text;
using GitOpsGen.Model;
using GitOpsGen.Output;
using GitOpsGen.Review;
using GitOpsGen.Tests.Packages;
using Xunit;

namespace GitOpsGen.Tests.Review;

/// <summary>What merges, what the author did of it, and what is drift.</summary>
public sealed class ReviewerTests
{
    private const string Registry = "registry: { ecr: { account: \"111111111111\", region: eu-west-2 } }, gitops: { engine: none }";
    private const string Dev = $"dev: {{ {Registry}, iam: {{ nodes: {{ roles: [node] }} }} }}";
    private const string Prod = $"prod: {{ {Registry} }}";
    private const string Old = "old";
    private const string New = "new";

    private static readonly string[] Entries = [Locks.Provider("a/p")];
    private static readonly string[] Moved = [Locks.Entry("Provider", "a/p", "v1.1.0", [])];

    [Theory]
    [InlineData(Old, Old, New, false, false)] // the author changed it
    [InlineData(Old, New, New, true, true)] // somebody edited the output
    [InlineData(Old, "other", New, false, true)] // both: what is lost, no input had
    public void What_base_already_asks_for_and_is_not_committed_there_is_drift(
        string committed,
        string before,
        string after,
        bool isDrift,
        bool isLostByDrift
    )
    {
        var report = Report(Side(Entries, before), Tree(committed), Side(Entries, after));

        var change = Assert.Single(report.Objects);
        Assert.Equal((isDrift, "data.a", committed, after), (change.IsDrift, change.Fields[0].Path, change.Fields[0].From, change.Fields[0].To));
        var gained = Assert.Single(report.Gained);
        var lost = Assert.Single(report.Lost);
        Assert.Equal((isDrift, $"arn:aws:ecr:eu-west-2:111111111111:repository/{after}"), (gained.IsDrift, gained.Resource));
        Assert.Equal((isLostByDrift, $"arn:aws:ecr:eu-west-2:111111111111:repository/{committed}"), (lost.IsDrift, lost.Resource));
        Assert.Equal(isDrift || isLostByDrift, report.HasDrift);
    }

    [Fact]
    public void Without_a_difference_the_report_is_empty() => Assert.True(Report(Side(Entries, Old), Tree(Old), Side(Entries, Old)).IsEmpty);

    [Fact]
    public void What_moves_is_told_with_what_it_needs_and_its_picture()
    {
        var report = Report(Side(Entries, Old), Tree(Old), Side(Moved, New));

        Assert.Equal("v1.1.0", Assert.Single(report.Packages).To);
        Assert.Equal("v1.1.0", Assert.Single(report.Images).Tag);
        Assert.Empty(report.Repositories);
        Assert.Equal(["a-p"], Assert.Single(Assert.Single(report.Graphs).Nodes).Names);
        Assert.Equal(["dev", "prod"], report.Packages[0].Environments);
        Assert.Equal(["dev"], report.Objects[0].Environments);
    }

    [Fact]
    public void Where_base_cannot_be_rendered_what_moves_is_not_known_and_objects_and_access_are()
    {
        var report = new Reviewer(null, Committed(Tree(Old), Tree(New)), Side(Moved, New)) { BaseProblem = "its lockfile cannot be read" }.Report(
            _ => true,
            1,
            TestContext.Current.CancellationToken
        );

        Assert.Equal((0, 0, 0, 0), (report.Packages.Length, report.Images.Length, report.Repositories.Length, report.Graphs.Length));
        Assert.Equal((1, 1, 1, false), (report.Objects.Length, report.Gained.Length, report.Lost.Length, report.HasDrift));
        Assert.Equal("its lockfile cannot be read", report.BaseProblem);
    }

    [Fact]
    public void Where_nothing_was_everything_is_new()
    {
        var report = new Reviewer(null, Committed(new([]), Tree(New)), Side(Entries, New)).Report(
            _ => true,
            1,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(PackageStep.New, Assert.Single(report.Packages).Step);
        Assert.Equal((1, 1), (report.Images.Length, report.Repositories.Length));
        Assert.Equal(ChangeKind.Added, Assert.Single(report.Objects).Change);
        Assert.All(report.Files, file => Assert.Equal(ChangeKind.Added, file.Change));
    }

    [Fact]
    public void Of_an_environment_that_is_not_chosen_nothing_is_told_but_what_is_shared()
    {
        var report = Report(Side(Moved, Old), Tree(Old), Side(Entries, New), name => name == "prod");

        Assert.Equal(["prod"], report.Environments);
        Assert.Equal(["prod"], Assert.Single(report.Packages).Environments);
        Assert.Empty(report.Objects);
        Assert.Equal(["shared.txt"], report.Files.Select(file => file.Path));
    }

    [Fact]
    public void Environments_are_in_the_order_of_the_settings_and_those_that_leave_come_last()
    {
        var report = Report(Side(Entries, Old, Dev, Prod), Tree(Old), Side(Entries, Old, $"z-new: {{ {Registry} }}", Prod));

        Assert.Equal(["z-new", "prod", "dev"], report.Environments);
        Assert.Contains(report.Dangerous, danger => danger.Rule.Code == "GOG8105" && danger.Environments is ["dev"]);
    }

    private static ReviewReport Report(ReviewSide before, FileTree committed, ReviewSide after, Func<string, bool>? isChosen = null) =>
        new Reviewer(before, Committed(committed, after.Tree), after).Report(isChosen ?? (_ => true), 1, TestContext.Current.CancellationToken);

    private static CommittedOutput Committed(FileTree committed, FileTree after) => new(committed, FileComparison.Of(committed, after));

    private static ReviewSide Side(string[] entries, string content, params string[] environments)
    {
        string[] all = environments.Length == 0 ? [Dev, Prod] : environments;
        return new(Plans.Settings(all), Plans.Of(entries, all), Tree(content));
    }

    // An object and a document of dev, and a file of no environment; each says what it is given.
    private static FileTree Tree(string content) =>
        new(
            new[]
            {
                ("iam/dev/node-policy.json", Policy(content)),
                ("overlays/dev/packages/extras/kustomization.yaml", "resources: [map.yaml]\n"),
                ("overlays/dev/packages/extras/map.yaml", $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: map }}\ndata: {{ a: {content} }}\n"),
                ("shared.txt", content),
            }.Select(file => new OutputFile(RelativePath.Parse(file.Item1), Encoding.UTF8.GetBytes(file.Item2)))
        );

    private static string Policy(string repository) =>
        $$"""
            { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": ["ecr:BatchGetImage"], "Resource": ["arn:aws:ecr:eu-west-2:111111111111:repository/{{repository}}"] }] }
            """;
}
