using GitOpsGen.Registry.Authentication;
using Xunit;

namespace GitOpsGen.Registry.Tests.Authentication;

public sealed class ChallengeParserTests
{
    [Theory]
    [InlineData("Basic realm=\"Registry\"", "Basic realm=Registry")]
    [InlineData(
        "Bearer realm=\"https://auth.example.com/token\",service=\"a\",scope=\"repository:x/y:pull,push\"",
        "Bearer realm=https://auth.example.com/token scope=repository:x/y:pull,push service=a"
    )]
    [InlineData("bearer  realm = \"a\" ,\tservice=b", "bearer realm=a service=b")]
    [InlineData("Basic realm=\"a, Bearer realm=b\", Bearer realm=\"c\\\"d\"", "Basic realm=a, Bearer realm=b|Bearer realm=c\"d")]
    [InlineData("Negotiate, Basic realm=x", "Negotiate|Basic realm=x")]
    [InlineData("Negotiate", "Negotiate")]
    [InlineData("Bearer realm=\"unclosed", "Bearer realm=unclosed")]
    [InlineData("Bearer realm=\"\"", "Bearer realm=")]
    [InlineData("Bearer REALM=x", "Bearer REALM=x")]
    [InlineData("", "")]
    [InlineData(",,, ", "")]
    [InlineData("\"", "")]
    public void Challenges_are_told_from_parameters(string line, string expected) =>
        Assert.Equal(expected, string.Join('|', ChallengeParser.Parse([line]).Select(Show)));

    [Fact]
    public void Several_lines_are_several_challenges() =>
        Assert.Equal("Basic realm=a|Bearer realm=b", string.Join('|', ChallengeParser.Parse(["Basic realm=a", "Bearer realm=b"]).Select(Show)));

    private static string Show(Challenge challenge) =>
        string.Join(
            ' ',
            challenge.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}").Prepend(challenge.Scheme)
        );
}
