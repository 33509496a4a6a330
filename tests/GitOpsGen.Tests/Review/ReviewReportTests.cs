using GitOpsGen.Diagnostics;
using GitOpsGen.Model;
using GitOpsGen.Output;
using GitOpsGen.Review;
using Xunit;

namespace GitOpsGen.Tests.Review;

public sealed class ReviewReportTests
{
    [Fact]
    public void Access_is_wider_where_somebody_gains_some_or_nobody_can_say()
    {
        var report = new ReviewReport { Environments = ["dev"] };
        var access = new AccessChange("arn:aws:iam::123456789012:role/a", "ecr:BatchGetImage", "*", "iam/dev/a.json");

        Assert.False(report.WidensAccess);
        Assert.False((report with { Lost = [access] }).WidensAccess);
        Assert.True((report with { Gained = [access] }).WidensAccess);
        Assert.True((report with { NotEvaluated = [new("iam/own.json", "it is not one of GitOpsGen's own")] }).WidensAccess);
    }

    [Fact]
    public void A_report_is_empty_where_nothing_moves_is_needed_or_hurts_and_no_file_differs()
    {
        var report = new ReviewReport { Environments = ["dev"] };

        Assert.True(report.IsEmpty);
        Assert.False((report with { Files = [new("base/a/package.yaml", ChangeKind.Added)] }).IsEmpty);
        Assert.False((report with { Packages = [new(new("x.io", "a/p"), PackageKind.Provider, "a-p", null, "v1.0.0", PackageStep.New)] }).IsEmpty);
        Assert.False((report with { Dangerous = [new(Rules.PackageRemoved, "`a-p` leaves", "It runs on.", ["Merge."])] }).IsEmpty);
        Assert.False((report with { Images = [new("harbor.example.com", "a/p", "v1.0.0", null)] }).IsEmpty);
    }

    [Fact]
    public void Of_what_happens_alike_in_a_group_only_its_first_environment_tells_and_for_all()
    {
        var report = new ReviewReport { Environments = ["dev", "prod", "other"], Groups = [new(["dev", "prod"]), new(["other"])] };
        var need = new ImageNeed("harbor.example.com", "a/p", "v1.0.0", null);

        var told = report.Told([
            need with
            {
                Tag = "v2",
                Environments = ["other", "dev"],
            },
            need with
            {
                Tag = "v3",
                Environments = ["prod"],
            },
            need with
            {
                Tag = "v4",
            },
        ]);

        Assert.Equal(["v2: dev prod other", "v4: "], told.Select(one => $"{one.Tag}: {string.Join(' ', one.Environments)}"));
        Assert.Equal(3, report.ChangedEnvironments);
    }

    [Theory]
    [InlineData("overlays/dev/packages/kustomization.yaml", true)]
    [InlineData("iam/dev/README.md", true)]
    [InlineData("base/.gitopsgen", true)]
    [InlineData("base/a-p/package.yaml", false)]
    [InlineData("overlays/kustomization.yaml/values.yaml", false)]
    public void Only_files_that_list_or_explain_others_are_bookkeeping(string path, bool isBookkeeping) =>
        Assert.Equal(isBookkeeping, new FileChange(path, ChangeKind.Changed).IsBookkeeping);

    [Fact]
    public void Packages_that_differ_in_anything_but_their_names_are_two_in_the_picture()
    {
        var node = new GraphNode(["a-p"], 0, "v1.0.0", "v1.1.0", PackageStep.Minor) { Needs = ["a-q"], NeededBy = ["a-r"] };
        GraphNode[] others =
        [
            node with
            {
                Wave = 1,
            },
            node with
            {
                From = "v1.0.1",
            },
            node with
            {
                From = null,
            },
            node with
            {
                To = "v1.2.0",
            },
            node with
            {
                To = null,
            },
            node with
            {
                Step = null,
            },
            node with
            {
                Needs = [],
            },
            node with
            {
                Needs = [],
                NeededBy = ["a-q", "a-r"],
            },
        ];

        Assert.Equal(node.Alike, (node with { Names = ["a-s"] }).Alike);
        Assert.Equal(others.Length + 1, others.Append(node).Select(one => one.Alike).Distinct().Count());
    }
}
