using GitOpsGen.Model;
using Xunit;

namespace GitOpsGen.Tests.Model;

/// <summary>What somebody may have meant, from the names that there are.</summary>
public sealed class NearNamesTests
{
    [Theory]
    [InlineData("abcdef", "abcdef")] // the same
    [InlineData("abcdef", "abcde")] // one character less
    [InlineData("abcdef", "abcdefg")] // one more
    [InlineData("abcdef", "abXdef")] // another one
    [InlineData("abcdef", "abXdeY")] // two others: a third of the name
    [InlineData("abcdef", "abdcfe")] // two pairs of neighbours that changed their places
    [InlineData("abc", "xbc")]
    public void A_name_is_near_where_at_most_a_third_of_the_longer_one_differs(string asked, string name) =>
        Assert.Equal([name], NearNames.To(asked, [name]));

    [Theory]
    [InlineData("abcdef", "XbXdeY")] // three others
    [InlineData("abcdef", "cbafed")] // only neighbours may change their places
    [InlineData("ab", "ax")]
    [InlineData("", "a")]
    public void Beyond_that_it_would_be_a_guess(string asked, string name) => Assert.Empty(NearNames.To(asked, [name]));

    [Fact]
    public void The_nearest_comes_first_and_of_two_the_first_by_name() =>
        Assert.Equal(
            ["provider-aws-s3", "provider-aws-s4", "provider-aws-s5", "provider-aws-sqs"],
            NearNames.To("provider-aws-s3", ["provider-gcp-storage", "provider-aws-sqs", "provider-aws-s5", "provider-aws-s4", "provider-aws-s3"])
        );

    [Theory]
    [InlineData("providr", "x.io/acme/provider", true)]
    [InlineData("acme/providr", "x.io/acme/provider", true)]
    [InlineData("elsewhere/provider", "x.io/acme/provider", false)]
    [InlineData("a/b/c/provider", "provider", false)]
    public void A_name_is_near_the_end_of_a_path_that_has_as_many_segments(string asked, string path, bool isNear) =>
        Assert.Equal(isNear, NearNames.To(asked, [path]).Any());

    [Fact]
    public void Nothing_is_near_what_is_longer_than_any_name()
    {
        Assert.Single(NearNames.To(new string('a', 500), [new string('a', 500)]));
        Assert.Empty(NearNames.To(new string('a', 501), [new string('a', 501)]));
    }
}
