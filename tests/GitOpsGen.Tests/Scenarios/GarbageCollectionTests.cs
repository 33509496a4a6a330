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
            Assert.DoesNotContain(change.ByFlux(environment), o => o.IsPrecious);
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
    [InlineData("a-core-that-leaves", "crossplane", "")]
    [InlineData("a-chart-that-moves-to-a-registry", "", "")]
    [InlineData("an-environment-that-leaves-its-engine", "crossplane " + Everything, Everything)]
    [InlineData("an-environment-that-leaves-with-its-cluster-running", "crossplane " + Everything, "")]
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
        Assert.Equal(
            "crossplane " + Everything,
            Names(new GarbageCollection(kustomize, Present(toArgoCd.Name), toArgoCd.Output, isGuarded: false).ByFlux("prod"))
        );
        Assert.Equal(Everything, Names(new GarbageCollection(kustomize, Present(toFlux.Name), toFlux.Output, isGuarded: false).ByArgoCd("prod")));
        foreach (var scenario in new[] { toFlux, toArgoCd })
        {
            var (before, after) = (Packages(Present(scenario.Name)), Packages(scenario.Output));
            Assert.Equal(before, after);
        }

        List<string> Packages(string output) =>
            [.. kustomize.Build(Path.Combine(output, "overlays", "prod", "packages")).Select(o => o.WithoutAnnotations().Text)];
    }

    [Fact]
    public void A_release_that_stays_keeps_its_values_and_its_source()
    {
        var kustomize = Kustomize.Require();
        foreach (var name in Changes.Select(row => row.Data))
        {
            var after = new Scenario(name).Output;
            var change = new GarbageCollection(kustomize, Present(name), after);
            foreach (
                var environment in change
                    .Environments()
                    .Where(e => File.Exists(Path.Combine(after, "overlays", e, "crossplane", "kustomization.yaml")))
            )
            {
                // Flux may drop the source of another kind; what the release names is applied with it.
                var applied = kustomize.Build(Path.Combine(after, "overlays", environment, "crossplane"));
                Assert.DoesNotContain(change.ByFlux(environment), deleted => applied.Any(o => o.Id == deleted.Id));
                Assert.Equal(
                    ["ConfigMap", "HelmRelease", applied.Single(o => o.Group == "source.toolkit.fluxcd.io").Kind],
                    applied.Select(o => o.Kind).Order(StringComparer.Ordinal)
                );
            }
        }
    }

    private const string Mirrors = "mirror-xpkg-crossplane-io-crossplane-contrib mirror-xpkg-upbound-io-upbound";

    private const string Everything =
        "crossplane-contrib-function-patch-and-transform " + Mirrors + " upbound-provider-aws-s3 upbound-provider-family-aws";

    private static string Present(string scenario) => Path.Combine(RepositoryRoot.Combine("tests", "scenarios", scenario), "present", "manifests");

    private static string Names(IEnumerable<BuiltObject> deleted) =>
        string.Join(' ', deleted.Where(o => o.IsPrecious).Select(o => o.Name).Order(StringComparer.Ordinal));
}
