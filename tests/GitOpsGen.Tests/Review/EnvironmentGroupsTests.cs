using GitOpsGen.Review;
using Xunit;

namespace GitOpsGen.Tests.Review;

/// <summary>Which environments change alike.</summary>
public sealed class EnvironmentGroupsTests
{
    [Theory]
    [InlineData("dev and prod", "in dev", "in prod")]
    [InlineData("dev and prod", "dev is there", "prod is there")]
    [InlineData("dev; prod", "in device", "in product")]
    [InlineData("a-a and b-b", "in a-a-a-a", "in b-b-b-b", "a-a", "b-b")] // a name that overlaps itself
    [InlineData("dev and prod", "in staging", "in staging")]
    [InlineData("dev; prod", "in 1", "in 2")]
    public void Environments_change_alike_where_their_names_are_all_that_differs(
        string groups,
        string first,
        string second,
        string one = "dev",
        string other = "prod"
    ) => Assert.Equal(groups, Groups([one, other], [], (one, first), (other, second)));

    [Fact]
    public void What_belongs_to_no_environment_puts_none_into_a_group()
    {
        ReviewItem[] items =
        [
            new UnreadDocument("iam/x.json", "it is new"),
            new UnreadDocument("iam/dev/x.json", "it is new") { Environments = ["dev"] },
        ];

        Assert.Equal("dev", Groups(["dev", "prod"], items));
    }

    private static string Groups(string[] names, ReviewItem[] items, params (string, string)[] contents) =>
        string.Join(
            "; ",
            EnvironmentGroups
                .Of(names.Select(name => new EnvironmentPair(name, null, null)), items, [], contents)
                .Select(group => string.Join(" and ", group.Environments))
        );
}
