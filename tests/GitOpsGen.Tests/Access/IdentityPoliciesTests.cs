using System.Text.Json.Nodes;
using Xunit;

namespace GitOpsGen.Tests.Access;

/// <summary>The evaluator itself: a wrong one would prove nothing.</summary>
public sealed class IdentityPoliciesTests
{
    [Theory]
    [InlineData("ecr:BatchGetImage", "arn:x:repository/a/provider-s3", true)]
    [InlineData("ECR:batchgetimage", "arn:x:repository/a/provider-s3", true)]
    [InlineData("ecr:BatchGetImage", "arn:x:repository/a/provider-/b:c", true)] // * crosses / and :
    [InlineData("ecr:BatchGetImage", "ARN:x:repository/a/provider-s3", false)]
    [InlineData("ecr:BatchGetImage", "arn:x:repository/a/provider", false)]
    [InlineData("ecr:BatchGetImage", "arn:x:repository/a/provider-secret", false)] // denied elsewhere
    [InlineData("ecr:BatchGetImages", "arn:x:repository/a/provider-s3", false)]
    [InlineData("ecr:PutImage", "arn:x:repository/b1", true)]
    [InlineData("ecr:PutImage", "arn:x:repository/b", false)] // ? is one character
    public void A_statement_allows_what_matches_and_a_denial_wins(string action, string resource, bool expected)
    {
        var policies = new IdentityPolicies(
        [
            JsonNode.Parse("""
                {"Statement":[
                  {"Effect":"Allow","Action":"ecr:BatchGet?mage","Resource":["arn:x:repository/a/provider-*"]},
                  {"Effect":"Allow","Action":["ecr:Put*"],"Resource":"arn:x:repository/b?"}]}
                """)!,
            JsonNode.Parse("""{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*secret"}]}""")!,
        ]);

        Assert.Equal(expected, policies.Allows(action, resource));
    }
}
