using System.Text.RegularExpressions;
using GitOpsGen.Planning;
using GitOpsGen.Testing;
using GitOpsGen.Tests.Packages;
using Xunit;

namespace GitOpsGen.Tests.Planning;

/// <summary>Names of the ImageConfigs that pin one version of one package.</summary>
public sealed partial class PinNameTests
{
    private const string Longest = "a23456789-123456789-123456789-123456789-123456789-123456789-123";

    private static readonly string[] Names = ["a", "a-v1", "a-1", "a-v1-0-0", "pin", Longest, Longest[..62], Longest[..54], Longest[..30] + "x"];

    private static readonly string[] Releases = ["v1.0.0", "1.0.0", "v1.0.1", "v1.0.10", "v11.0.0"];

    private static readonly string Long = new('x', 60);

    // Pre-releases that come to one text when they are lowered, cut, or joined with a name.
    private static readonly string[] Prereleases =
    [
        "",
        "--",
        "-rc.1",
        "-RC.1",
        "-rc-1",
        "-rc.1-",
        "-rc.10",
        "-a-.b",
        "-1.0.0",
        $"-{Long}",
        $"-{Long}y",
    ];

    private static readonly (string Name, string Version)[] Pins =
    [
        .. Names.SelectMany(name => Releases.SelectMany(release => Prereleases.Select(prerelease => (name, release + prerelease)))),
    ];

    [Theory]
    [InlineData("upbound-provider-aws-s3", "v2.2.0", "pin-upbound-provider-aws-s3-v2.2.0")]
    [InlineData("upbound-provider-aws-s3", "2.2.0-rc.1", "pin-upbound-provider-aws-s3-2.2.0-rc.1")]
    [InlineData("crossplane-contrib-function-patch-and-transform", "v0.10.0", "pin-crossplane-contrib-function-patch-and-transform-v0.10.0")]
    public void A_name_is_that_of_the_package_and_its_version(string name, string version, string expected) =>
        Assert.Equal(expected, NameOf((name, version)));

    [Fact]
    public void The_page_has_the_name_that_a_hash_gives() =>
        Assert.Contains(
            $"(`v1.0.0-RC.1`), gets a hash: `{NameOf(("acme-provider-x", "v1.0.0-RC.1"))}`",
            File.ReadAllText(RepositoryRoot.Combine("docs/pinning.md")),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(Longest, "v2.2.0", "pin-a23456789-123456789-123456789-123456789-v2-2-0-")]
    [InlineData("acme-provider-x", "v1.0.0-RC.1", "pin-acme-provider-x-v1-0-0-rc-1-")]
    [InlineData("acme-provider-x", "v1.0.0-rc-", "pin-acme-provider-x-v1-0-0-rc-")]
    public void What_a_name_cannot_have_is_cut_and_hashed(string name, string version, string beginning) =>
        Assert.Matches($@"\A{Regex.Escape(beginning)}[0-9a-f]{{12}}\z", NameOf((name, version)));

    [Fact]
    public void Sixty_three_characters_are_kept_and_sixty_four_are_not()
    {
        const string Version = "v1.0.0";
        var fits = new string('a', 63 - "pin--".Length - Version.Length);

        Assert.Equal($"pin-{fits}-{Version}", NameOf((fits, Version)));
        Assert.NotEqual($"pin-{fits}a-{Version}", NameOf((fits + "a", Version)));
        Assert.Equal(63, NameOf((Longest, Version)).Length);
    }

    [Fact]
    public void Every_name_is_one_that_Kubernetes_takes() =>
        Assert.All(
            Pins.Select(NameOf),
            name =>
            {
                Assert.Matches(Subdomain(), name);
                Assert.InRange(name.Length, 1, 63);
            }
        );

    [Fact]
    public void Two_packages_or_versions_never_have_one_name() => Assert.Equal(Pins.Length, Pins.Select(NameOf).Distinct().Count());

    private static string NameOf((string Name, string Version) pin) =>
        DigestPins.NameOf(Locks.Read(Locks.Entry("Provider", "acme/provider", pin.Version, [], $"name: {pin.Name}")).Packages[0]);

    // RFC 1123, as in k8s.io/apimachinery/pkg/util/validation.
    [GeneratedRegex(@"\A[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Subdomain();
}
