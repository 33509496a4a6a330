using CsCheck;
using GitOpsGen.Model;
using Xunit;

namespace GitOpsGen.Tests.Model;

/// <summary>Object names, and the ones that Crossplane derives (crossplane-runtime pkg/xpkg/name.go).</summary>
public class ObjectNameTests
{
    [Theory]
    [InlineData("-hi/my.name/is-", "hi-my-name-is")]
    [InlineData("mirror/upbound/provider_family.aws", "mirror-upbound-providerfamily-aws")]
    [InlineData("my_org/Provider", "myorg-rovider")]
    [InlineData("upbound/provider-family-aws", "upbound-provider-family-aws")]
    [InlineData("", "")]
    [InlineData("_", "")]
    [InlineData("a//b", "a--b")]
    public void A_path_becomes_the_label_that_Crossplane_makes_of_it(string path, string label) => Assert.Equal(label, ObjectName.ToDnsLabel(path));

    [Fact]
    public void Only_the_first_63_characters_count()
    {
        Assert.Equal(new string('a', 63), ObjectName.ToDnsLabel(new string('a', 64)));
        Assert.Equal(new string('a', 60), ObjectName.ToDnsLabel(new string('a', 60) + "----"));
        Assert.Equal(new string('x', 62), ObjectName.ToDnsLabel(new string('x', 62) + "/abc"));
        Assert.Equal(new string('x', 61) + "-a", ObjectName.ToDnsLabel(new string('x', 61) + "/abc"));
    }

    [Fact]
    public void Any_path_agrees_with_a_transcription_of_the_original() =>
        Gen.String[Gen.OneOf([.. "ab09AZ_@.:/-"]), 0, 80].Sample(path => ObjectName.ToDnsLabel(path) == Original(path));

    [Fact]
    public void Any_repository_has_a_derived_name_or_asks_for_one() =>
        Gen.String[Gen.OneOf([.. "abn-._/"]), 1, 80]
            .Sample(path =>
            {
                if (Repository.TryParse($"x.io/{path}", out var repository))
                    Assert.NotNull(ObjectName.Derive(repository));
            });

    [Theory]
    [InlineData("con")]
    [InlineData("nul")]
    [InlineData("com1")]
    public void A_device_name_is_not_derived(string path) => Assert.Null(ObjectName.Derive(new("x.io", path)));

    [Theory]
    [InlineData("a", true)]
    [InlineData("a-b", true)]
    [InlineData("0a", true)]
    [InlineData("console", true)]
    [InlineData("", false)]
    [InlineData("A", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("a.b", false)]
    [InlineData("a\n", false)]
    [InlineData("lpt9", false)]
    public void A_name_is_a_label_and_no_device(string text, bool isName) => Assert.Equal(isName, ObjectName.TryParse(text, out _));

    // The loop of the Go source, byte by byte.
    private static string Original(string text)
    {
        var cut = "";
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
                cut += text[i];
            if (text[i] is '.' or '/' or ':' or '-' && i != 0 && i != 62 && i != text.Length - 1)
                cut += '-';
            if (i == 62)
                break;
        }

        return cut.Trim('-');
    }
}
