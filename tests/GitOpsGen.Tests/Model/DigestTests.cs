using System.Text.RegularExpressions;
using GitOpsGen.Model;
using Xunit;

namespace GitOpsGen.Tests.Model;

public sealed class DigestTests
{
    private const string Hex = "ecc25c121431dfc7058754427f97c034ecde26d4aafa0da16d258090e0443904";

    [Fact]
    public void A_digest_is_read_and_kept()
    {
        Assert.True(Digest.TryParse("sha256:" + Hex, out var digest));
        Assert.Equal(("sha256:" + Hex, "sha256:" + Hex, Hex), (digest.Text, digest.ToString(), digest.Hex));
    }

    [Theory]
    [InlineData("")]
    [InlineData(Hex)]
    [InlineData("@sha256:" + Hex)]
    [InlineData("sha512:" + Hex + Hex)]
    [InlineData("sha256:" + Hex + "0")]
    [InlineData("sha256:" + Hex + "\n")]
    [InlineData("sha256: " + Hex)]
    [InlineData("SHA256:" + Hex)]
    [InlineData("sha256:ECC25C121431DFC7058754427F97C034ECDE26D4AAFA0DA16D258090E0443904")]
    [InlineData("sha256:gcc25c121431dfc7058754427f97c034ecde26d4aafa0da16d258090e0443904")]
    [InlineData("sha256:ecc25c12")]
    public void Anything_else_is_refused_also_by_the_rules_of_ECMA_262(string text)
    {
        Assert.False(Digest.TryParse(text, out _));
        Assert.DoesNotMatch(new Regex(Digest.Pattern, RegexOptions.ECMAScript), text);
    }
}
