using GitOpsGen.Rendering.Templates;
using Xunit;

namespace GitOpsGen.Tests.Rendering;

public sealed class TemplatePathTests
{
    private static readonly PathBindings Bindings = new()
    {
        Environment = "dev",
        Registry = "123456789012-eu-west-2",
        Wave = "3",
        Object = "s3",
        Part = 2,
    };

    [Theory]
    [InlineData("argocd-cm.yaml", PathPlaceholder.None, "argocd-cm.yaml")]
    [InlineData("base/{object}/package.yaml", PathPlaceholder.Object, "base/s3/package.yaml")]
    [InlineData(
        "overlays/{environment}/packages/wave-{wave}/{object}.yaml",
        PathPlaceholder.Environment | PathPlaceholder.Wave | PathPlaceholder.Object,
        "overlays/dev/packages/wave-3/s3.yaml"
    )]
    [InlineData(
        "iam/registries/{registry}/mirror-policy{part}.json",
        PathPlaceholder.Registry | PathPlaceholder.Part,
        "iam/registries/123456789012-eu-west-2/mirror-policy-2.json"
    )]
    [InlineData("{environment}{object}", PathPlaceholder.Environment | PathPlaceholder.Object, "devs3")]
    internal void Placeholders_are_replaced(string text, PathPlaceholder placeholders, string expected)
    {
        Assert.True(TemplatePath.TryParse(text, out var path));
        Assert.Equal(placeholders, path.Placeholders);
        Assert.True(path.TryExpand(Bindings, out var expanded));
        Assert.Equal(expected, expanded.Value);
        Assert.True(path.Matches(expanded));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("../a")]
    [InlineData("a/../b")]
    [InlineData("a//b")]
    [InlineData("a\\b")]
    [InlineData("con.yaml")]
    [InlineData("{nope}.yaml")]
    [InlineData("{Environment}.yaml")]
    [InlineData("{}")]
    [InlineData("{environment")]
    [InlineData("environment}")]
    [InlineData("}{environment")]
    [InlineData("{{environment}}")]
    [InlineData("a/{part}")]
    public void What_is_not_the_path_of_a_file_is_refused(string text) => Assert.False(TemplatePath.TryParse(text, out _));

    [Theory]
    [InlineData("_a", true)]
    [InlineData("_a/b.lua", true)]
    [InlineData("a/_b", true)]
    [InlineData("a/b_", false)]
    [InlineData("a_/b", false)]
    public void An_underscore_makes_a_template_include_only(string text, bool expected)
    {
        Assert.True(TemplatePath.TryParse(text, out var path));
        Assert.Equal(expected, path.IsIncludeOnly);
    }

    [Fact]
    public void A_missing_binding_is_a_bug()
    {
        Assert.True(TemplatePath.TryParse("{environment}", out var path));
        Assert.Throws<ArgumentException>(() => path.TryExpand(default, out _));
    }

    [Fact]
    public void A_value_cannot_leave_the_folder()
    {
        Assert.True(TemplatePath.TryParse("overlays/{environment}/a", out var path));
        Assert.False(path.TryExpand(Bindings with { Environment = ".." }, out _));
    }
}
