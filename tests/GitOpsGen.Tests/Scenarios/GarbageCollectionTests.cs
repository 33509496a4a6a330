using GitOpsGen.Testing;
using Xunit;

namespace GitOpsGen.Tests.Scenarios;

/// <summary>No change of an output may make an engine delete a package, or what packages need, or the core.</summary>
public sealed class GarbageCollectionTests
{
    public static TheoryData<string> Changes =>
        [
            .. Scenario
                .Rendering()
                .Where(scenario => Directory.Exists(Path.Combine(Present(scenario.Name), "overlays")))
                .Select(scenario => scenario.Name),
        ];

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_deletes_nothing_that_the_cluster_needs(string name)
    {
        var change = new GarbageCollection(Kustomize.Require(), Present(name), new Scenario(name).Output);
        foreach (var environment in change.Environments())
        {
            Assert.Empty(change.ByFlux(environment));
            Assert.DoesNotContain(change.ByArgoCd(environment), o => o.IsPrecious);
        }
    }

    // The same without the guards, or the test above could not fail.
    [Theory]
    [InlineData("a-package-moves-to-a-later-wave", "acme-configuration-bucket upbound-provider-aws-s3 upbound-provider-family-aws", "")]
    [InlineData("a-wave-that-disappears", "acme-configuration-bucket upbound-provider-aws-s3", "")]
    [InlineData(
        "a-package-leaves",
        "acme-configuration-bucket mirror-ghcr-io-acme upbound-provider-aws-s3",
        "acme-configuration-bucket mirror-ghcr-io-acme upbound-provider-aws-s3"
    )]
    [InlineData("from-rewrite-to-direct", Mirrors, Mirrors)]
    [InlineData("from-direct-to-rewrite", "", "")]
    [InlineData("a-core-that-leaves", Core, "")]
    [InlineData("a-chart-that-moves-to-a-registry", "crossplane-chart", "")]
    [InlineData("an-environment-that-leaves-its-engine", WithCore, Everything)]
    [InlineData("an-environment-that-leaves-with-its-cluster-running", WithCore, "")]
    public void Without_the_guards_a_change_would_delete(string name, string byFlux, string byArgoCd)
    {
        var change = new GarbageCollection(Kustomize.Require(), Present(name), new Scenario(name).Output, isGuarded: false);

        Assert.Equal(byFlux, Names(change.ByFlux("flux")));
        Assert.Equal(byArgoCd, Names(change.ByArgoCd("argo")));
    }

    [Fact]
    public void A_switch_of_engines_leaves_all_to_the_other_one()
    {
        var kustomize = Kustomize.Require();
        var (toFlux, toArgoCd) = (new Scenario("from-argo-cd-to-flux"), new Scenario("from-flux-to-argo-cd"));
        Assert.Equal(WithCore, Names(new GarbageCollection(kustomize, Present(toArgoCd.Name), toArgoCd.Output, isGuarded: false).ByFlux("prod")));
        Assert.Equal(Everything, Names(new GarbageCollection(kustomize, Present(toFlux.Name), toFlux.Output, isGuarded: false).ByArgoCd("prod")));
        foreach (var scenario in new[] { toFlux, toArgoCd })
        {
            var (before, after) = (Packages(Present(scenario.Name)), Packages(scenario.Output));
            Assert.Equal(before, after);
        }

        List<string> Packages(string output) =>
            [.. kustomize.Build(Path.Combine(output, "overlays", "prod", "packages")).Select(o => o.WithoutAnnotations().Text)];
    }

    private const string Mirrors = "mirror-xpkg-crossplane-io-crossplane-contrib mirror-xpkg-upbound-io-upbound";

    private const string Everything =
        "crossplane-contrib-function-patch-and-transform " + Mirrors + " upbound-provider-aws-s3 upbound-provider-family-aws";

    private const string Core = "crossplane crossplane-chart crossplane-values";

    private const string WithCore =
        "crossplane crossplane-chart crossplane-contrib-function-patch-and-transform crossplane-values "
        + Mirrors
        + " upbound-provider-aws-s3 upbound-provider-family-aws";

    private static string Present(string scenario) => Path.Combine(RepositoryRoot.Combine("tests", "scenarios", scenario), "present", "manifests");

    private static string Names(IEnumerable<BuiltObject> deleted) =>
        string.Join(' ', deleted.Where(o => o.IsPrecious).Select(o => o.Name).Order(StringComparer.Ordinal));
}
