using GitOpsGen.Iam;
using GitOpsGen.Iam.Access;
using Xunit;

namespace GitOpsGen.Tests.Iam;

/// <summary>Who is who, and who is a session of whom.</summary>
public sealed class PolicyPrincipalTests
{
    private const string Role = "arn:aws:iam::111111111111:role/path/puller";

    [Theory]
    [InlineData("111111111111", "arn:aws:iam::111111111111:root", true)]
    [InlineData("111111111111", "222222222222", false)]
    [InlineData("111111111111", Role, false)]
    [InlineData("arn:aws:iam::111111111111:root", Role, false)]
    [InlineData("arn:aws:iam::111111111111:root", "arn:aws:sts::111111111111:root", false)]
    [InlineData(Role, "arn:aws:iam::111111111111:role/puller", false)]
    [InlineData("*", Role, false)]
    public void Two_spellings_of_an_account_are_equal_and_nothing_else_is(string one, string other, bool areEqual)
    {
        var (left, right) = (Aws(one), Aws(other));

        Assert.Equal((areEqual, areEqual), (left.Equals(right), right.Equals(left)));
        Assert.True(!areEqual || left.GetHashCode() == right.GetHashCode());
        Assert.True(left.Equals(Aws(one)));
        Assert.False(left.Equals(new PolicyPrincipal(PrincipalKind.Service, one)));
    }

    [Theory]
    [InlineData("arn:aws:sts::111111111111:assumed-role/puller/session", true)]
    [InlineData("arn:aws:sts::111111111111:assumed-role/other/session", false)]
    [InlineData("arn:aws:sts::111111111111:assumed-role/other/puller", false)]
    [InlineData("arn:aws:sts::222222222222:assumed-role/puller/session", false)]
    [InlineData("arn:aws-cn:sts::111111111111:assumed-role/puller/session", false)]
    [InlineData("arn:aws:sts::111111111111:federated-user/puller", false)]
    [InlineData("arn:aws:iam::111111111111:assumed-role/puller/session", false)]
    [InlineData("arn:aws:iam::111111111111:role/puller", false)]
    [InlineData(Role, true)]
    public void A_role_includes_itself_and_its_sessions_which_have_lost_its_path(string other, bool isIncluded) =>
        Assert.Equal(isIncluded, Aws(Role).Includes(Aws(other)));

    [Theory]
    [InlineData("arn:aws:iam::111111111111:user/puller")]
    [InlineData("arn:aws:sts::111111111111:role/puller")]
    [InlineData("111111111111")]
    public void Only_a_role_has_sessions(string one) => Assert.False(Aws(one).Includes(Aws("arn:aws:sts::111111111111:assumed-role/puller/session")));

    [Theory]
    [InlineData("111111111111", true, "111111111111")]
    [InlineData("arn:aws:iam::111111111111:root", true, "111111111111")]
    [InlineData(Role, false, "111111111111")]
    [InlineData("arn:aws:sts::111111111111:root", false, "111111111111")]
    [InlineData("arn:aws:iam::111111111111", false, null)]
    [InlineData("AROAEXAMPLE", false, null)]
    [InlineData("*", false, null)]
    public void The_account_is_told_where_the_text_has_it(string text, bool isAccount, string? account) =>
        Assert.Equal((isAccount, account), (Aws(text).IsAccount, Aws(text).Account));

    [Fact]
    public void What_is_no_AWS_principal_has_no_account()
    {
        var service = new PolicyPrincipal(PrincipalKind.Service, "111111111111");

        Assert.Equal((false, null, false), (service.IsAccount, service.Account, new PolicyPrincipal(PrincipalKind.Service, "*").IsAnyone));
        Assert.Equal("Service 111111111111", service.ToString());
    }

    private static PolicyPrincipal Aws(string value) => new(PrincipalKind.Aws, value);
}
