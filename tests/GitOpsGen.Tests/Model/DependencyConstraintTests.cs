using GitOpsGen.Model;
using Xunit;

namespace GitOpsGen.Tests.Model;

public sealed class DependencyConstraintTests
{
    private const string Sha = "sha256:ecc25c121431dfc7058754427f97c034ecde26d4aafa0da16d258090e0443904";

    [Fact]
    public void Versions_are_a_range()
    {
        var range = Assert.IsType<DependencyConstraint.Range>(DependencyConstraint.Parse(">= v1.2"));
        Assert.Equal((">= v1.2", ">= v1.2"), (range.Text, range.ToString()));
        Assert.True(range.Constraint.Accepts(PackageVersion.Parse("v1.3.0")));
    }

    [Fact]
    public void A_digest_is_exact()
    {
        var exact = Assert.IsType<DependencyConstraint.Exact>(DependencyConstraint.Parse(Sha));
        Assert.Equal((Sha, Sha, Sha), (exact.Text, exact.ToString(), exact.Digest.Text));
    }

    [Theory]
    [InlineData(">-v0.1.4")]
    [InlineData("")]
    [InlineData("latest")]
    [InlineData("sha256:abc")]
    [InlineData("\ud800")]
    public void The_rest_is_invalid_with_a_reason(string text)
    {
        var invalid = Assert.IsType<DependencyConstraint.Invalid>(DependencyConstraint.Parse(text));
        Assert.Equal((text, text), (invalid.Text, invalid.ToString()));
        Assert.NotEmpty(invalid.Reason);
    }

    [Fact]
    public void A_broken_digest_is_not_called_a_broken_version()
    {
        var upperCase = "sha256:" + Sha["sha256:".Length..].ToUpperInvariant();
        var invalid = Assert.IsType<DependencyConstraint.Invalid>(DependencyConstraint.Parse(upperCase));
        Assert.Contains("digest", invalid.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_texts_are_equal_constraints()
    {
        Assert.All((string[])[">= 1", Sha, "nonsense"], text => Assert.Equal(DependencyConstraint.Parse(text), DependencyConstraint.Parse(text)));
        Assert.NotEqual(DependencyConstraint.Parse(">= 1"), DependencyConstraint.Parse(">=1"));
    }
}
