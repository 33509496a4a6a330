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
