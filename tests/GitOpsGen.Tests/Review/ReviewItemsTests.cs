using GitOpsGen.Diagnostics;
using GitOpsGen.Output;
using GitOpsGen.Review;
using Xunit;

namespace GitOpsGen.Tests.Review;

/// <summary>What happens in several environments, told once.</summary>
public sealed class ReviewItemsTests
{
    private static readonly SourceSpan Place = SourceSpan.StartOf("packages.lock.yaml");

    [Fact]
    public void What_happens_in_several_environments_is_one_item_with_the_environments_in_the_order_of_the_report()
    {
        var item = Assert.Single(
            ReviewItems.Fold([Image("a", "prod"), Image("a", "dev") with { Cause = Place }, Image("a", "prod")], ["prod", "dev"])
        );

        Assert.Equal(["prod", "dev"], item.Environments);
        Assert.Equal(Place, item.Cause);
    }

    [Fact]
    public void Items_are_in_the_order_of_their_words_whatever_environment_comes_first() =>
        Assert.Equal(
            ["a", "b", "c"],
            ReviewItems.Fold([Image("c", "dev"), Image("a", "prod"), Image("b", "dev")], ["dev", "prod"]).Select(item => item.Repository)
        );

    [Fact]
    public void An_environment_that_the_report_is_not_about_is_left_out_and_what_belongs_to_none_is_told()
    {
        var items = ReviewItems.Fold([Image("a", "other"), Image("b", "other", "dev"), Image("c")], ["dev"]);

        Assert.Equal(["b: dev", "c: "], items.Select(item => $"{item.Repository}: {string.Join(' ', item.Environments)}"));
    }

    [Fact]
    public void Drift_in_one_environment_is_not_told_with_what_the_author_did_in_another()
    {
        var access = new AccessChange("role", "ecr:BatchGetImage", "*", "iam/dev/node-policy.json");
        var change = new ObjectChange(new("v1", "ConfigMap", "", "map"), ChangeKind.Removed, []);

        Assert.Equal(
            ["prod", "dev"],
            ReviewItems
                .Fold([access with { Environments = ["dev"], IsDrift = true }, access with { Environments = ["prod"] }], ["dev", "prod"])
                .Select(item => Assert.Single(item.Environments))
        );
        Assert.Equal(
            ["prod", "dev"],
            ReviewItems
                .Fold([change with { Environments = ["dev"], IsDrift = true }, change with { Environments = ["prod"] }], ["dev", "prod"])
                .Select(item => Assert.Single(item.Environments))
        );
    }

    [Fact]
    public void A_field_that_comes_is_another_change_than_one_that_was_empty()
    {
        ObjectChange[] changes =
        [
            new(new("v1", "ConfigMap", "", "map"), ChangeKind.Changed, [new("data.a", null, "x")]) { Environments = ["dev"] },
            new(new("v1", "ConfigMap", "", "map"), ChangeKind.Changed, [new("data.a", "", "x")]) { Environments = ["prod"] },
            new(new("v1", "ConfigMap", "", "map"), ChangeKind.Changed, [new("data.a", "x", null)]) { Environments = ["prod"] },
            new(new("v1", "ConfigMap", "", "map"), ChangeKind.Changed, [new("data.a", "x", "")]) { Environments = ["dev"] },
        ];

        Assert.Equal(4, ReviewItems.Fold(changes, ["dev", "prod"]).Length);
    }

    [Fact]
    public void A_danger_as_a_finding_has_its_steps_by_number_and_no_backtick()
    {
        var danger = new Danger(Rules.PackageRemoved, $"{Danger.Quote("a`p")} leaves", "It runs on.", ["See.", "`kubectl get managed`"])
        {
            Cause = Place,
        };

        var finding = danger.ToDiagnostic("dev and prod");

        Assert.Equal("'a'p' leaves in dev and prod. It runs on.", finding.Message);
        Assert.Equal("1. See. 2. 'kubectl get managed'", finding.Fix);
        Assert.Equal((Rules.PackageRemoved, Place), (finding.Rule, finding.Span));
    }

    private static ImageNeed Image(string repository, params string[] environments) =>
        new("harbor.example.com", repository, "v1.0.0", null) { Environments = [.. environments] };
}
