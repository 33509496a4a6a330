using GitOpsGen.Model;
using Xunit;

namespace GitOpsGen.Tests.Model;

/// <summary>The written forms of hosts, repositories, names and addresses.</summary>
public class GrammarTests
{
    private static readonly Grammar[] All =
    [
        AccountId.Grammar,
        ChartRepository.Grammar,
        ChartVersion.Grammar,
        Digest.Grammar,
        EnvironmentName.Grammar,
        IamRole.Grammar,
        NamePattern.Grammar,
        ObjectName.Grammar,
        OidcIssuer.Grammar,
        PackageVersion.Grammar,
        RegistryHost.Grammar,
        Repository.Grammar,
    ];

    [Fact]
    public void No_form_ends_in_a_line_break_or_is_empty() =>
        Assert.All(
            All,
            grammar =>
            {
                Assert.False(grammar.Matches(""));
                foreach (var sound in Sound.Where(grammar.Matches))
                    Assert.False(
                        grammar.Matches(sound + "\n")
                            || grammar.Matches("\n" + sound)
                            || grammar.Matches(sound + "\r\n")
                            || grammar.Matches(sound + " ")
                    );
                Assert.Contains(Sound, grammar.Matches);
            }
        );

    [Fact]
    public void No_form_takes_long_to_refuse_ten_mebibytes() =>
        Assert.All(
            All,
            grammar =>
                Assert.All(
                    Sound.Where(grammar.Matches).Take(1).Select(text => text + new string(text[^1], 10 * 1024 * 1024) + "!"),
                    text => Assert.False(grammar.Matches(text))
                )
        );

    [Theory]
    [InlineData("xpkg.upbound.io/upbound/provider-aws-s3", "xpkg.upbound.io", "upbound", "provider-aws-s3")]
    [InlineData("registry.local:5000/a", "registry.local:5000", "a", "a")]
    [InlineData("10.0.0.1/a/b_c/d__e/f--g", "10.0.0.1", "a", "f--g")]
    public void A_repository_has_a_host_an_organisation_and_a_name(string text, string host, string organisation, string name)
    {
        Assert.True(Repository.TryParse(text, out var repository));
        Assert.Equal((host, organisation, name, text), (repository.Host, repository.Organisation, repository.Name, repository.ToString()));
    }

    [Theory]
    [InlineData("localhost/a")]
    [InlineData("localhost:5000/a")]
    [InlineData("docker.io")]
    [InlineData("docker.io/")]
    [InlineData("docker.io/a/")]
    [InlineData("docker.io//a")]
    [InlineData("docker.io/A")]
    [InlineData("Docker.io/a")]
    [InlineData("docker.io/a:latest")]
    [InlineData("docker.io/a@sha256:0")]
    [InlineData("https://docker.io/a")]
    [InlineData("docker.io/a..b")]
    [InlineData("docker.io/-a")]
    [InlineData("docker.io/../a")]
    [InlineData("upbound/provider-aws-s3")]
    public void Anything_else_is_no_repository(string text) => Assert.False(Repository.TryParse(text, out _));

    [Theory]
    [InlineData("harbor.example.com", true)]
    [InlineData("registry.local:5000", true)]
    [InlineData("localhost:5000", true)]
    [InlineData("kind-registry:5000", true)]
    [InlineData("localhost", false)]
    [InlineData(":5000", false)]
    [InlineData("harbor", false)]
    [InlineData("https://harbor.example.com", false)]
    [InlineData("harbor.example.com/x", false)]
    [InlineData("harbor.example.com:", false)]
    [InlineData(".example.com", false)]
    public void A_host_has_a_dot_or_a_port_and_nothing_around_it(string text, bool isHost) =>
        Assert.Equal(isHost, RegistryHost.Grammar.Matches(text));

    [Theory]
    [InlineData("dev", true)]
    [InlineData("tfc-cluster1", true)]
    [InlineData("0", true)]
    [InlineData("Dev", false)]
    [InlineData("registries", false)]
    [InlineData("con", false)]
    [InlineData("aux", false)]
    [InlineData("lpt1", false)]
    [InlineData("..", false)]
    [InlineData("a.b", false)]
    [InlineData("a/b", false)]
    [InlineData("-a", false)]
    [InlineData("é", false)]
    public void An_environment_is_a_folder_of_its_own_on_every_disk(string text, bool isName) =>
        Assert.Equal(isName, EnvironmentName.TryParse(text, out _));

    [Fact]
    public void An_environment_has_at_most_63_characters()
    {
        Assert.True(EnvironmentName.TryParse(new string('a', 63), out _));
        Assert.False(EnvironmentName.TryParse(new string('a', 64), out _));
    }

    [Theory]
    [InlineData(
        "oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
        "oidc.eks.eu-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
    )]
    [InlineData("oidc.eks.cn-north-1.amazonaws.com.cn/id/A", "oidc.eks.cn-north-1.amazonaws.com.cn/id/A")]
    [InlineData("https://oidc.eks.eu-west-2.amazonaws.com/id/A", "oidc.eks.eu-west-2.amazonaws.com/id/A")]
    [InlineData("http://oidc.eks.eu-west-2.amazonaws.com/id/A", null)]
    [InlineData("https://https://oidc.eks.eu-west-2.amazonaws.com/id/A", null)]
    [InlineData("oidc.eks.eu-west-2.amazonaws.com/id/", null)]
    [InlineData("oidc.eks.eu-west-2.amazonaws.com:443/id/A", null)]
    public void An_issuer_loses_its_scheme(string text, string? issuer) =>
        Assert.Equal(issuer, OidcIssuer.TryParse(text, out var parsed) ? parsed.Value : null);

    [Theory]
    [InlineData("https://charts.crossplane.io/stable", "https://charts.crossplane.io/stable", false)]
    [InlineData("https://charts.crossplane.io/stable/", "https://charts.crossplane.io/stable", false)]
    [InlineData("oci://123456789012.dkr.ecr.eu-west-2.amazonaws.com/charts", "oci://123456789012.dkr.ecr.eu-west-2.amazonaws.com/charts", true)]
    public void A_chart_repository_has_no_slash_at_its_end(string text, string url, bool isOci)
    {
        Assert.True(ChartRepository.TryParse(text, out var repository));
        Assert.Equal((url, isOci), (repository.Url, repository.IsOci));
    }

    [Theory]
    [InlineData("http://charts.crossplane.io/stable")]
    [InlineData("charts.crossplane.io/stable")]
    [InlineData("https://user:secret@charts.crossplane.io/stable")]
    [InlineData("https://charts.crossplane.io/stable?x=1")]
    [InlineData("https://")]
    [InlineData("oci://")]
    [InlineData("oci://Harbor.example.com/charts")] // an image reference has no capitals, and Helm would not find this one
    [InlineData("oci://harbor.example.com/Charts")]
    [InlineData("oci://harbor.example.com/a%20b")]
    [InlineData("oci://harbor.example.com/charts:2.3.4")]
    public void Anything_else_is_no_chart_repository(string text) => Assert.False(ChartRepository.TryParse(text, out _));

    [Theory]
    [InlineData("2.3.4", "2.3.4")]
    [InlineData("v2.3.4-rc.1", "v2.3.4-rc.1")]
    [InlineData("2.3.4+acme.1", "2.3.4_acme.1")]
    [InlineData("2.3.4-rc.1+a.b-c", "2.3.4-rc.1_a.b-c")]
    public void A_charts_version_may_have_build_metadata_which_a_tag_writes_with_an_underscore(string text, string tag)
    {
        Assert.True(ChartVersion.TryParse(text, out var version));
        Assert.Equal((text, tag), (version.Text, version.Tag));
    }

    [Theory]
    [InlineData("2")]
    [InlineData("2.3")]
    [InlineData("2.x")]
    [InlineData("02.3.4")]
    [InlineData("2.3.4_acme.1")]
    [InlineData("2.3.4+")]
    [InlineData("2.3.4+a+b")]
    [InlineData("latest")]
    [InlineData(">=2.3.4")]
    public void Anything_else_is_no_charts_version(string text) => Assert.False(ChartVersion.TryParse(text, out _));

    private static readonly string[] Sound =
    [
        "123456789012",
        "https://charts.crossplane.io/stable",
        "sha256:" + new string('0', 64),
        "dev",
        "node",
        "arn:aws:iam::123456789012:role/a/b",
        "preview-*",
        "a-b",
        "oidc.eks.eu-west-2.amazonaws.com/id/A",
        "v1.2.3-rc.1",
        "harbor.example.com:5000",
        "xpkg.upbound.io/a/b-c_d.e",
        "2.3.4+acme.1",
    ];
}
